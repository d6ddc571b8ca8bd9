import { decision } from '../../kernel/decider.js';
import { unless } from '../../kernel/ruleSet.js';
import { recordingEvents } from '../events/recording.js';
import { findRecording } from '../recordings.js';
import { findSession } from '../sessions.js';
import type { Recording } from '../state/session.js';
import type { Dispute } from '../state.js';
import { type Breaches, begunSession, command, IN_SESSION, parties, recordableIn, told } from './command.js';
import { someSession } from './guards.js';
import { inputOf } from './input.js';

const started = inputOf(recordingEvents.RecordingStarted.data);
const review = inputOf(recordingEvents.RecordingReviewOffered.data);

interface Which {
  readonly sessionId: string;
  readonly recordingId: string;
}

const recordingOf = (state: Dispute, { sessionId, recordingId }: Which): Recording | undefined => {
  const session = findSession(state, sessionId);
  return session && findRecording(session, recordingId);
};

const knownRecording = (state: Dispute, which: Which): Breaches =>
  unless(recordingOf(state, which) !== undefined, 'RECORDING_UNKNOWN', 'recordingId');

/** Breaches for a recording that the session does not have, or that is not in one of these states. */
function recordingIn(
  state: Dispute,
  which: Which,
  statuses: readonly Recording['status'][],
  otherwise: 'RECORDING_NOT_RUNNING' | 'RECORDING_NOT_PAUSED' | 'RECORDING_STOPPED',
): Breaches {
  const recording = recordingOf(state, which);
  return recording
    ? unless(statuses.includes(recording.status), otherwise, 'recordingId')
    : knownRecording(state, which);
}

const unstopped = (state: Dispute, which: Which): Breaches =>
  recordingIn(state, which, ['RUNNING', 'PAUSED'], 'RECORDING_STOPPED');

/** A guard: some recording of a session that has begun is as the command asks of the one that its input names. */
const someRecording = (asked: (state: Dispute, which: Which) => Breaches) =>
  someSession((state, sessionId) => {
    const held = findSession(state, sessionId)?.recordings ?? [];
    const told = held.map(({ recordingId }) => asked(state, { sessionId, recordingId }));
    const unlike = told.at(-1) ?? asked(state, { sessionId, recordingId: '' });
    return [...begunSession(state, sessionId), ...(told.find(breaches => breaches.length === 0) ?? unlike)];
  });

/** A guard for a turn of a recording: one that it took before it stopped may come to be known after that. */
function turnOf(state: Dispute, which: Which, at: string, from: 'RUNNING' | 'PAUSED'): Breaches {
  const stoppedAt = recordingOf(state, which)?.stoppedAt;
  return [
    ...recordableIn(state, which.sessionId),
    ...(stoppedAt !== undefined && at < stoppedAt
      ? unless(false, 'RECORDED_AFTER_STOP', 'recordingId')
      : recordingIn(state, which, [from], from === 'RUNNING' ? 'RECORDING_NOT_RUNNING' : 'RECORDING_NOT_PAUSED')),
  ];
}

/** Milliseconds from the opening of the session; 0 where that cannot be told. */
const offsetInSession = (state: Dispute, sessionId: string, at: string): number =>
  Math.max(0, Date.parse(at) - Date.parse(findSession(state, sessionId)?.openedAt ?? at));

export const giveRecordingNotice = command({
  name: 'giveRecordingNotice',
  label: { zh: '告知录音录像', en: 'Give notice of the recording' },
  description: 'Records that everyone was told that the session is recorded.',
  roles: IN_SESSION,
  input: { sessionId: started.sessionId },
  guard: someSession(begunSession),
  decide: (state, input) =>
    decision(recordableIn(state, input.sessionId), () => [{ type: 'RecordingNoticeGiven', data: told(input) }]),
});

/** Breaches for a session of which nobody was told that it is recorded, or in which that has begun. */
function startable(state: Dispute, id: string): Breaches {
  const session = findSession(state, id);
  if (!session) return [];
  const running = session.recordings.some(({ status }) => status !== 'STOPPED');
  return [
    ...unless(session.recordingNoticeGiven, 'RECORDING_NOTICE_REQUIRED', 'sessionId'),
    ...unless(!running, 'RECORDING_RUNNING', 'sessionId'),
  ];
}

