import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { endAt, systemAlarm } from '../../../src/server/alarm.js';

const DAY_MS = 24 * 3600_000;

describe('an alarm', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it.each([1, 60])('rings once, when the time has come: after %i days', days => {
    const ring = vi.fn();
    systemAlarm(Date.now() + days * DAY_MS, ring);
    vi.advanceTimersByTime(days * DAY_MS - 1);
    expect(ring).not.toHaveBeenCalled();
    vi.advanceTimersByTime(DAY_MS);
    expect(ring).toHaveBeenCalledTimes(1);
  });

  it('goes by the clock, which may be put back', () => {
    const ring = vi.fn();
    systemAlarm(Date.now() + 1000, ring);
    vi.setSystemTime(Date.now() - 5000);
    vi.advanceTimersByTime(5999);
    expect(ring).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(ring).toHaveBeenCalledTimes(1);
  });

  it('rings at once when the time is over, and never once it is taken back', () => {
    const ring = vi.fn();
    systemAlarm(Date.now(), ring);
    expect(ring).toHaveBeenCalledTimes(1);
    systemAlarm(Date.now() + 10, ring)();
    vi.advanceTimersByTime(DAY_MS);
    expect(ring).toHaveBeenCalledTimes(1);
  });
});

describe('the end of a subscription', () => {
  it('is that of its token, and takes the alarm back when it comes before', () => {
    const [taken, rings] = [vi.fn(), [] as (() => void)[]];
    const alarm = (_at: number, ring: () => void) => {
      rings.push(ring);
      return taken;
    };
    const [one, other] = [new AbortController(), new AbortController()];
    endAt(alarm, 5, one);
    endAt(alarm, 5, other);
    endAt(alarm, undefined, new AbortController());
    expect(rings).toHaveLength(2);
    rings[0]?.();
    expect([one.signal.aborted, other.signal.aborted]).toEqual([true, false]);
    taken.mockClear();
    other.abort();
    expect(taken).toHaveBeenCalledTimes(1);
  });
});
