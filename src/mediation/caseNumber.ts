import { halfWidth } from '../kernel/text.js';

/** `(2022)人调字第 7 号` (file standard of the Ministry of Justice, 2010). */
export const caseNumber = (year: number, ordinal: number): string => `(${year})人调字第 ${ordinal} 号`;

/** A number or its beginning or end, with whatever brackets and spaces: `（2022）人调字第7号`, `〔2022〕`, `第7号`. */
const TYPED = /^(?:[([〔【]?(\d{4})[)\]〕】]?)?\s*(人调字)?\s*(?:第\s*(\d+)\s*(号)?)?$/;

/** A text to search for: what looks like the number of a case, as numbers are written; anything else as it is. */
export function searchedAs(text: string): string {
  const typed = halfWidth(text).trim();
  const [, year, kind = '', ordinal, end] = TYPED.exec(typed) ?? [];
  // A bare figure may be anything.
  if (ordinal === undefined && (year === undefined || typed === year)) return text;
  const inYear = year === undefined ? '' : `(${year})`;
  if (ordinal === undefined) return `${inYear}${kind}`;
  return `${inYear}${inYear ? '人调字' : kind}第 ${ordinal}${end ? ' 号' : ''}`;
}
