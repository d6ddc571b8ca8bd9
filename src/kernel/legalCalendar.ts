import { HOLIDAY_NOTICES, type HolidayNotice } from './holidayNotices.js';
import { addDays, daysBetween, type LegalDay, legalDay, weekdayOf } from './legalDay.js';

/** Which days are worked. What is computed with it stores its version beside the result. */
export interface LegalCalendar {
  isWorkday(day: string): boolean;
  /**
   * What the days from `first` to `last` were computed with: `CN-2022`, or `CN-2022+CN-2023` over New Year.
   * `CN-2024-WEEKENDS` says that the year has no data and was computed on weekends alone.
   */
  version(first: string, last?: string): string;
}

const daysFrom = ([first, last]: readonly [string, string]): LegalDay[] =>
  Array.from({ length: daysBetween(first, last) + 1 }, (_, index) => addDays(first, index));

const isWeekend = (day: string): boolean => [0, 6].includes(weekdayOf(day));

/** A calendar made of yearly notices. */
export function calendarOf(notices: readonly HolidayNotice[]): LegalCalendar {
  const years = new Set(notices.map(notice => notice.year));
  const off = new Set<string>(notices.flatMap(notice => notice.daysOff.flatMap(daysFrom)));
  const worked = new Set<string>(notices.flatMap(notice => notice.makeUpDays));
  const versionOfYear = (year: number) => `CN-${year}${years.has(year) ? '' : '-WEEKENDS'}`;
  return {
    isWorkday: day => worked.has(day) || (!off.has(day) && !isWeekend(day)),
    version: (first, last = first) => {
      const from = Number(legalDay(first).slice(0, 4));
      const to = Number(legalDay(last).slice(0, 4));
      return Array.from({ length: to - from + 1 }, (_, index) => versionOfYear(from + index)).join('+');
    },
  };
}

/** The calendar of the State Council's notices. */
export const stateCouncilCalendar: LegalCalendar = calendarOf(HOLIDAY_NOTICES);

/** The day itself if it is worked, otherwise the next that is: a period never ends on a day off (Proc. Regs art. 35). */
export function rollToWorkday(day: string, calendar: LegalCalendar): LegalDay {
  let rolled = legalDay(day);
  while (!calendar.isWorkday(rolled)) rolled = addDays(rolled, 1);
  return rolled;
}

/**
 * The last of `count` workdays (at least 1) after a day, which is itself not counted (Proc. Regs art. 35).
 * @throws RangeError for a count that is not a whole number of 1 or more
 */
export function addWorkdays(day: string, count: number, calendar: LegalCalendar): LegalDay {
  if (!Number.isInteger(count) || count < 1) throw new RangeError('Workdays are counted from 1');
  let last = legalDay(day);
  for (let left = count; left > 0; left--) last = rollToWorkday(addDays(last, 1), calendar);
  return last;
}
