declare const legalDayBrand: unique symbol;

/** A calendar day as the law counts it, in Asia/Shanghai: `2022-10-18`. Compares as text. */
export type LegalDay = string & { readonly [legalDayBrand]: true };

const DAY_MS = 24 * 3600_000;
/** Asia/Shanghai is UTC+8 all year. */
const OFFSET_MS = 8 * 3600_000;
const DAY_TEXT = /^\d{4}-\d{2}-\d{2}$/;

let lastAsked = { day: Number.NaN, text: '' as LegalDay };

/** Most days that are asked for are the one that was asked for last. */
function dayAtUtc(ms: number): LegalDay {
  const day = Math.floor(ms / DAY_MS);
  if (day !== lastAsked.day) lastAsked = { day, text: new Date(ms).toISOString().slice(0, 10) as LegalDay };
  return lastAsked.text;
}

/**
 * Behind every day, so that a list by a day ends with what has none. Nothing is mistaken for it: nothing is planned so
 * far ahead (plannedDays.ts).
 */
export const NO_DAY = '9999-12-31';

export function isLegalDay(text: string): text is LegalDay {
  if (!DAY_TEXT.test(text)) return false;
  const ms = Date.parse(text);
  // Date.parse takes 29 February of any year for 1 March.
  return !Number.isNaN(ms) && dayAtUtc(ms) === text;
}

/** @throws RangeError for text that is no calendar day */
export function legalDay(text: string): LegalDay {
  if (!isLegalDay(text)) throw new RangeError(`Not a calendar day in the form 2022-10-18: ${text.slice(0, 20)}`);
  return text;
}

/**
 * Legal day of an instant (ISO 8601 with offset, or a Date).
 * @throws RangeError for what is no instant
 */
export function legalDayOf(instant: string | Date): LegalDay {
  const ms = typeof instant === 'string' ? Date.parse(instant) : instant.getTime();
  if (Number.isNaN(ms)) throw new RangeError('Not an instant');
  return dayAtUtc(ms + OFFSET_MS);
}

const msOf = (day: string): number => Date.parse(legalDay(day));

/** The instant at which a legal day begins, ISO 8601 in UTC. @throws RangeError for text that is no calendar day */
export const startOfDay = (day: string): string => new Date(msOf(day) - OFFSET_MS).toISOString();

/** @throws RangeError for text that is no calendar day, here and below */
export const addDays = (day: string, days: number): LegalDay => dayAtUtc(msOf(day) + days * DAY_MS);

/** As `Date.UTC`, which takes the years 0 to 99 for those of the last century. */
const midnight = (year: number, month: number, day: number): number => new Date(0).setUTCFullYear(year, month, day);

/** The same day of another month; its last day where it has no such day (31 January + 1 = 28 February). */
export function addMonths(day: string, months: number): LegalDay {
  const date = new Date(msOf(day));
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + months];
  const last = new Date(midnight(year, month + 1, 0)).getUTCDate();
  return dayAtUtc(midnight(year, month, Math.min(date.getUTCDate(), last)));
}

/** Days from one to the other; negative if `to` is earlier. */
export const daysBetween = (from: string, to: string): number => (msOf(to) - msOf(from)) / DAY_MS;

/** The instant at which the legal day of another one began: no more of it than the day. */
export const startOfDayOf = (instant: string): string => startOfDay(legalDayOf(instant));

/** 0 is Sunday. */
export const weekdayOf = (day: string): number => new Date(msOf(day)).getUTCDay();
