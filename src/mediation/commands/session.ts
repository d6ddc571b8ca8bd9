import { decision } from '../../kernel/decider.js';
import { legalDayOf } from '../../kernel/legalDay.js';
import { findPersonalPatterns } from '../../kernel/personalText.js';
import { unless } from '../../kernel/ruleSet.js';
import { sessionEvents } from '../events/session.js';
import { nothingRecorded } from '../recordings.js';
import { findSession } from '../sessions.js';
import type { Dispute } from '../state.js';
import {
  adjournedSession,
  type Breaches,
  begunSession,
  command,
  heardIn,
  IN_SESSION,
  MEDIATION,
  mayBeMediated,
  openSessionOnly,
  parties,
  planned,
  recordableIn,
  scheduledSession,
  told,
  unendedSession,
} from './command.js';
import { inTurn, someSession } from './guards.js';
import { inputOf } from './input.js';

const scheduled = inputOf(sessionEvents.SessionScheduled.data);
const { sessionId, plannedFor } = scheduled;
const { round: _counted, ...plan } = scheduled;
const disorder = inputOf(sessionEvents.DisorderOccurred.data);

export const scheduleSession = command({
  name: 'scheduleSession',
  label: { zh: '排期', en: 'Schedule a session' },
  description: 'Plans the next session; a round is one session.',
  roles: MEDIATION,
  input: { ...plan, sessionId: sessionId.optional(), openness: plan.openness.default('OPEN') },
  conflictsWith: ['ConsentRefused', 'ConsentWithdrawn', 'MediationTerminated'],
  guard: mayBeMediated,
  decide: (state, input, { today, derivedId }) => {
    const id = input.sessionId ?? derivedId('session');
    return decision(
      [
        ...unless(findSession(state, id) === undefined, 'SESSION_TWICE', 'sessionId'),
        ...planned(legalDayOf(input.plannedFor), today, 'plannedFor'),
      ],
      () => [{ type: 'SessionScheduled', data: { ...told(input), sessionId: id, round: state.sessions.length + 1 } }],
    );
  },
});

export const rescheduleSession = command({
  name: 'rescheduleSession',
  label: { zh: '改期', en: 'Reschedule a session' },
  description: 'Plans a session that has not begun for another time.',
  roles: MEDIATION,
  input: { sessionId, plannedFor, reason: inputOf(sessionEvents.SessionRescheduled.data).reason },
  conflictsWith: ['SessionOpened', 'ConsentWithdrawn', 'MediationTerminated'],
  guard: inTurn(mayBeMediated, someSession(scheduledSession)),
  decide: (state, input, { today }) =>
    decision(
      [...scheduledSession(state, input.sessionId), ...planned(legalDayOf(input.plannedFor), today, 'plannedFor')],
      () => [{ type: 'SessionRescheduled', data: told(input) }],
    ),
});

export const explainLegalProvisions = command({
  name: 'explainLegalProvisions',
  label: { zh: '讲解法律法规', en: 'Explain legal provisions' },
  description: 'Records which provisions were explained to the parties.',
  roles: IN_SESSION,
  input: inputOf(sessionEvents.LegalProvisionsExplained.data),
  guard: someSession(begunSession),
  decide: (state, input) =>
    decision(
      [
        ...recordableIn(state, input.sessionId),
        ...unless(
          input.provisions.every(provision => findPersonalPatterns(provision).length === 0),
          'PERSONAL_DATA_IN_TEXT',
          'provisions',
        ),
      ],
      () => [{ type: 'LegalProvisionsExplained', data: told(input) }],
    ),
});

export const announceDiscipline = command({
  name: 'announceDiscipline',
  label: { zh: '宣布调解纪律', en: 'Announce the discipline' },
  description: 'Records that the discipline of the session was announced.',
  citation: sessionEvents.DisciplineAnnounced.citation,
  roles: IN_SESSION,
  input: { sessionId },
  guard: someSession(begunSession),
  decide: (state, input) =>
    decision(recordableIn(state, input.sessionId), () => [{ type: 'DisciplineAnnounced', data: told(input) }]),
});

export const recordDisorder = command({
  name: 'recordDisorder',
  label: { zh: '记录秩序混乱', en: 'Record a disorder' },
  description: 'Records a quarrel or a blow in a session.',
  roles: IN_SESSION,
  input: { ...disorder, byPartyIds: disorder.byPartyIds.default([]) },
  guard: someSession(begunSession),
  decide: (state, input, { occurredAt }) =>
    decision(
      [...heardIn(state, input.sessionId, occurredAt), ...parties(state, input.byPartyIds, 'byPartyIds')],
      () => [{ type: 'DisorderOccurred', data: told(input) }],
    ),
});

export const restoreOrder = command({
  name: 'restoreOrder',
  label: { zh: '恢复秩序', en: 'Restore order' },
  description: 'Records that the session is in order again.',
  roles: IN_SESSION,
  input: inputOf(sessionEvents.OrderRestored.data),
  guard: someSession(begunSession),
  decide: (state, input) =>
    decision(recordableIn(state, input.sessionId), () => [{ type: 'OrderRestored', data: told(input) }]),
});

export const adjournSession = command({
  name: 'adjournSession',
  label: { zh: '休会', en: 'Adjourn a session' },
  description: 'Interrupts a session that is to go on.',
  roles: MEDIATION,
  input: inputOf(sessionEvents.SessionAdjourned.data),
  conflictsWith: ['SessionEnded'],
  guard: someSession(openSessionOnly),
  decide: (state, input) =>
    decision(openSessionOnly(state, input.sessionId), () => [{ type: 'SessionAdjourned', data: told(input) }]),
});

export const resumeSession = command({
  name: 'resumeSession',
  label: { zh: '复会', en: 'Resume a session' },
  description: 'Goes on with an adjourned session.',
  roles: MEDIATION,
  input: { sessionId },
  conflictsWith: ['ConsentWithdrawn', 'MediationTerminated', 'SessionEnded'],
  guard: inTurn(mayBeMediated, someSession(adjournedSession)),
  decide: (state, input) =>
    decision(adjournedSession(state, input.sessionId), () => [{ type: 'SessionResumed', data: told(input) }]),
});

/** Breaches for a session that has not begun, or is over already. */
const endable = (state: Dispute, id: string): Breaches => [
  ...unendedSession(state, id),
  ...unless(findSession(state, id)?.status !== 'SCHEDULED', 'SESSION_NOT_BEGUN', 'sessionId'),
];

export const endSession = command({
  name: 'endSession',
  label: { zh: '结束调解', en: 'End a session' },
  description: 'Ends a session, with or without an agreement.',
  roles: MEDIATION,
  input: { sessionId },
  conflictsWith: ['SessionEnded'],
  guard: someSession(endable),
  decide: (state, input) => {
    const session = findSession(state, input.sessionId);
    return decision(
      [
        ...endable(state, input.sessionId),
        ...unless(!session || !nothingRecorded(session), 'NOTHING_RECORDED', 'sessionId'),
      ],
      () => [{ type: 'SessionEnded', data: told(input) }],
    );
  },
});

export const sessionCommands = [
  scheduleSession,
  rescheduleSession,
  explainLegalProvisions,
  announceDiscipline,
  recordDisorder,
  restoreOrder,
  adjournSession,
  resumeSession,
  endSession,
];
