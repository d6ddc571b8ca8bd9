import { describe, expect, it } from 'vitest';
import { operationNames } from '../../../src/server/metrics/operationNames.js';

describe('names of operations in labels', () => {
  it('are told apart up to a number, and then fold', () => {
    const nameOf = operationNames(2);
    expect(['A', 'B', 'C', 'A', undefined].map(nameOf)).toEqual(['A', 'B', 'other', 'A', 'anonymous']);
  });

  it('fold when they are long, or hold a number that may be of a person', () => {
    const nameOf = operationNames();
    expect(nameOf('Case2021')).toBe('Case2021');
    expect(nameOf('Of13993912345')).toBe('other');
    expect(nameOf('x'.repeat(61))).toBe('other');
  });
});
