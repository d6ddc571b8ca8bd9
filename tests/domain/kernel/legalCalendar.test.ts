import { describe, expect, it } from 'vitest';
import { HOLIDAY_NOTICES } from '../../../src/kernel/holidayNotices.js';
import {
  addWorkdays,
  stateCouncilCalendar as calendar,
  calendarOf,
  rollToWorkday,
} from '../../../src/kernel/legalCalendar.js';
import { addDays, daysBetween, weekdayOf } from '../../../src/kernel/legalDay.js';

const isWeekend = (day: string) => [0, 6].includes(weekdayOf(day));

describe('the calendar of workdays', () => {
  it.each([
    ['2022-10-18', true],
    ['2022-10-15', false],
    ['2022-10-03', false],
    ['2022-10-08', true],
    ['2022-10-09', true],
    ['2021-09-18', true],
    ['2023-06-25', true],
    ['2022-12-31', false],
    ['2022-12-30', true],
  ])('%s worked: %s', (day, worked) => {
    expect(calendar.isWorkday(day)).toBe(worked);
  });

  it.each(HOLIDAY_NOTICES.map(notice => [notice.year, notice] as const))(
    'the notice for %i is whole: make-up days are weekend days, periods run forward and meet no make-up day',
    (_year, notice) => {
      expect(notice.makeUpDays.filter(day => !isWeekend(day))).toEqual([]);
      for (const [first, last] of notice.daysOff) {
        expect(daysBetween(first, last)).toBeGreaterThanOrEqual(0);
        expect(daysBetween(first, last)).toBeLessThan(9);
        expect(notice.makeUpDays.filter(day => day >= first && day <= last)).toEqual([]);
      }
    },
  );

  it.each([2021, 2022, 2023])('the notice for %i gives the eleven statutory days beyond the weekends', year => {
    const notice = HOLIDAY_NOTICES.find(candidate => candidate.year === year)!;
    const weekdaysOff = notice.daysOff
      .flatMap(([first, last]) => Array.from({ length: daysBetween(first, last) + 1 }, (_, i) => addDays(first, i)))
      .filter(day => !isWeekend(day)).length;
    // a statutory day on a weekend is made up for by a weekday off
    expect(weekdaysOff - notice.makeUpDays.length).toBe(11);
  });

  it('says what it was computed with', () => {
    expect(calendar.version('2022-10-01')).toBe('CN-2022');
    expect(calendar.version('2022-12-30', '2023-01-05')).toBe('CN-2022+CN-2023');
    expect(calendar.version('2031-05-01')).toBe('CN-2031-WEEKENDS');
  });

  it('without data goes by weekends alone', () => {
    const bare = calendarOf([]);
    expect(bare.isWorkday('2022-10-03')).toBe(true);
    expect(bare.isWorkday('2022-10-08')).toBe(false);
    expect(bare.version('2022-10-03')).toBe('CN-2022-WEEKENDS');
  });
});

describe('periods', () => {
  it('a last day off rolls to the first workday after it', () => {
    expect(rollToWorkday('2022-10-01', calendar)).toBe('2022-10-08');
    expect(rollToWorkday('2022-10-18', calendar)).toBe('2022-10-18');
    expect(rollToWorkday('2022-10-22', calendar)).toBe('2022-10-24');
  });

  it.each([
    ['2022-10-18', 3, '2022-10-21'],
    ['2022-10-20', 3, '2022-10-25'],
    // over National Day, with the make-up Saturday and Sunday
    ['2022-09-29', 7, '2022-10-13'],
    ['2022-09-30', 1, '2022-10-08'],
    ['2022-12-30', 1, '2023-01-03'],
  ])('from %s, %i workdays end on %s: the first day is not counted', (day, count, expected) => {
    expect(addWorkdays(day, count, calendar)).toBe(expected);
  });

  it('are counted in whole days from 1', () => {
    for (const count of [0, -1, 1.5]) expect(() => addWorkdays('2022-10-18', count, calendar)).toThrow(RangeError);
  });
});
