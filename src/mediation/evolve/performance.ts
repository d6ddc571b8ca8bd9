import type { performanceEvents } from '../events/performance.js';
import type { Agreement, Obligation } from '../state/agreement.js';
import type { FollowUp } from '../state/followUp.js';
import type { Dispute } from '../state.js';
import { present } from './present.js';
import type { Steps } from './steps.js';

type Change = (obligation: Obligation) => Partial<Obligation>;

const inAgreement = (agreement: Agreement, id: string, change: Change): Agreement => ({
  ...agreement,
  obligations: agreement.obligations.map(obligation =>
    obligation.obligationId === id ? { ...obligation, ...change(obligation) } : obligation,
  ),
});

/** Changes an obligation; the case is BREACHED exactly as long as one of its present agreement is. */
function onObligation(state: Dispute, id: string, change: Change): Dispute {
  const formerAgreements = state.formerAgreements.map(former => inAgreement(former, id, change));
  if (!state.agreement) return { ...state, formerAgreements };
  const agreement = inAgreement(state.agreement, id, change);
  const changed = { ...state, agreement, formerAgreements };
  if (state.status !== 'AGREED' && state.status !== 'BREACHED') return changed;
  const breached = agreement.obligations.some(({ status }) => status === 'BREACHED');
  return { ...changed, status: breached ? 'BREACHED' : 'AGREED' };
}

const withFollowUp = ({ followUps, ...state }: Dispute, followUp: FollowUp): Dispute => {
  const isSame = ({ followUpId }: FollowUp) => followUpId === followUp.followUpId;
  return {
    ...state,
    followUps: followUps.some(isSame)
      ? followUps.map(known => (isSame(known) ? { ...known, ...followUp } : known))
      : [...followUps, followUp],
  };
};

export const evolvePerformance: Steps<typeof performanceEvents> = {
  ObligationDue: (state, { data }) => onObligation(state, data.obligationId, () => ({ fellDueOn: data.dueDate })),
  ObligationPerformed: (state, { data }) =>
    onObligation(state, data.obligationId, ({ performedFen, amountFen }) => ({
      status: 'PERFORMED',
      performedFen: amountFen ?? performedFen + (data.amountFen ?? 0),
      performedOn: data.performedOn,
    })),
  ObligationPartlyPerformed: (state, { data }) =>
    onObligation(state, data.obligationId, ({ status, performedFen }) => ({
      // A part does not mend a breach: the whole does, or another chance.
      status: status === 'BREACHED' ? status : 'PARTLY_PERFORMED',
      performedFen: performedFen + (data.amountFen ?? 0),
      partlyPerformedOn: data.performedOn,
    })),
  ObligationBreached: (state, { data: { obligationId, breachedOn: on, account } }) =>
    onObligation(state, obligationId, ({ breaches }) => ({
      status: 'BREACHED',
      breaches: [...breaches, present({ on, account })],
    })),
  PerformanceUrged: (state, { occurredAt: at, data: { obligationId, newDueDate, account } }) =>
    onObligation(state, obligationId, ({ partlyPerformedOn, urgings }) => ({
      status: partlyPerformedOn ? 'PARTLY_PERFORMED' : 'OUTSTANDING',
      urgings: [...urgings, present({ at, newDueDate, account })],
      ...present({ dueDate: newDueDate }),
    })),
  FollowUpScheduled: (state, { data: { followUpId, dueDate } }) => withFollowUp(state, { followUpId, dueDate }),
  FollowUpVisited: (state, { actorId: visitorId, data }) => withFollowUp(state, present({ ...data, visitorId })),
  EscalationRiskReported: (state, { occurredAt, data }) => ({
    ...state,
    risks: [...state.risks, { ...present(data), at: occurredAt }],
  }),
};
