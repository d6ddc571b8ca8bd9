import { checkDigitOf } from '../kernel/residentNumber.js';

/** Nobody is called this: common surnames before a word for "sample" and a number. */
const SURNAMES = [...'王李张刘陈杨赵黄周吴徐孙马朱胡郭何高林罗'];
const DIGITS = [...'零一二三四五六七八九'];

const inDigits = (ordinal: number): string => [...String(ordinal)].map(digit => DIGITS[Number(digit)]).join('');

/** `张样三七`: 样 for residents, 例 for officers, 典 for mediators. */
export const sampleName = (kind: '样' | '例' | '典', ordinal: number): string =>
  `${SURNAMES[(ordinal * 7) % SURNAMES.length]}${kind}${inDigits(ordinal)}`;

/** Of an area that was never assigned, so that it is nobody's. */
const NOBODYS_AREA = '621299';

const MONTHS = 12;
const DAYS = 28;
const SEQUENCES = 1000;
const two = (value: number): string => String(value).padStart(2, '0');

/** Number of someone born in this year; no two ordinals below 336,000 have the same. */
export function sampleNumber(birthYear: number, ordinal: number): string {
  const day = Math.floor(ordinal / SEQUENCES) % (MONTHS * DAYS);
  const born = `${birthYear}${two(1 + Math.floor(day / DAYS))}${two(1 + (day % DAYS))}`;
  const digits = `${NOBODYS_AREA}${born}${String(ordinal % SEQUENCES).padStart(3, '0')}`;
  return digits + checkDigitOf(digits);
}

/** 154 is the prefix of no operator. */
export const samplePhone = (ordinal: number): string => `1540${String(ordinal).padStart(7, '0')}`;

/** Numbers from 1, one a call. */
export function counter(): () => number {
  let last = 0;
  return () => {
    last += 1;
    return last;
  };
}
