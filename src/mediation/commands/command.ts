import { OFFICER_ROLES, type Role } from '../../access/roles.js';
import { commandsOf, commonInput } from '../../commands/command.js';
import type { Lookup } from '../../commands/lookup.js';
import { type Decision, decision } from '../../kernel/decider.js';
import { notInThePast, withinAYear } from '../../kernel/plannedDays.js';
import type { Breach } from '../../kernel/ruleSet.js';
import { unless } from '../../kernel/ruleSet.js';
import { dispute } from '../dispute.js';
import { findParty } from '../parties.js';
import { isRecorded } from '../recordings.js';
import type { DisputeRule } from '../rules/index.js';
import { findSession } from '../sessions.js';
import type { Session } from '../state/session.js';
import type { Dispute, StoredStatus } from '../state.js';

export const command = commandsOf(dispute);

export type Breaches = readonly Breach<DisputeRule>[];

/** What comes of a command that lacks what it is about: the breaches that say so, and no event. */
export const nothingBut = (breaches: Breaches): Decision<never, DisputeRule> => decision(breaches, () => []);

/** Who decides on a case for its station. */
export const STATION: readonly Role[] = OFFICER_ROLES;
/** Who mediates, or acts for who does. */
export const MEDIATION: readonly Role[] = [...OFFICER_ROLES, 'MEDIATOR'];
/** Who writes down what happens in a session. */
export const IN_SESSION: readonly Role[] = [...MEDIATION, 'AUXILIARY'];

const ENVELOPE_FIELDS: ReadonlySet<string> = new Set([...Object.keys(commonInput), 'id', 'disputeId']);

/** What the input says of the matter itself, without what every command carries. */
export const told = <Input extends object>(input: Input): Input =>
  Object.fromEntries(Object.entries(input).filter(([name]) => !ENVELOPE_FIELDS.has(name))) as Input;

export const UNDER_MEDIATION: readonly StoredStatus[] = ['ACCEPTED', 'CONSENT_PENDING', 'READY', 'IN_MEDIATION'];

/** A guard: the case has to be in one of these states. */
export const onlyIn =
  (statuses: readonly StoredStatus[], otherwise: DisputeRule) =>
  (state: Dispute): Breaches =>
    unless(statuses.includes(state.status), otherwise);

export const underMediation = onlyIn(UNDER_MEDIATION, 'NOT_UNDER_MEDIATION');

/** A guard: everyone agreed, and nobody has ended it. */
export function mayBeMediated(state: Dispute): Breaches {
  if (state.status === 'READY' || state.status === 'IN_MEDIATION') return [];
  if (state.status === 'TERMINATED') return unless(false, 'MEDIATION_TERMINATED');
  const awaitsConsent = state.status === 'ACCEPTED' || state.status === 'CONSENT_PENDING';
  return unless(false, awaitsConsent ? 'CONSENT_REQUIRED' : 'NOT_READY');
}

/** Breaches for each of these who is not a party. */
export const parties = (state: Dispute, ids: readonly string[], ...path: readonly string[]): Breaches =>
  ids.flatMap((id, index) => unless(findParty(state, id) !== undefined, 'NOT_A_PARTY', ...path, String(index)));

export const party = (state: Dispute, id: string | undefined, ...path: readonly string[]): Breaches =>
  unless(id === undefined || findParty(state, id) !== undefined, 'NOT_A_PARTY', ...path);

/** Breaches for a session that is not there, or not in one of these states. */
function sessionIn(
  state: Dispute,
  sessionId: string,
  statuses: readonly Session['status'][],
  otherwise: DisputeRule,
): Breaches {
  const session = findSession(state, sessionId);
  if (!session) return unless(false, 'SESSION_UNKNOWN', 'sessionId');
  return unless(statuses.includes(session.status), otherwise, 'sessionId');
}

export const scheduledSession = (state: Dispute, id: string): Breaches =>
  sessionIn(state, id, ['SCHEDULED'], 'SESSION_NOT_SCHEDULED');
export const openSessionOnly = (state: Dispute, id: string): Breaches =>
  sessionIn(state, id, ['OPEN'], 'SESSION_NOT_OPEN');
export const adjournedSession = (state: Dispute, id: string): Breaches =>
  sessionIn(state, id, ['ADJOURNED'], 'SESSION_NOT_ADJOURNED');
export const begunSession = (state: Dispute, id: string): Breaches =>
  sessionIn(state, id, ['OPEN', 'ADJOURNED', 'ENDED'], 'SESSION_NOT_BEGUN');
/** A guard for facts: what happened in a session is recorded even after its end, visibly so. */
export const recordableIn = (state: Dispute, id: string): Breaches => [
  ...begunSession(state, id),
  ...unless(findSession(state, id)?.status !== 'ENDED', 'RECORDED_AFTER_END', 'sessionId'),
];
export const unendedSession = (state: Dispute, id: string): Breaches =>
  sessionIn(state, id, ['SCHEDULED', 'OPEN', 'ADJOURNED'], 'SESSION_ENDED');

/** Breaches of naming a day for something to come; none if no day is named. */
export const planned = (day: string | undefined, today: string, ...path: readonly string[]): Breaches => [
  ...withinAYear(day, today, ...path),
  ...notInThePast(day, today, ...path),
];

/** Whether what happens at this time in a session is recorded, where all of it must be. */
export function onRecording(state: Dispute, id: string, at: string): Breaches {
  const session = findSession(state, id);
  return unless(!session?.recordingRequired || isRecorded(session, { at }), 'OUTSIDE_RECORDING', 'sessionId');
}
/** A guard for what is said and done between the parties. */
export const heardIn = (state: Dispute, id: string, at: string): Breaches => [
  ...recordableIn(state, id),
  ...onRecording(state, id, at),
];

/** Whether the month of mediation, or what it was extended to, is over: a deviation wherever something is held. */
export const inTime = (state: Dispute, today: string): Breaches =>
  unless(state.dueDate === undefined || today <= state.dueDate, 'MEDIATION_OVERDUE');

/** Birth dates of residents who are registered; `undefined` for a date whose key is destroyed. */
export async function birthDates(
  lookup: Lookup,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string | undefined>> {
  const found = await Promise.all(ids.map(async id => [id, await lookup.residentWithBirthDate(id)] as const));
  return new Map(found.flatMap(([id, resident]) => (resident ? [[id, resident.birthDate] as const] : [])));
}
