import type { Session, TranscriptVersion } from './state/session.js';
import type { Dispute } from './state.js';

export const findSession = (state: Dispute, sessionId: string): Session | undefined =>
  state.sessions.find(session => session.sessionId === sessionId);

/** A copy in which one session is changed; nothing changes when there is none with this id. */
export const onSession = (
  state: Dispute,
  sessionId: string,
  change: (session: Session) => Partial<Session>,
): Dispute => ({
  ...state,
  sessions: state.sessions.map(session =>
    session.sessionId === sessionId ? { ...session, ...change(session) } : session,
  ),
});

export const blankSession = (sessionId: string, round: number): Session => ({
  sessionId,
  round,
  status: 'SCHEDULED',
  coMediatorIds: [],
  officersPresent: 0,
  auxiliariesPresent: 0,
  recordingRequired: false,
  guardiansFor: [],
  provisions: [],
  disciplineAnnounced: false,
  recordingNoticeGiven: false,
  reviewOfferedTo: [],
  recordings: [],
  statements: [],
  evidence: [],
  adjournments: [],
  disorders: [],
  persuasions: [],
  proposals: [],
  transcript: [],
});

export const currentTranscript = (session: Session): TranscriptVersion | undefined => session.transcript.at(-1);
