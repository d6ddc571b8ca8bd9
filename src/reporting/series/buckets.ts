import { type CodeOf, codeList } from '../../kernel/codes.js';
import { addDays, addMonths, weekdayOf } from '../../kernel/legalDay.js';
import type { Period } from '../periodArgs.js';

export const TimeBucket = codeList('TimeBucket', 'Into what a period is cut.', {
  DAY: { zh: '日', en: 'A legal day' },
  WEEK: { zh: '周', en: 'A week, from Monday to Sunday' },
  MONTH: { zh: '月', en: 'A month of the calendar' },
});
export type TimeBucket = CodeOf<typeof TimeBucket>;

/** First day of the next bucket. */
const NEXT: Readonly<Record<TimeBucket, (day: string) => string>> = {
  DAY: day => addDays(day, 1),
  WEEK: day => addDays(day, 8 - (weekdayOf(day) || 7)),
  MONTH: day => addMonths(`${day.slice(0, 7)}-01`, 1),
};

/** A period in pieces, in order, without a gap; the first and the last end where the period does. */
export function* bucketsOf({ from, to }: Period, bucket: TimeBucket): Generator<Period> {
  for (let start = from; start <= to; ) {
    const next = NEXT[bucket](start);
    yield { from: start, to: next > to ? to : addDays(next, -1) };
    start = next;
  }
}
