import type { MediatorFact } from '../../commands/lookup.js';
import { decision } from '../../kernel/decider.js';
import { unless } from '../../kernel/ruleSet.js';
import { justiceOfficesOf } from '../dispute.js';
import { mediatorEvents } from '../events/mediators.js';
import { currentMediator } from '../mediators.js';
import { PML } from '../rules/rule.js';
import type { Dispute } from '../state.js';
import { type Breaches, command, MEDIATION, nothingBut, party, STATION, told, underMediation } from './command.js';
import { inTurn, someMediator } from './guards.js';
import { inputOf } from './input.js';

const chosen = inputOf(mediatorEvents.MediatorChosenByParty.data);
const replaced = inputOf(mediatorEvents.MediatorReplaced.data);
const removed = inputOf(mediatorEvents.MediatorRemoved.data);
const misconduct = inputOf(mediatorEvents.MediatorMisconductReported.data);

/** Whether someone is in office on a day: neither suspended, nor an officer who had left. */
export const isActive = (mediator: MediatorFact | undefined, today: string): boolean =>
  mediator?.status === 'APPOINTED' && (mediator.leftOn === undefined || mediator.leftOn >= today);

const onCase = (state: Dispute, id: string): Breaches =>
  unless(currentMediator(state, id) !== undefined, 'MEDIATOR_NOT_ASSIGNED', 'mediatorId');

/** Present or former: what someone did comes to light when it does. */
const onceOnCase = ({ mediators }: Dispute, id: string): Breaches =>
  unless(
    mediators.some(({ mediatorId }) => mediatorId === id),
    'MEDIATOR_NOT_ASSIGNED',
    'mediatorId',
  );

/** Who may come onto the case: a mediator in office who is not on it. */
const mayCome = (state: Dispute, id: string, found: MediatorFact, today: string, path: string): Breaches => [
  ...unless(isActive(found, today), 'MEDIATOR_NOT_ACTIVE', path),
  ...unless(currentMediator(state, id) === undefined, 'MEDIATOR_ALREADY_ASSIGNED', path),
];

const unknown = (path: string): Breaches => unless(false, 'MEDIATOR_UNKNOWN', path);

const registered = ({ category, officerId }: MediatorFact) => ({ category, officerId });

/** What contradicts that an offline device puts a mediator on the case. */
const CHANGES_MEDIATORS = ['MediationTerminated', 'MediatorAssigned', 'MediatorReplaced', 'MediatorRemoved'] as const;

export const assignMediator = command({
  name: 'assignMediator',
  label: { zh: '指定调解员', en: 'Assign a mediator' },
  description: 'Puts a mediator in office on the case.',
  citation: `${PML} art. 19`,
  roles: STATION,
  input: { mediatorId: chosen.mediatorId },
  conflictsWith: CHANGES_MEDIATORS,
  guard: underMediation,
  facts: (input, _state, lookup) => lookup.mediator(input.mediatorId),
  decide: (state, { mediatorId }, { facts, today }) => {
    if (!facts) return nothingBut(unknown('mediatorId'));
    return decision(mayCome(state, mediatorId, facts, today, 'mediatorId'), () => [
      { type: 'MediatorAssigned', data: { mediatorId, ...registered(facts) } },
    ]);
  },
});

export const chooseMediator = command({
  name: 'chooseMediator',
  label: { zh: '当事人选择调解员', en: 'Choose a mediator' },
  description: 'Puts a mediator on the case whom a side has chosen.',
  citation: `${PML} arts. 19, 23`,
  roles: MEDIATION,
  input: { mediatorId: chosen.mediatorId, chosenBy: chosen.chosenBy },
  conflictsWith: CHANGES_MEDIATORS,
  guard: underMediation,
  facts: (input, _state, lookup) => lookup.mediator(input.mediatorId),
  decide: (state, input, { facts, today }) => {
    if (!facts) return nothingBut(unknown('mediatorId'));
    return decision(mayCome(state, input.mediatorId, facts, today, 'mediatorId'), () => [
      { type: 'MediatorChosenByParty', data: { ...told(input), ...registered(facts) } },
    ]);
  },
});

export const replaceMediator = command({
  name: 'replaceMediator',
  label: { zh: '更换调解员', en: 'Replace a mediator' },
  description: 'Takes a mediator off the case and puts another in the place.',
  citation: `${PML} arts. 15, 23`,
  roles: STATION,
  input: { mediatorId: replaced.mediatorId, replacementId: replaced.replacementId, reason: replaced.reason },
  conflictsWith: ['MediationTerminated', 'MediatorReplaced', 'MediatorRemoved'],
  guard: inTurn(underMediation, someMediator(onCase)),
  facts: (input, _state, lookup) => lookup.mediator(input.replacementId),
  decide: (state, input, { facts, today }) => {
    const leaving = onCase(state, input.mediatorId);
    if (!facts) return nothingBut([...leaving, ...unknown('replacementId')]);
    return decision([...leaving, ...mayCome(state, input.replacementId, facts, today, 'replacementId')], () => [
      { type: 'MediatorReplaced', data: { ...told(input), ...registered(facts) } },
    ]);
  },
});

export const removeMediator = command({
  name: 'removeMediator',
  label: { zh: '撤下调解员', en: 'Remove a mediator' },
  description: 'Takes a mediator off the case, who no longer sees it; at any time, also after the mediation is over.',
  citation: mediatorEvents.MediatorRemoved.citation,
  roles: STATION,
  input: removed,
  conflictsWith: ['MediatorReplaced', 'MediatorRemoved'],
  guard: someMediator(onCase),
  decide: (state, input) =>
    decision(onCase(state, input.mediatorId), () => [{ type: 'MediatorRemoved', data: told(input) }]),
});

export const reportMediatorMisconduct = command({
  name: 'reportMediatorMisconduct',
  label: { zh: '报告调解员违规', en: 'Report mediator misconduct' },
  description: 'Records that a mediator of the case did what a mediator must not do.',
  citation: `${PML} art. 15`,
  roles: [...MEDIATION, 'JUSTICE_OFFICE'],
  alsoFor: justiceOfficesOf,
  input: misconduct,
  guard: someMediator(onceOnCase),
  decide: (state, input) =>
    decision([...onceOnCase(state, input.mediatorId), ...party(state, input.reportedBy, 'reportedBy')], () => [
      { type: 'MediatorMisconductReported', data: told(input) },
    ]),
});

export const mediatorCommands = [
  assignMediator,
  chooseMediator,
  replaceMediator,
  removeMediator,
  reportMediatorMisconduct,
];
