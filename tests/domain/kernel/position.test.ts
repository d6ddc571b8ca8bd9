import { describe, expect, it } from 'vitest';
import { highest, lowest, START } from '../../../src/kernel/position.js';

describe('positions', () => {
  it.each([
    [
      ['9', '10', '2'],
      ['2', '10'],
    ],
    [
      ['99/99', '100/2', '100/10'],
      ['99/99', '100/10'],
    ],
    [[], [START, START]],
  ])('compare by their numbers and not as text: %j', (positions, ends) => {
    expect([lowest(positions), highest(positions)]).toEqual(ends);
  });
});
