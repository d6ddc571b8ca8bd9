import type { Aggregate } from '../kernel/decider.js';
import { type DisputeEvent, disputeEvents } from './events/index.js';
import { evolveDispute } from './evolve/index.js';
import { bothConsent } from './parties.js';
import { type DisputeRule, disputeRuleSets } from './rules/index.js';
import { type Dispute, noDispute } from './state.js';

/**
 * Whoever has a part in the case, beyond the unit that it belongs to: its mediators, units that both sides let in, the
 * unit that it is referred to. An officer who hosts does so as one of the mediators, and for as long as one.
 */
const participantsOf = ({ mediators, participants, referral }: Dispute): readonly string[] =>
  [
    ...mediators.filter(({ replaced }) => !replaced).map(({ mediatorId }) => mediatorId),
    ...participants.filter(({ consentBy }) => bothConsent(consentBy)).map(({ orgUnitId }) => orgUnitId),
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
