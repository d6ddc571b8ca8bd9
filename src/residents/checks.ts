import { findDivision } from '../kernel/divisions.js';
import { parsePhone } from '../kernel/phone.js';
import { parseResidentNumber, type Sex } from '../kernel/residentNumber.js';
import { type Breach, unless } from '../kernel/ruleSet.js';
import type { Resident } from './resident.js';
import type { ResidentRule } from './rules.js';

export type Breaches = readonly Breach<ResidentRule>[];

/** Who someone is by number or date of birth, as typed, and what is wrong with it. */
export interface Identity {
  readonly breaches: Breaches;
  readonly number?: string;
  readonly sex?: Sex;
  readonly birthDate?: string;
}

interface TypedIdentity {
  readonly number?: string | undefined;
  readonly birthDate?: string | undefined;
}

/** @param today legal day: nobody is born after it */
export function identityOf({ number, birthDate }: TypedIdentity, today: string): Identity {
  const born = (day: string | undefined, path: string): Breaches =>
    unless(day === undefined || day <= today, 'BIRTH_DATE_IN_FUTURE', path);
  if (number === undefined)
    return { breaches: born(birthDate, 'birthDate'), ...(birthDate === undefined ? {} : { birthDate }) };
  const parsed = parseResidentNumber(number);
  if (!parsed.ok) return { breaches: [{ code: `NUMBER_${parsed.rule}`, path: ['number'] }] };
  return {
    breaches: [
      ...born(parsed.birthDate, 'number'),
      ...unless(
        birthDate === undefined || birthDate === parsed.birthDate,
        'BIRTH_DATE_CONTRADICTS_NUMBER',
        'birthDate',
      ),
    ],
    number: parsed.number,
    sex: parsed.sex,
    birthDate: parsed.birthDate,
  };
}

/** The one spelling of a phone number that has passed `contactBreaches`. */
export function phoneOf(phone: string | undefined): string | undefined {
  const parsed = phone === undefined ? undefined : parsePhone(phone);
  return parsed?.ok ? parsed.number : undefined;
}

interface TypedContact {
  readonly phone?: string | undefined;
  readonly divisionCode?: string | undefined;
}

export const contactBreaches = ({ phone, divisionCode }: TypedContact): Breaches => [
  ...unless(phone === undefined || parsePhone(phone).ok, 'PHONE_INVALID', 'phone'),
  ...unless(
    divisionCode === undefined || findDivision(divisionCode)?.level === 'TOWNSHIP',
    'DIVISION_UNKNOWN',
    'divisionCode',
  ),
];

/** Nothing but storage is left of a restricted resident. */
export const unrestricted = (state: Resident): Breaches =>
  unless(state.restriction === undefined, 'PROCESSING_RESTRICTED');
