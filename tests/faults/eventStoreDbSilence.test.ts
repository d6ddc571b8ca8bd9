import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { batchesOf } from '../../src/eventstore/eventstoredb/batches.js';
import { PATIENCE } from '../../src/eventstore/eventstoredb/patience.js';
import { NoAnswer } from '../../src/eventstore/eventstoredb/waiting.js';
import { table } from '../../src/settings.js';

describe('how long EventStoreDB may be silent', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('is longer once it has confirmed a subscription, also for the wait that was then under way', async () => {
    let begun = false;
    const batches = batchesOf(new PassThrough({ objectMode: true }), {
      batchSize: 1,
      silenceMs: () => (begun ? 30_000 : 5_000),
      signals: [],
      leave: async () => {},
    });
    let ended: unknown;
    const reading = batches.next().catch(error => {
      ended = error;
    });
    await vi.advanceTimersByTimeAsync(1_000);
    begun = true;
    await vi.advanceTimersByTimeAsync(28_900);
    expect(ended).toBeUndefined();
    await vi.advanceTimersByTimeAsync(200);
    expect(ended).toBeInstanceOf(NoAnswer);
    await reading;
  });

  it('leaves a request the time to say what became of an append', () => {
    const { answerMs, attempts, backoff } = PATIENCE;
    const pauses = Array.from({ length: attempts - 1 }, (_, index) =>
      Math.min(backoff.longestMs, backoff.firstMs * 2 ** index),
    );
    const longest = attempts * answerMs + pauses.reduce((sum, pause) => sum + pause, 0);
    const request = Number(table.requestTimeout.default);
    expect(longest).toBeLessThan(0.8 * request);
  });
});
