import type { MediatorFact } from '../../commands/lookup.js';
import { decision } from '../../kernel/decider.js';
import { unless } from '../../kernel/ruleSet.js';
import { justiceOfficesOf } from '../dispute.js';
import { mediatorEvents } from '../events/mediators.js';
import { PML } from '../rules/rule.js';
import type { CaseMediator, Dispute } from '../state.js';
import { type Breaches, command, MEDIATION, party, STATION, told, underMediation } from './command.js';
import { inputOf } from './input.js';

const chosen = inputOf(mediatorEvents.MediatorChosenByParty.data);
const replaced = inputOf(mediatorEvents.MediatorReplaced.data);
const misconduct = inputOf(mediatorEvents.MediatorMisconductReported.data);

/** The mediator, unless replaced. */
export const currentMediator = ({ mediators }: Dispute, id: string): CaseMediator | undefined =>
  mediators.find(({ mediatorId, replaced: left }) => mediatorId === id && !left);

export const isActive = (mediator: MediatorFact | undefined): boolean => mediator?.status === 'APPOINTED';

/** Who may come onto the case: a mediator in office who is not on it. */
const mayCome = (state: Dispute, id: string, found: MediatorFact | undefined, path: string): Breaches => {
  if (!found) return unless(false, 'MEDIATOR_UNKNOWN', path);
  return [
    ...unless(isActive(found), 'MEDIATOR_NOT_ACTIVE', path),
    ...unless(currentMediator(state, id) === undefined, 'MEDIATOR_ALREADY_ASSIGNED', path),
  ];
};

const registered = (found: MediatorFact | undefined) => ({
  category: found?.category ?? '',
  officerId: found?.officerId,
});

export const assignMediator = command({
  name: 'assignMediator',
  label: { zh: '指定调解员', en: 'Assign a mediator' },
  description: 'Puts a mediator in office on the case.',
  citation: `${PML} art. 19`,
  roles: STATION,
  input: { mediatorId: chosen.mediatorId },
  conflictsWith: ['MediationTerminated', 'MediatorAssigned', 'MediatorReplaced'],
  guard: underMediation,
  facts: (input, _state, lookup) => lookup.mediator(input.mediatorId),
  decide: (state, input, { facts }) =>
    decision(mayCome(state, input.mediatorId, facts, 'mediatorId'), () => [
      { type: 'MediatorAssigned', data: { mediatorId: input.mediatorId, ...registered(facts) } },
    ]),
});

export const chooseMediator = command({
  name: 'chooseMediator',
  label: { zh: '当事人选择调解员', en: 'Choose a mediator' },
  description: 'Puts a mediator on the case whom a side has chosen.',
  citation: `${PML} arts. 19, 23`,
  roles: MEDIATION,
  input: { mediatorId: chosen.mediatorId, chosenBy: chosen.chosenBy },
  conflictsWith: ['MediationTerminated', 'MediatorAssigned', 'MediatorReplaced'],
  guard: underMediation,
  facts: (input, _state, lookup) => lookup.mediator(input.mediatorId),
  decide: (state, input, { facts }) =>
    decision(mayCome(state, input.mediatorId, facts, 'mediatorId'), () => [
      { type: 'MediatorChosenByParty', data: { ...told(input), ...registered(facts) } },
    ]),
});

export const replaceMediator = command({
  name: 'replaceMediator',
  label: { zh: '更换调解员', en: 'Replace a mediator' },
  description: 'Takes a mediator off the case and puts another in the place.',
  citation: `${PML} arts. 15, 23`,
  roles: STATION,
  input: { mediatorId: replaced.mediatorId, replacementId: replaced.replacementId, reason: replaced.reason },
  conflictsWith: ['MediationTerminated', 'MediatorReplaced'],
  guard: underMediation,
  facts: (input, _state, lookup) => lookup.mediator(input.replacementId),
  decide: (state, input, { facts }) =>
    decision(
      [
        ...unless(currentMediator(state, input.mediatorId) !== undefined, 'MEDIATOR_NOT_ASSIGNED', 'mediatorId'),
        ...mayCome(state, input.replacementId, facts, 'replacementId'),
      ],
      () => [{ type: 'MediatorReplaced', data: { ...told(input), ...registered(facts) } }],
    ),
});

export const reportMediatorMisconduct = command({
  name: 'reportMediatorMisconduct',
  label: { zh: '报告调解员违规', en: 'Report mediator misconduct' },
  description: 'Records that a mediator of the case did what a mediator must not do.',
  citation: `${PML} art. 15`,
  roles: [...MEDIATION, 'JUSTICE_OFFICE'],
  alsoFor: justiceOfficesOf,
  input: misconduct,
  decide: (state, input) =>
    decision(
      [
        ...unless(
          state.mediators.some(({ mediatorId }) => mediatorId === input.mediatorId),
          'MEDIATOR_NOT_ASSIGNED',
          'mediatorId',
        ),
        ...party(state, input.reportedBy, 'reportedBy'),
      ],
      () => [{ type: 'MediatorMisconductReported', data: told(input) }],
    ),
});

export const mediatorCommands = [assignMediator, chooseMediator, replaceMediator, reportMediatorMisconduct];
