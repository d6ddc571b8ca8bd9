import { describe, expect, it } from 'vitest';
import { Slices } from '../../../src/projections/slices.js';

describe('slices of a batch', () => {
  const batch = Array.from({ length: 500 }, (_, n) => n);

  /** Takes the whole batch at so many milliseconds an event; the sizes of the slices. */
  const sizesAt = (slices: Slices, msEach: number): number[] => {
    const sizes: number[] = [];
    for (let rest: readonly number[] = batch; rest.length > 0; ) {
      const slice = slices.next(rest);
      slices.took(slice.length, slice.length * msEach);
      sizes.push(slice.length);
      rest = rest.slice(slice.length);
    }
    return sizes;
  };

  it('are whole where nobody waits', () => {
    expect(sizesAt(new Slices(undefined), 10)).toEqual([500]);
  });

  it('grow to what the time allows, and shrink as soon as events take longer', () => {
    const slices = new Slices(10);
    const sizes = sizesAt(slices, 0.05);
    expect(sizes[0]).toBe(25);
    expect(Math.max(...sizes)).toBe(200);
    expect(
      sizesAt(slices, 0.2)
        .slice(1, -1)
        .every(size => size <= 50),
    ).toBe(true);
    expect(Math.max(...sizesAt(slices, 5))).toBe(50);
    expect(sizesAt(slices, 5).every(size => size === 25)).toBe(true);
  });
});
