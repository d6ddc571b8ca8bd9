import { decision } from '../../kernel/decider.js';
import { unless } from '../../kernel/ruleSet.js';
import { consentEvents } from '../events/consent.js';
import { command, MEDIATION, onlyIn, parties, underMediation } from './command.js';
import { inputOf } from './input.js';

const terminated = inputOf(consentEvents.MediationTerminated.data);
const told = inputOf(consentEvents.RemediesNotified.data);

/** Reasons that only the act of a party brings about. */
const ACTS_OF_A_PARTY: readonly string[] = ['REFUSED', 'WITHDRAWN'];

export const terminateMediation = command({
  name: 'terminateMediation',
  label: { zh: '终止调解', en: 'Terminate the mediation' },
  description: 'Ends a mediation that comes to no agreement. The parties are then told of the other routes.',
  citation: consentEvents.MediationTerminated.citation,
  roles: MEDIATION,
  input: { reason: terminated.reason, account: terminated.account },
  conflictsWith: ['OralAgreementReached', 'AgreementBecameEffective', 'MediationTerminated'],
  guard: underMediation,
  decide: (_state, input, { today }) =>
    decision(unless(!ACTS_OF_A_PARTY.includes(input.reason), 'TERMINATION_REASON_UNFIT', 'reason'), () => [
      {
        type: 'MediationTerminated',
        data: { reason: input.reason, account: input.account, terminatedOn: today },
      },
    ]),
});

export const notifyRemedies = command({
  name: 'notifyRemedies',
  label: { zh: '告知救济途径', en: 'Notify the remedies' },
  description: 'Records that parties were told which routes are open; all of them, if none is named.',
  citation: consentEvents.RemediesNotified.citation,
  roles: MEDIATION,
  input: { partyIds: told.partyIds.optional(), routes: told.routes },
  guard: onlyIn(['TERMINATED', 'BREACHED'], 'NOT_TERMINATED'),
  decide: (state, input, { today }) => {
    const partyIds = input.partyIds ?? state.parties.map(({ subjectId }) => subjectId);
    return decision(parties(state, partyIds, 'partyIds'), () => [
      { type: 'RemediesNotified', data: { partyIds, routes: input.routes, notifiedOn: today } },
    ]);
  },
});

export const terminationCommands = [terminateMediation, notifyRemedies];