export const startRecording = command({
  name: 'startRecording',
  label: { zh: '开始录音录像', en: 'Start recording' },
  description: 'Starts a recording of the session, once everyone was told.',
  citation: recordingEvents.RecordingStarted.citation,
  roles: IN_SESSION,
  input: {
    ...started,
    recordingId: started.recordingId.optional(),
    mode: started.mode.default('AUDIO_VIDEO'),
    startOffsetMs: started.startOffsetMs.optional(),
  },
  guard: someSession((state, id) => [...begunSession(state, id), ...startable(state, id)]),
  decide: (state, input, { occurredAt, derivedId }) => {
    const { sessionId } = input;
    const recordingId = input.recordingId ?? derivedId('recording');
    return decision(
      [
        ...recordableIn(state, sessionId),
        ...startable(state, sessionId),
        ...unless(recordingOf(state, { sessionId, recordingId }) === undefined, 'RECORDING_TWICE', 'recordingId'),
      ],
      () => [
        {
          type: 'RecordingStarted',
          data: {
            ...told(input),
            recordingId,
            startOffsetMs: input.startOffsetMs ?? offsetInSession(state, sessionId, occurredAt),
          },
        },
      ],
    );
  },
});

export const pauseRecording = command({
  name: 'pauseRecording',
  label: { zh: '暂停录音录像', en: 'Pause the recording' },
  description: 'Records that a recording was paused, and why.',
  roles: IN_SESSION,
  input: inputOf(recordingEvents.RecordingPaused.data),
  guard: someRecording((state, which) => recordingIn(state, which, ['RUNNING', 'STOPPED'], 'RECORDING_NOT_RUNNING')),
  decide: (state, input, { occurredAt }) =>
    decision(turnOf(state, input, occurredAt, 'RUNNING'), () => [{ type: 'RecordingPaused', data: told(input) }]),
});

export const resumeRecording = command({
  name: 'resumeRecording',
  label: { zh: '恢复录音录像', en: 'Resume the recording' },
  description: 'Records that a paused recording goes on.',
  roles: IN_SESSION,
  input: inputOf(recordingEvents.RecordingResumed.data),
  guard: someRecording((state, which) => recordingIn(state, which, ['PAUSED', 'STOPPED'], 'RECORDING_NOT_PAUSED')),
  decide: (state, input, { occurredAt }) =>
    decision(turnOf(state, input, occurredAt, 'PAUSED'), () => [{ type: 'RecordingResumed', data: told(input) }]),
});

export const reportRecordingGap = command({
  name: 'reportRecordingGap',
  label: { zh: '报告录音录像中断', en: 'Report a gap in the recording' },
  description: 'Records that a recording lacks something, whenever it is found.',
  citation: recordingEvents.RecordingGapDetected.citation,
  roles: IN_SESSION,
  input: inputOf(recordingEvents.RecordingGapDetected.data),
  guard: someRecording(knownRecording),
  decide: (state, input) =>
    decision(
      [
        ...begunSession(state, input.sessionId),
        ...knownRecording(state, input),
        ...unless(findSession(state, input.sessionId)?.recordingRequired !== true, 'RECORDING_GAP', 'gapMs'),
      ],
      () => [{ type: 'RecordingGapDetected', data: told(input) }],
    ),
});

export const stopRecording = command({
  name: 'stopRecording',
  label: { zh: '停止录音录像', en: 'Stop the recording' },
  description: 'Ends a recording, with the digest of its file.',
  roles: IN_SESSION,
  input: inputOf(recordingEvents.RecordingStopped.data),
  guard: someRecording(unstopped),
  decide: (state, input) =>
    decision([...begunSession(state, input.sessionId), ...unstopped(state, input)], () => [
      { type: 'RecordingStopped', data: told(input) },
    ]),
});

export const offerRecordingReview = command({
  name: 'offerRecordingReview',
  label: { zh: '提出查看录像', en: 'Offer a review of the recording' },
  description: 'Records that parties were offered to watch the recording; all of them, if none is named.',
  roles: IN_SESSION,
  input: { sessionId: review.sessionId, partyIds: review.partyIds.optional() },
  guard: someSession(begunSession),
  decide: (state, input) => {
    const partyIds = input.partyIds ?? state.parties.map(({ subjectId }) => subjectId);
    return decision([...recordableIn(state, input.sessionId), ...parties(state, partyIds, 'partyIds')], () => [
      { type: 'RecordingReviewOffered', data: { sessionId: input.sessionId, partyIds } },
    ]);
  },
});

export const recordingCommands = [
  giveRecordingNotice,
  startRecording,
  pauseRecording,
  resumeRecording,
  reportRecordingGap,
  stopRecording,
  offerRecordingReview,
];
