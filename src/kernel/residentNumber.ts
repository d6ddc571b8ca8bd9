import type { Label } from './label.js';
import { isLegalDay, type LegalDay } from './legalDay.js';
import { halfWidth } from './text.js';

declare const residentNumberBrand: unique symbol;

/** A resident identity number (公民身份号码) that holds by GB 11643-1999, in its one spelling. */
export type ResidentNumber = string & { readonly [residentNumberBrand]: true };

export type Sex = 'MALE' | 'FEMALE';

/** What is wrong with a resident number, in words for people. */
export const RESIDENT_NUMBER_MESSAGES = {
  LENGTH: { zh: '公民身份号码应为18位', en: 'A resident number has 18 characters' },
  CHARACTERS: {
    zh: '公民身份号码前17位应为数字，末位为数字或X',
    en: 'A resident number is 17 digits and a digit or X',
  },
  NOT_A_DATE: { zh: '公民身份号码中的出生日期不存在', en: 'The date of birth in the resident number does not exist' },
  CHECK_DIGIT: { zh: '公民身份号码校验码不符', en: 'The check digit of the resident number is wrong' },
} as const satisfies Record<string, Label>;

export type ResidentNumberRule = keyof typeof RESIDENT_NUMBER_MESSAGES;

export type ParsedResidentNumber =
  | { readonly ok: true; readonly number: ResidentNumber; readonly birthDate: LegalDay; readonly sex: Sex }
  | { readonly ok: false; readonly rule: ResidentNumberRule; readonly message: Label };

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_DIGITS = '10X98765432';

/** Check digit that belongs to the first 17 digits (GB 11643-1999, ISO 7064 MOD 11-2). */
export function checkDigitOf(digits: string): string {
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(digits[index]), 0);
  return CHECK_DIGITS.charAt(sum % 11);
}

/** The one spelling of what was typed: half-width, no space around it, a capital X. */
export const normaliseResidentNumber = (text: string): string => halfWidth(text).trim().toUpperCase();

const birthTextOf = (number: string) => `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`;

const broken = (rule: ResidentNumberRule): ParsedResidentNumber => ({
  ok: false,
  rule,
  message: RESIDENT_NUMBER_MESSAGES[rule],
});

/**
 * Checks and normalises a resident number. Any area prefix holds: it is the area of the first numbering, kept for
 * life, and areas have been renumbered since (Kang was 622625 until 2004).
 */
export function parseResidentNumber(text: string): ParsedResidentNumber {
  const number = normaliseResidentNumber(text);
  if (number.length !== 18) return broken('LENGTH');
  if (!/^\d{17}[\dX]$/.test(number)) return broken('CHARACTERS');
  const birthDate = birthTextOf(number);
  if (!isLegalDay(birthDate)) return broken('NOT_A_DATE');
  if (checkDigitOf(number) !== number[17]) return broken('CHECK_DIGIT');
  const sex = Number(number[16]) % 2 === 1 ? 'MALE' : 'FEMALE';
  return { ok: true, number: number as ResidentNumber, birthDate, sex };
}

/** Completed years on a day; who was born on 29 February completes them on 1 March of a common year. */
export function ageOn(birthDate: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return day.slice(5) < birthDate.slice(5) ? years - 1 : years;
}

/** Years (Civil Code art. 17). */
export const ADULT_AGE = 18;

/** Whether someone is under 18 on a day. */
export const isMinor = (birthDate: string, day: string): boolean => ageOn(birthDate, day) < ADULT_AGE;
