import { isMinor } from '../../kernel/residentNumber.js';
import { union } from '../parties.js';
import type { Dispute } from '../state.js';

/** Birth dates by resident; `undefined` for a date whose key is destroyed. */
export type Births = ReadonlyMap<string, string | undefined>;

/** Which of these people are under 18 on the day, as far as their birth dates are known. */
export const minorsAmong = (births: Births, day: string): string[] =>
  [...births].filter(([, birthDate]) => birthDate !== undefined && isMinor(birthDate, day)).map(([id]) => id);

/** Parties under 18 on the day; who has no birth date any more counts as what the case knew of them. */
export const minorsOf = (state: Dispute, births: Births, day: string): string[] => [
  ...union(
    minorsAmong(births, day),
    state.minorIds.filter(id => births.get(id) === undefined),
  ),
];
