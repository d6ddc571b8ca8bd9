import { describe, expect, it } from 'vitest';
import { lastPlannableDay, notInThePast, withinAYear } from '../../../src/kernel/plannedDays.js';

const TODAY = '2024-02-29';

describe('a day that something is planned for', () => {
  it('lies within a year', () => {
    expect(lastPlannableDay(TODAY)).toBe('2025-02-28');
    for (const day of [undefined, TODAY, '2025-02-28']) expect(withinAYear(day, TODAY, 'dueDate')).toEqual([]);
    for (const day of ['2025-03-01', '9999-12-31'])
      expect(withinAYear(day, TODAY, 'dueDate')).toEqual([{ code: 'TOO_FAR_AHEAD', path: ['dueDate'] }]);
  });

  it('is still to come', () => {
    for (const day of [undefined, TODAY, '2024-03-01']) expect(notInThePast(day, TODAY, 'dueDate')).toEqual([]);
    expect(notInThePast('2024-02-28', TODAY, 'dueDate')).toEqual([{ code: 'PLANNED_IN_THE_PAST', path: ['dueDate'] }]);
  });
});
