import { describe, expect, it } from 'vitest';
import { rateLimit } from '../../../src/server/rateLimit.js';

describe('the rate at which one person may ask', () => {
  const limitAt = (perMinute: number) => {
    const time = { ms: 0 };
    return { time, limit: rateLimit(perMinute, () => time.ms) };
  };
  const refused = (retryAfter: number) => expect.objectContaining({ extensions: { code: 'RATE_LIMITED', retryAfter } });

  it('lets a minute’s worth come at once, and then as time goes by', () => {
    const { time, limit } = limitAt(60);
    for (let count = 0; count < 60; count++) limit('a');
    expect(() => limit('a')).toThrow(refused(1));
    time.ms += 999;
    expect(() => limit('a')).toThrow(refused(1));
    time.ms += 1;
    limit('a');
    expect(() => limit('a')).toThrow(refused(1));
  });

  it('says how long to wait where that is long, and saves up no more than a minute', () => {
    const { time, limit } = limitAt(2);
    limit('a');
    limit('a');
    expect(() => limit('a')).toThrow(refused(30));
    time.ms += 3_600_000;
    limit('a');
    limit('a');
    expect(() => limit('a')).toThrow(refused(30));
  });

  it('keeps people apart', () => {
    const { limit } = limitAt(1);
    limit('a');
    limit('b');
    expect(() => limit('a')).toThrow(refused(60));
  });

  it('is none at 0', () => {
    const { limit } = limitAt(0);
    for (let count = 0; count < 10_000; count++) limit('a');
  });
});
