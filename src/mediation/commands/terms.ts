import { z } from 'zod';
import { field, prose } from '../../kernel/fields.js';
import { rollToWorkday, stateCouncilCalendar } from '../../kernel/legalCalendar.js';
import { addDays, addMonths, legalDayOf } from '../../kernel/legalDay.js';
import { unless } from '../../kernel/ruleSet.js';
import { type agreementEvents, termShape } from '../events/agreement.js';
import { findParty } from '../parties.js';
import type { Dispute } from '../state.js';
import type { Breaches } from './command.js';

type TermOfEvent = z.infer<typeof agreementEvents.OralAgreementReached.data>['terms'][number];

/** A term as an input has it: the obligation gets its id from the command. */
const termInput = z.object({
  ...termShape,
  performedAtOnce: termShape.performedAtOnce.default(false),
  manner: field(prose(2000), '履行方式', 'What is to be done, and how'),
});
export const termsInput = field(z.array(termInput).max(50), '条款', 'What was agreed, term by term').default([]);
export type TermInput = z.infer<typeof termInput>;

/** Calendar days from the effect within which a court may be asked to confirm (PML art. 33). */
const CONFIRMATION_DAYS = 30;

/** What both forms of agreement get when they take effect. A day off as the last one does not count (CPL art. 85). */
export function effectAt(state: Dispute, effectiveAt: string) {
  const effectiveOn = legalDayOf(effectiveAt);
  const confirmationDeadline = rollToWorkday(addDays(effectiveOn, CONFIRMATION_DAYS), stateCouncilCalendar);
  return {
    // Only a case that was accepted comes to an agreement, and its acceptance gave it the number.
    agreementNo: `${state.caseNo!}-${state.formerAgreements.length + 1}`,
    effectiveAt,
    confirmationDeadline,
    calendarVersion: stateCouncilCalendar.version(effectiveOn, confirmationDeadline),
  };
}

export const withObligationIds = (terms: readonly TermInput[], derivedId: (name: string) => string): TermOfEvent[] =>
  terms.map((term, index) => ({ ...term, obligationId: derivedId(`term-${index}`) }));

/** Months that an agreement may reach ahead, thirty years: land is let for as long (Civil Code art. 332). */
const MOST_MONTHS_TO_PERFORM = 360;

const isFitLimit = (dueDate: string | undefined, today: string): boolean =>
  dueDate === undefined || (dueDate >= today && dueDate <= addMonths(today, MOST_MONTHS_TO_PERFORM));

/** Who owes and who is owed are parties, a payment says how much, and a time limit is one that can be kept. */
export const termBreaches = (state: Dispute, terms: readonly TermInput[], today: string): Breaches =>
  terms.flatMap((term, index) => [
    ...unless(findParty(state, term.obligorId) !== undefined, 'NOT_A_PARTY', 'terms', String(index), 'obligorId'),
    ...unless(
      term.obligeeId === undefined || findParty(state, term.obligeeId) !== undefined,
      'NOT_A_PARTY',
      'terms',
      String(index),
      'obligeeId',
    ),
    ...unless(term.obligeeId !== term.obligorId, 'TERM_OWED_TO_ONESELF', 'terms', String(index), 'obligeeId'),
    ...unless(
      term.kind !== 'PAYMENT' || term.amountFen !== undefined,
      'TERM_AMOUNT_REQUIRED',
      'terms',
      String(index),
      'amountFen',
    ),
    ...unless(isFitLimit(term.dueDate, today), 'TERM_DUE_DATE_UNFIT', 'terms', String(index), 'dueDate'),
  ]);
