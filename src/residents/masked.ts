import { reveal } from '../graphql/maskData.js';
import type { CodeOf } from '../kernel/codes.js';
import type { Mask } from '../kernel/fields.js';
import { ERASED, MINOR_MASK, maskValue } from '../kernel/masking.js';
import type { Personal } from '../kernel/personal.js';
import { ADULT_AGE, ageOn, isMinor } from '../kernel/residentNumber.js';
import type { Lens } from '../projections/view.js';
import type { AgeBand } from './codes.js';
import type { Resident } from './resident.js';

/** Date of birth; absent when it was never known, or its key is destroyed. */
export async function birthDateOf({ birthDate }: Resident, lens: Lens): Promise<string | undefined> {
  const day = await reveal(lens, birthDate);
  return day === ERASED ? undefined : day;
}

export async function ageBandOf(
  state: Resident,
  lens: Lens,
  today: string,
): Promise<CodeOf<typeof AgeBand> | undefined> {
  const birthDate = await birthDateOf(state, lens);
  if (birthDate === undefined) return undefined;
  const age = ageOn(birthDate, today);
  if (age < 14) return 'UNDER_14';
  if (age < ADULT_AGE) return 'FROM_14_TO_17';
  return age < 60 ? 'FROM_18_TO_59' : 'FROM_60';
}

/** Whether under 18 (Civil Code art. 17); not known without a date of birth. */
export async function isMinorOn(state: Resident, lens: Lens, today: string): Promise<boolean | undefined> {
  const birthDate = await birthDateOf(state, lens);
  return birthDate === undefined ? undefined : isMinor(birthDate, today);
}

/** A value of a resident as the ordinary fields show it: masked, and of a minor nothing at all. */
export async function maskedOf(
  state: Resident,
  value: Personal<string> | undefined,
  mask: Mask,
  lens: Lens,
  today: string,
): Promise<string | undefined> {
  if (value === undefined) return undefined;
  return (await isMinorOn(state, lens, today)) ? MINOR_MASK : maskValue(mask, await reveal(lens, value));
}
