import type { EventEnvelope } from '../kernel/envelope.js';
import { startOfDay } from '../kernel/legalDay.js';
import { cancelTimer, policyOf, setTimer, type TimerChange } from '../policies/policy.js';
import { recordObligationsDue } from './commands/obligationsDue.js';
import { dispute } from './dispute.js';
import type { DisputeEvent } from './events/index.js';

/** When it is on record that an agreement has taken effect: a day that it names may have come before. */
const EFFECT = 'effect';

interface Due {
  readonly obligationId: string;
  readonly dueDate?: string | undefined;
}

/** The beginning of the last day; at once, if that day has begun when it is set. */
function onDueDate({ obligationId, dueDate }: Due, { occurredAt }: EventEnvelope): readonly TimerChange[] {
  if (dueDate === undefined) return [];
  const begins = startOfDay(dueDate);
  return setTimer(obligationId, begins > occurredAt ? begins : occurredAt);
}

const ofTerms = (terms: readonly (Due & { readonly performedAtOnce: boolean })[], event: EventEnvelope) =>
  terms.flatMap(term => (term.performedAtOnce ? [] : onDueDate(term, event)));

/**
 * The last day of an obligation comes, and it is not performed: now is the time to look after it (PML art. 31). A written
 * agreement says its days when it is drafted, and binds later: whether it does is decided on the day. So is whether it
 * was performed before: what is told first while no policies run, and was done later, takes nothing back.
 */
const obligationsDue = policyOf<DisputeEvent>(dispute)({
  name: 'obligations-due',
  version: 1,
  command: recordObligationsDue,
  follows: {
    OralAgreementReached: event => ofTerms(event.data.terms, event),
    AgreementDrafted: event => ofTerms(event.data.terms, event),
    AgreementBecameEffective: ({ recordedAt }) => setTimer(EFFECT, recordedAt),
    PerformanceUrged: event => onDueDate({ ...event.data, dueDate: event.data.newDueDate }, event),
    ObligationDue: ({ data }) => cancelTimer(data.obligationId),
  },
});

export const mediationPolicies = [obligationsDue];
