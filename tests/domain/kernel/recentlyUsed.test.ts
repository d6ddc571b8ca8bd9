import { describe, expect, it } from 'vitest';
import { RecentlyUsed } from '../../../src/kernel/recentlyUsed.js';

describe('what was used recently', () => {
  it('is kept, and what was not used for longest goes first', () => {
    const values = new RecentlyUsed<number>(2);
    values.set('a', 1);
    values.set('b', 2);
    expect(values.get('a')).toBe(1);
    values.set('c', 3);
    expect(['a', 'b', 'c'].map(key => values.get(key))).toEqual([1, undefined, 3]);
  });

  it('is replaced, forgotten one by one and all at once', () => {
    const values = new RecentlyUsed<number>(3);
    values.set('a', 1);
    values.set('a', 2);
    expect(values.get('a')).toBe(2);
    values.delete('a');
    expect(values.get('a')).toBeUndefined();
    values.set('b', 3);
    values.clear();
    expect(values.get('b')).toBeUndefined();
  });
});
