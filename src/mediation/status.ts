import type { DisputeStatus, EvidentiaryStatus } from './codes.js';
import { isRecordingBroken } from './recordings.js';
import type { Agreement, Obligation } from './state/agreement.js';
import type { Dispute } from './state.js';

export const isOutstanding = (obligation: Obligation): boolean => obligation.status !== 'PERFORMED';

/** Every agreement that binds the parties, the latest last: reopening a case voids none (PML art. 31). */
export const bindingAgreements = ({ formerAgreements, agreement }: Dispute): readonly Agreement[] =>
  agreement ? [...formerAgreements, agreement] : formerAgreements;

/** Whether everything agreed is done; an agreement without obligations is performed when it takes effect. */
const isPerformed = ({ agreement }: Dispute): boolean =>
  agreement !== undefined && !agreement.obligations.some(isOutstanding);

/** Whether a follow-up visit that was due by this day has not been made. */
const followUpIsDue = (state: Dispute, today: string): boolean =>
  state.followUps.some(({ dueDate, visitedOn }) => !visitedOn && dueDate !== undefined && dueDate <= today);

/**
 * Where a case stands, with what no event sets: an agreement that is being performed, is performed, or whose follow-up
 * is due by `today` (a legal day; without it, nothing is due).
 */
export function derivedStatus(state: Dispute, today?: string): DisputeStatus {
  if (state.status !== 'AGREED') return state.status;
  if (!isPerformed(state)) return 'PERFORMING';
  return today !== undefined && followUpIsDue(state, today) ? 'FOLLOWUP_DUE' : 'PERFORMED';
}

/**
 * COMPROMISED as soon as a recording has a gap, or something that had to be recorded is not. By what is known now: it is
 * whole again once a device tells late of the recording that ran.
 */
export const evidentiaryStatus = (state: Dispute): EvidentiaryStatus =>
  state.sessions.some(isRecordingBroken) ? 'COMPROMISED' : 'OK';
