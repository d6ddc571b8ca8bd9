import type { Aggregate } from '../kernel/decider.js';
import { type DisputeEvent, disputeEvents } from './events/index.js';
import { evolveDispute } from './evolve/index.js';
import { type DisputeRule, disputeRuleSets } from './rules/index.js';
import { type Dispute, noDispute } from './state.js';

/** Whoever has a part in the case, beyond the unit that it belongs to: mediators, units invited or referred to. */
const participantsOf = ({ mediators, participants, referral, sessions }: Dispute): readonly string[] =>
  [
    ...mediators.filter(({ replaced }) => !replaced).map(({ mediatorId }) => mediatorId),
    ...participants.map(({ orgUnitId }) => orgUnitId),
    ...sessions.map(({ hostOfficerId }) => hostOfficerId),
    referral?.toUnitId,
  ].filter(id => id !== undefined);

export const dispute: Aggregate<Dispute, DisputeEvent, DisputeRule> = {
  category: 'dispute',
  noun: 'Dispute',
  label: { zh: '矛盾纠纷', en: 'dispute' },
  events: disputeEvents,
  initial: noDispute,
  ruleSets: disputeRuleSets,
  statusOf: state => state.status,
  orgUnitOf: state => state.orgUnitId,
  participantsOf,
  placeOf: state => state.divisionCode,
  evolve: evolveDispute,
};
