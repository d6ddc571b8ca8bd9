import { isLegalDay } from './legalDay.js';
import { checkDigitOf } from './residentNumber.js';
import { halfWidth } from './text.js';

/** Where free text seems to hold personal data; the data itself is left out, so that a message cannot repeat it. */
export interface PersonalPattern {
  readonly kind: 'RESIDENT_NUMBER' | 'PHONE';
  /** Place in the text in UTF-16 units, `end` exclusive. */
  readonly start: number;
  readonly end: number;
}

const ALONE = '(?<![0-9A-Za-z])(?<!\\d\\.)';
const RESIDENT_18 = new RegExp(
  String.raw`${ALONE}[1-9]\d{5}[ -]?(?:18|19|20)\d{6}[ -]?\d{3}[\dXx](?![0-9A-Za-z])`,
  'g',
);
/** Of before 1999: two digits of the year, no check digit. */
const RESIDENT_15 = new RegExp(String.raw`${ALONE}[1-9]\d{14}(?![0-9A-Za-z]|\.\d)`, 'g');
const MOBILE = new RegExp(
  String.raw`${ALONE}(?:(?:\+|00)?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?![0-9A-Za-z]|\.\d)`,
  'g',
);
const LANDLINE = new RegExp(
  String.raw`${ALONE}(?:\(?(?:010|02\d|0[3-9]\d{2})\)?[ -]?)[2-9]\d{6,7}(?![0-9A-Za-z])`,
  'g',
);

const INTRODUCES_A_CASE_NUMBER = /(?:案号|案件号|案件编号|编号|流水号|文号|第|[〔[(]\d{4}[〕\])])\s*[:：]?\s*$/;
const IS_COUNTED = /^\s*(?:元|角|分|万|亿)/;

interface Candidate extends PersonalPattern {
  readonly digits: string;
  readonly caseNumber: boolean;
  readonly amount: boolean;
}

function candidates(text: string, pattern: RegExp, kind: PersonalPattern['kind']): Candidate[] {
  return [...text.matchAll(pattern)].map(match => {
    const [start, end] = [match.index, match.index + match[0].length];
    return {
      kind,
      start,
      end,
      digits: match[0].replace(/[ -]/g, '').toUpperCase(),
      caseNumber: INTRODUCES_A_CASE_NUMBER.test(text.slice(Math.max(0, start - 12), start)),
      amount: IS_COUNTED.test(text.slice(end, end + 4)) || /[¥￥]\s*$/.test(text.slice(Math.max(0, start - 3), start)),
    };
  });
}

const bornOn = (digits: string) => `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6, 8)}`;

/** A number with a slip in it is still someone's: the check digit only decides where a case number is meant. */
const isResident18 = ({ digits, caseNumber }: Candidate): boolean =>
  isLegalDay(bornOn(digits.slice(6, 14))) && (!caseNumber || checkDigitOf(digits) === digits[17]);

const isResident15 = ({ digits, caseNumber, amount }: Candidate): boolean =>
  isLegalDay(bornOn(`19${digits.slice(6, 12)}`)) && !caseNumber && !amount;

const isPhone = ({ caseNumber, amount }: Candidate): boolean => !caseNumber && !amount;

/** Resident numbers (18 and 15 digits) and phone numbers in free text, in order; for a check before it is recorded. */
export function findPersonalPatterns(text: string): readonly PersonalPattern[] {
  const plain = halfWidth(text);
  return [
    ...candidates(plain, RESIDENT_18, 'RESIDENT_NUMBER').filter(isResident18),
    ...candidates(plain, RESIDENT_15, 'RESIDENT_NUMBER').filter(isResident15),
    ...candidates(plain, MOBILE, 'PHONE').filter(isPhone),
    ...candidates(plain, LANDLINE, 'PHONE').filter(isPhone),
  ]
    .map(({ kind, start, end }) => ({ kind, start, end }))
    .sort((a, b) => a.start - b.start);
}
