import type { Application } from './certificate.js';
import type { ApplicationReason, CertificateType, OldCardOutcome } from './codes.js';

/**
 * Calendar days from the day of the form to the last day for issuing; they do not roll over a day off.
 * Source: ID Law art. 12, which is about identity cards alone.
 */
export const TERM_DAYS: Readonly<Partial<Record<CertificateType, number>>> = { ID_CARD: 60 };

/** Most days by which the term may be extended, once, where transport is inconvenient (ID Law art. 12). */
export const MAX_EXTENSION_DAYS = 30;

/** A form is no older when it is submitted: before, it is a year that was typed wrongly. */
export const MOST_MONTHS_OF_A_FORM = 12;

/** Under this age a guardian applies (ID Law arts 2, 7). */
export const APPLIES_FROM_AGE = 16;

/** Pixels (GA 461-2004). */
export const PHOTO_SIZE = { widthPx: 358, heightPx: 441 } as const;

export const NEEDS_PHOTO: readonly CertificateType[] = ['ID_CARD', 'RESIDENCE_PERMIT', 'TEMP_ID'];
export const NEEDS_FINGERPRINT: readonly CertificateType[] = ['ID_CARD'];

/** The law asks for the old one of these alone (ID Law art. 11). */
const OLD_ONE_COMES_BACK: readonly CertificateType[] = ['ID_CARD'];
/** A card is there, and must come back when the new one is collected (ID Law art. 11). */
const OLD_CARD_DUE: readonly ApplicationReason[] = ['EXPIRED', 'DAMAGED', 'RENAME', 'ERROR'];
/** A card may be there: handed back, or waived with a reason (ID Law art. 23). */
const OLD_CARD_WAIVABLE: readonly ApplicationReason[] = ['FIRST_GEN_VOID', 'UNKNOWN'];

type OnOldCard = Pick<Application, 'certType' | 'reason'>;

export const isWaivable = ({ certType, reason }: OnOldCard): boolean =>
  OLD_ONE_COMES_BACK.includes(certType) && OLD_CARD_WAIVABLE.includes(reason);

const isDue = ({ certType, reason }: OnOldCard): boolean =>
  OLD_ONE_COMES_BACK.includes(certType) && OLD_CARD_DUE.includes(reason);

/** What became of the old card; nothing while it is still to be handed back. */
export function oldCardOutcome(
  application: OnOldCard,
  settled: 'SURRENDERED' | 'WAIVED' | undefined,
): OldCardOutcome | undefined {
  if (settled) return settled;
  return isDue(application) || isWaivable(application) ? undefined : 'NOT_REQUIRED';
}
