import { describe, expect, it } from 'vitest';
import { Condition } from '../../../src/kernel/condition.js';

const never = new AbortController().signal;

describe('a condition', () => {
  it('lets everyone go who waits, at the next notice and at no other', async () => {
    const condition = new Condition();
    condition.notifyAll();
    const gone: string[] = [];
    const waiting = ['first', 'second'].map(name => condition.wait(never).then(() => gone.push(name)));
    await Promise.resolve();
    expect(gone).toEqual([]);
    condition.notifyAll();
    await Promise.all(waiting);
    expect(gone).toEqual(['first', 'second']);
  });

  it('lets one go alone whose signal aborts, before or while it waits', async () => {
    const condition = new Condition();
    let others = 0;
    const other = condition.wait(never).then(() => others++);
    await condition.wait(AbortSignal.abort());
    const leaving = new AbortController();
    const left = condition.wait(leaving.signal);
    leaving.abort();
    await left;
    expect(others).toBe(0);
    condition.notifyAll();
    await other;
  });
});
