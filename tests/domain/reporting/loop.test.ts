import { describe, expect, it } from 'vitest';
import { medianOf } from '../../../src/reporting/loopClosure/loop.js';

describe('the median', () => {
  it.each([
    [[], undefined],
    [[7], 7],
    [[9, 1, 4], 4],
    [[10, 2, 3, 0], 2.5],
    // As numbers, not as text.
    [[100, 20, 3], 20],
  ])('of %j is %s', (values, median) => {
    expect(medianOf(values)).toBe(median);
  });
});
