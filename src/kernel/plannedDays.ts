import { addMonths, type LegalDay } from './legalDay.js';
import { type Breach, deviate, refuse, unless } from './ruleSet.js';

// What any noun asks of a day that a command names for something to come. A noun takes the rule into its rule set under
// its own name, and spreads the check into its breaches.

/** A day behind it is a year that was typed wrongly. */
const MOST_MONTHS_AHEAD = 12;

/** The last day for which anything is planned on this one, a year on. */
export const lastPlannableDay = (today: string): LegalDay => addMonths(today, MOST_MONTHS_AHEAD);

export const TOO_FAR_AHEAD = refuse(
  'Nothing is planned more than a year ahead',
  '日期须在一年之内，请核对年份',
  'The day has to lie within a year from now: check the year',
);

/** Plans that were noted down afterwards are kept. */
export const PLANNED_IN_THE_PAST = deviate(
  'A plan comes before what is planned',
  '计划日期已过',
  'Planned for a day that had passed',
);

/** @param day legal day; none breaks nothing */
export const withinAYear = (
  day: string | undefined,
  today: string,
  ...path: readonly string[]
): readonly Breach<'TOO_FAR_AHEAD'>[] =>
  unless(day === undefined || day <= lastPlannableDay(today), 'TOO_FAR_AHEAD', ...path);

/** @param day legal day; none breaks nothing */
export const notInThePast = (
  day: string | undefined,
  today: string,
  ...path: readonly string[]
): readonly Breach<'PLANNED_IN_THE_PAST'>[] =>
  unless(day === undefined || day >= today, 'PLANNED_IN_THE_PAST', ...path);
