import type { Aggregate } from '../kernel/decider.js';
import { type DisputeEvent, disputeEvents } from './events/index.js';
import { evolveDispute } from './evolve/index.js';
import { currentMediators } from './mediators.js';
import { bothConsent } from './parties.js';
import { type DisputeRule, disputeRuleSets } from './rules/index.js';
import { type Dispute, noDispute } from './state.js';

/** The mediators of now: they act on the case; an officer who hosts does so as one of them, and for as long as one. */
const mediatorsOf = (state: Dispute): readonly string[] => currentMediators(state).map(({ mediatorId }) => mediatorId);

/** Units that both sides let in, or those of one role. */
const unitsLetIn = ({ participants }: Dispute, as?: string): readonly string[] =>
  participants.flatMap(({ role, consentBy, orgUnitId }) =>
    orgUnitId && bothConsent(consentBy) && (as === undefined || role === as) ? [orgUnitId] : [],
  );

/** Justice offices that both sides let in: they look after people's mediation. */
export const justiceOfficesOf = (state: Dispute): readonly string[] => unitsLetIn(state, 'JUSTICE_OFFICE');

/** The unit that the case is referred to. */
export const receiverOf = ({ referral }: Dispute): readonly string[] => (referral ? [referral.toUnitId] : []);

/**
 * Whoever has a part in the case, beyond the unit that it belongs to: its mediators, units that both sides let in, the
 * unit that it is referred to.
 */
const participantsOf = (state: Dispute): readonly string[] => [
  ...mediatorsOf(state),
  ...unitsLetIn(state),
  ...receiverOf(state),
];

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
  // Who looks on, at the wish of the parties or as the next in line, does not run the case.
  handlersOf: mediatorsOf,
  placeOf: state => state.divisionCode,
  evolve: evolveDispute,
};
