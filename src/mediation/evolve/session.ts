import type { sessionEvents } from '../events/session.js';
import { union } from '../parties.js';
import { blankSession, findSession, onSession } from '../sessions.js';
import type { Disorder } from '../state/session.js';
import { present } from './present.js';
import type { Steps } from './steps.js';

const restored = (disorders: readonly Disorder[], at: string): readonly Disorder[] =>
  disorders.map(disorder => (disorder.restoredAt ? disorder : { ...disorder, restoredAt: at }));

export const evolveSession: Steps<typeof sessionEvents> = {
  SessionScheduled: (state, { data }) => ({
    ...state,
    sessions: [...state.sessions, { ...blankSession(data.sessionId, data.round), ...present(data) }],
  }),
  SessionRescheduled: (state, { data: { sessionId, plannedFor } }) =>
    onSession(state, sessionId, () => ({ plannedFor })),
  SessionOpened: (state, { occurredAt, data }) => {
    const { minorIds, ...opened } = data;
    const planned = findSession(state, data.sessionId)
      ? state
      : { ...state, sessions: [...state.sessions, blankSession(data.sessionId, data.round)] };
    return {
      ...onSession(planned, data.sessionId, () => ({ ...present(opened), status: 'OPEN', openedAt: occurredAt })),
      status: 'IN_MEDIATION',
      minorIds: union(state.minorIds, minorIds),
    };
  },
  LegalProvisionsExplained: (state, { data }) =>
    onSession(state, data.sessionId, ({ provisions }) => ({ provisions: [...provisions, ...data.provisions] })),
  DisciplineAnnounced: (state, { data }) => onSession(state, data.sessionId, () => ({ disciplineAnnounced: true })),
  DisorderOccurred: (state, { occurredAt, data: { sessionId, ...disorder } }) =>
    onSession(state, sessionId, ({ disorders }) => ({
      disorders: [...disorders, { ...present(disorder), at: occurredAt }],
    })),
  OrderRestored: (state, { occurredAt, data }) =>
    onSession(state, data.sessionId, ({ disorders }) => ({ disorders: restored(disorders, occurredAt) })),
  SessionAdjourned: (state, { occurredAt: at, data: { sessionId, reason } }) =>
    onSession(state, sessionId, ({ adjournments }) => ({
      status: 'ADJOURNED',
      adjournments: [...adjournments, { reason, at }],
    })),
  SessionResumed: (state, { occurredAt, data }) =>
    onSession(state, data.sessionId, ({ adjournments }) => ({
      status: 'OPEN',
      adjournments: adjournments.map(adjournment => ({ resumedAt: occurredAt, ...adjournment })),
    })),
  SessionEnded: (state, { occurredAt, data }) =>
    onSession(state, data.sessionId, () => ({ status: 'ENDED', endedAt: occurredAt })),
};
