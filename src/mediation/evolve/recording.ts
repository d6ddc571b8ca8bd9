import type { recordingEvents } from '../events/recording.js';
import { union } from '../parties.js';
import { onSession } from '../sessions.js';
import type { Recording } from '../state/session.js';
import type { Dispute } from '../state.js';
import type { Steps } from './steps.js';

interface Which {
  readonly sessionId: string;
  readonly recordingId: string;
}

const onRecording = (
  state: Dispute,
  { sessionId, recordingId }: Which,
  change: (recording: Recording) => Partial<Recording>,
): Dispute =>
  onSession(state, sessionId, ({ recordings }) => ({
    recordings: recordings.map(recording =>
      recording.recordingId === recordingId ? { ...recording, ...change(recording) } : recording,
    ),
  }));

/** It ran from then on, or no longer; what comes to be known after it stopped leaves it stopped. */
const turned = (state: Dispute, which: Which, at: string, running: boolean): Dispute =>
  onRecording(state, which, ({ status, turns }) => ({
    status: status === 'STOPPED' ? status : running ? 'RUNNING' : 'PAUSED',
    turns: [...turns, { at, running }],
  }));

export const evolveRecording: Steps<typeof recordingEvents> = {
  RecordingNoticeGiven: (state, { data }) => onSession(state, data.sessionId, () => ({ recordingNoticeGiven: true })),
  RecordingStarted: (state, { occurredAt: at, data: { sessionId, recordingId, mode, deviceSerial } }) =>
    onSession(state, sessionId, ({ recordings }) => ({
      recordings: [
        ...recordings,
        { recordingId, mode, deviceSerial, status: 'RUNNING', gapsMs: [], turns: [{ at, running: true }] },
      ],
    })),
  RecordingPaused: (state, { occurredAt, data }) => turned(state, data, occurredAt, false),
  RecordingResumed: (state, { occurredAt, data }) => turned(state, data, occurredAt, true),
  RecordingGapDetected: (state, { data }) =>
    onRecording(state, data, ({ gapsMs }) => ({ gapsMs: [...gapsMs, data.gapMs] })),
  RecordingStopped: (state, { occurredAt: at, data }) =>
    onRecording(state, data, ({ turns }) => ({
      status: 'STOPPED',
      turns: [...turns, { at, running: false }],
      stoppedAt: at,
      durationMs: data.durationMs,
      sha256: data.sha256,
    })),
  RecordingReviewOffered: (state, { data }) =>
    onSession(state, data.sessionId, ({ reviewOfferedTo }) => ({
      reviewOfferedTo: union(reviewOfferedTo, data.partyIds),
    })),
};
