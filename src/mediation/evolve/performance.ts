import type { performanceEvents } from '../events/performance.js';
import type { Dispute, FollowUp, Obligation } from '../state.js';
import { present } from './present.js';
import type { Steps } from './steps.js';

/** Changes an obligation; the case is BREACHED exactly as long as one of them is. */
function onObligation(state: Dispute, id: string, change: (obligation: Obligation) => Partial<Obligation>): Dispute {
  if (!state.agreement) return state;
  const obligations = state.agreement.obligations.map(obligation =>
    obligation.obligationId === id ? { ...obligation, ...change(obligation) } : obligation,
  );
  const changed = { ...state, agreement: { ...state.agreement, obligations } };
  if (state.status !== 'AGREED' && state.status !== 'BREACHED') return changed;
  const breached = obligations.some(({ status }) => status === 'BREACHED');
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
  ObligationPerformed: (state, { data }) =>
    onObligation(state, data.obligationId, ({ performedFen, amountFen }) => ({
      status: 'PERFORMED',
      performedFen: amountFen ?? performedFen + (data.amountFen ?? 0),
      performedOn: data.performedOn,
    })),
  ObligationPartlyPerformed: (state, { data }) =>
    onObligation(state, data.obligationId, ({ performedFen }) => ({
      status: 'PARTLY_PERFORMED',
      performedFen: performedFen + (data.amountFen ?? 0),
    })),
  ObligationBreached: (state, { data }) => onObligation(state, data.obligationId, () => ({ status: 'BREACHED' })),
  PerformanceUrged: (state, { data: { obligationId, newDueDate } }) =>
    onObligation(state, obligationId, ({ performedFen }) => ({
      status: performedFen > 0 ? 'PARTLY_PERFORMED' : 'OUTSTANDING',
      ...present({ dueDate: newDueDate }),
    })),
  FollowUpScheduled: (state, { data: { followUpId, dueDate } }) => withFollowUp(state, { followUpId, dueDate }),
  FollowUpVisited: (state, { data }) => withFollowUp(state, present(data)),
  EscalationRiskReported: (state, { occurredAt, data }) => ({
    ...state,
    risks: [...state.risks, { ...present(data), at: occurredAt }],
  }),
};
