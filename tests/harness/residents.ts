import { checkDigitOf } from '../../src/kernel/residentNumber.js';
import { newId, type TestSatchel } from './testSatchel.js';

/** An area that was never assigned, so that no number with it is anybody's. */
const NOBODYS_AREA = '621299';

/** A number that holds by its check digit, for someone born on a day. */
export function numberOf(birthDate: string, sequence: number): string {
  const digits = `${NOBODYS_AREA}${birthDate.replaceAll('-', '')}${String(sequence).padStart(3, '0')}`;
  return digits + checkDigitOf(digits);
}

/** Invented; the number has the old prefix of the county. */
export const LIU = { name: '刘样本', number: '62262518991231001X', vulnerabilities: ['ELDER', 'DISABLED'] };

/** Registers a resident; the id. */
export async function registerResident(satchel: TestSatchel, officerId: string, resident: object): Promise<string> {
  const id = newId('resident');
  await satchel.done(officerId, 'registerResident', { id, ...resident });
  return id;
}
