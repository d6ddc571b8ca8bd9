import type { DecisionContext } from '../../commands/command.js';
import type { Lookup } from '../../commands/lookup.js';
import { decision } from '../../kernel/decider.js';
import { unless } from '../../kernel/ruleSet.js';
import { sessionEvents } from '../events/session.js';
import { currentMediator, currentMediators } from '../mediators.js';
import { findParty } from '../parties.js';
import { PML } from '../rules/rule.js';
import { findSession } from '../sessions.js';
import type { CaseMediator } from '../state/people.js';
import type { Dispute } from '../state.js';
import {
  type Breaches,
  birthDates,
  command,
  inTime,
  MEDIATION,
  mayBeMediated,
  nothingBut,
  scheduledSession,
} from './command.js';
import { inTurn, someSession } from './guards.js';
import { inputOf } from './input.js';
import { isActive } from './mediators.js';
import { minorsOf } from './minors.js';

const opened = inputOf(sessionEvents.SessionOpened.data);

type Actor = DecisionContext['actor'];

/** Who hosts: whom the input names, or the mediator of the case that the acting person is. */
const hostOf = (state: Dispute, named: string | undefined, actor: Actor): CaseMediator | undefined =>
  [...(named === undefined ? [actor.actorId, ...actor.alsoKnownAs] : [named])]
    .map(id => currentMediator(state, id))
    .find(mediator => mediator !== undefined);

interface HostFact {
  readonly active: boolean;
  /** The role in which the host serves at a station, if at all. */
  readonly role?: string | undefined;
}

async function factOf(host: CaseMediator | undefined, lookup: Lookup, today: string): Promise<HostFact> {
  if (!host) return { active: false };
  const officer = host.officerId && (await lookup.officer(host.officerId));
  return { active: isActive(await lookup.mediator(host.mediatorId), today), role: officer ? officer.role : undefined };
}

/** Minors among the parties who have neither a guardian there nor a waiver. */
const unguarded = (state: Dispute, sessionId: string, minors: readonly string[]): readonly string[] => {
  const attended = findSession(state, sessionId)?.guardiansFor ?? [];
  return minors.filter(id => !attended.includes(id) && findParty(state, id)?.guardian.waived !== true);
};

const noOtherOpen = (state: Dispute, sessionId: string): boolean =>
  !state.sessions.some(
    session => session.sessionId !== sessionId && (session.status === 'OPEN' || session.status === 'ADJOURNED'),
  );

/** Breaches for a session that is not to come, or not while another one is not over. */
const openable = (state: Dispute, sessionId: string): Breaches => [
  ...scheduledSession(state, sessionId),
  ...unless(noOtherOpen(state, sessionId), 'SESSION_UNFINISHED', 'sessionId'),
];

/** A guard: the case has somebody who may host. */
const hasMediator = (state: Dispute): Breaches =>
  unless(currentMediators(state).length > 0, 'HOST_NOT_MEDIATOR', 'hostId');

/** Mediators of the case, each once, and none of them the host. */
const besideHost = (state: Dispute, host: CaseMediator | undefined, ids: readonly string[]): Breaches =>
  ids.flatMap((id, index) => {
    const once = id !== host?.mediatorId && ids.indexOf(id) === index;
    return [
      ...unless(currentMediator(state, id) !== undefined, 'MEDIATOR_NOT_ASSIGNED', 'coMediatorIds', String(index)),
      ...unless(once, 'CO_MEDIATOR_TWICE', 'coMediatorIds', String(index)),
    ];
  });

interface Hosting {
  readonly host: CaseMediator | undefined;
  readonly fact: HostFact;
  readonly coMediatorIds: readonly string[];
  readonly officersPresent: number;
}

const hosting = ({ host, fact, coMediatorIds, officersPresent }: Hosting): Breaches => {
  if (!host) return unless(false, 'HOST_NOT_MEDIATOR', 'hostId');
  const auxiliary = fact.role === 'AUXILIARY';
  return [
    ...unless(fact.active, 'HOST_NOT_ACTIVE', 'hostId'),
    ...unless(!auxiliary || coMediatorIds.length > 0, 'AUXILIARY_SOLE_HOST', 'hostId'),
    ...unless(!host.officerId || auxiliary || officersPresent > 0, 'HOST_NOT_COUNTED', 'officersPresent'),
  ];
};

/** Where one officer is present, all of it has to be recorded, whoever hosts (Procedural regulations art. 52). */
const mustRecord = (officersPresent: number): boolean => officersPresent === 1;

export const openSession = command({
  name: 'openSession',
  label: { zh: '开始调解', en: 'Open a session' },
  description: 'Begins a session under a mediator of the case; minors need their guardian there.',
  citation: `${PML} arts. 19, 21`,
  roles: MEDIATION,
  input: {
    sessionId: opened.sessionId,
    hostId: opened.hostId.optional(),
    coMediatorIds: opened.coMediatorIds.default([]),
    officersPresent: opened.officersPresent,
    auxiliariesPresent: opened.auxiliariesPresent,
    openness: opened.openness.optional(),
    placeType: opened.placeType.optional(),
  },
  conflictsWith: ['ConsentWithdrawn', 'MediationTerminated', 'SessionOpened', 'SessionRescheduled'],
  guard: inTurn(mayBeMediated, someSession(openable), hasMediator),
  facts: async (input, state, lookup, { actor, today }) => ({
    births: await birthDates(
      lookup,
      state.parties.map(({ subjectId }) => subjectId),
    ),
    host: await factOf(hostOf(state, input.hostId, actor), lookup, today),
  }),
  decide: (state, input, { facts, actor, today }) => {
    const { sessionId, coMediatorIds, officersPresent, auxiliariesPresent } = input;
    const session = findSession(state, sessionId);
    const host = hostOf(state, input.hostId, actor);
    const held: Hosting = { host, fact: facts.host, coMediatorIds, officersPresent };
    const minorIds = minorsOf(state, facts.births, today);
    const breaches = [
      ...openable(state, sessionId),
      ...hosting(held),
      ...besideHost(state, host, coMediatorIds),
      ...unless(unguarded(state, sessionId, minorIds).length === 0, 'GUARDIAN_REQUIRED', 'sessionId'),
      ...inTime(state, today),
    ];
    if (!session || !host) return nothingBut(breaches);
    return decision(breaches, () => [
      {
        type: 'SessionOpened',
        data: {
          sessionId,
          round: session.round,
          openness: input.openness ?? session.openness ?? 'OPEN',
          placeType: input.placeType ?? session.placeType ?? 'STATION',
          hostId: host.mediatorId,
          hostOfficerId: host.officerId,
          coMediatorIds,
          officersPresent,
          auxiliariesPresent,
          recordingRequired: mustRecord(officersPresent),
          minorIds,
        },
      },
    ]);
  },
});
