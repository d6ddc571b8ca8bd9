import type { Label } from './label.js';
import { halfWidth } from './text.js';

declare const phoneBrand: unique symbol;

/** `13812345678`, or a landline as `0939-5121234`. */
export type PhoneNumber = string & { readonly [phoneBrand]: true };

export type ParsedPhone =
  | { readonly ok: true; readonly number: PhoneNumber; readonly kind: 'MOBILE' | 'LANDLINE' }
  | { readonly ok: false; readonly rule: 'PHONE'; readonly message: Label };

const MESSAGE: Label = {
  zh: '电话应为11位手机号，或带区号的固定电话（如0939-5121234）',
  en: 'A phone number is a mobile number of 11 digits, or a landline with its area code (0939-5121234)',
};

const MOBILE = /^1[3-9]\d{9}$/;
/** Three digits for Beijing and the cities under 02, four for everyone else. */
const LANDLINE = /^(010|02\d|0[3-9]\d{2})([2-9]\d{6,7})$/;

function nationalDigits(text: string): string {
  const digits = halfWidth(text).replace(/[\s()-]/g, '');
  const abroad = /^(?:\+|00)86(.+)$/.exec(digits)?.[1];
  if (abroad === undefined) return digits;
  return MOBILE.test(abroad) || abroad.startsWith('0') ? abroad : `0${abroad}`;
}

/** Checks and normalises a mainland phone number; spaces, hyphens, brackets and +86 may be there. */
export function parsePhone(text: string): ParsedPhone {
  const digits = nationalDigits(text);
  if (MOBILE.test(digits)) return { ok: true, number: digits as PhoneNumber, kind: 'MOBILE' };
  const [, area, local] = LANDLINE.exec(digits) ?? [];
  if (!area) return { ok: false, rule: 'PHONE', message: MESSAGE };
  return { ok: true, number: `${area}-${local}` as PhoneNumber, kind: 'LANDLINE' };
}
