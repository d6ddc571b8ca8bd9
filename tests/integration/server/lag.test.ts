import { describe, expect, it } from 'vitest';
import type { EventStore, RecordedEvent } from '../../../src/eventstore/port.js';
import type { Position } from '../../../src/kernel/position.js';
import { lagsOf } from '../../../src/server/lag.js';

const NOW = new Date('2022-10-18T02:00:40Z');
const HEAD = '9000/9000';

/** As an EventStoreDB hands events over: by the pieces in which they arrive, whatever size was asked for. */
const standInFor = (pieces: readonly number[], looked: { pieces: number }) =>
  ({
    async *readAll() {
      for (const [index, size] of pieces.entries()) {
        looked.pieces++;
        const recordedAt = index === 0 ? '2022-10-18T02:00:00Z' : '2022-10-18T02:00:30Z';
        yield Array.from({ length: size }, () => ({ recordedAt }) as RecordedEvent);
      }
    },
  }) as unknown as EventStore;

async function lagBehind(pieces: readonly number[], countUpTo: number, position: Position = '100/100') {
  const looked = { pieces: 0 };
  const sources = { store: standInFor(pieces, looked), clock: { now: () => NOW } };
  const lags = await lagsOf(sources, [{ position }], HEAD, countUpTo);
  return { ...lags.get(position), looked: looked.pieces };
}

describe('the lag of a read model, where positions do not count events', () => {
  it('is all that is missing, in however many pieces it arrives, and since the first of it', async () => {
    expect(await lagBehind([16, 16, 8], 1000)).toEqual({ events: 40, seconds: 40, looked: 3 });
  });

  it('is counted up to a bound and no further', async () => {
    expect(await lagBehind([16, 16, 8], 20)).toEqual({ events: 20, seconds: 40, looked: 2 });
  });

  it('is none at the head', async () => {
    expect(await lagBehind([16], 1000, HEAD)).toEqual({ events: 0, seconds: 0, looked: 0 });
  });
});
