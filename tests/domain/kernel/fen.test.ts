import { describe, expect, it } from 'vitest';
import { fen, formatFen, isFen } from '../../../src/kernel/fen.js';

describe('money in fen', () => {
  it.each([
    [0, '¥0.00'],
    [5, '¥0.05'],
    [2000, '¥20.00'],
    [123450, '¥1,234.50'],
    [100000000, '¥1,000,000.00'],
  ])('%i reads %s', (amount, text) => {
    expect(formatFen(amount)).toBe(text);
  });

  it.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])('is never %d', amount => {
    expect(isFen(amount)).toBe(false);
    expect(() => fen(amount)).toThrow(RangeError);
  });
});
