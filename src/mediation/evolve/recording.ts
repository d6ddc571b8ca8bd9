import type { recordingEvents } from '../events/recording.js';
import { union } from '../parties.js';
import { onSession } from '../sessions.js';
import type { Dispute, Recording } from '../state.js';
import type { Steps } from './steps.js';

const onRecording = (
  state: Dispute,
  { sessionId, recordingId }: { readonly sessionId: string; readonly recordingId: string },
  change: (recording: Recording) => Partial<Recording>,
): Dispute =>
  onSession(state, sessionId, ({ recordings }) => ({
    recordings: recordings.map(recording =>
      recording.recordingId === recordingId ? { ...recording, ...change(recording) } : recording,
    ),
  }));

export const evolveRecording: Steps<typeof recordingEvents> = {
  RecordingNoticeGiven: (state, { data }) => onSession(state, data.sessionId, () => ({ recordingNoticeGiven: true })),
  RecordingStarted: (state, { data: { sessionId, recordingId, mode, deviceSerial } }) =>
    onSession(state, sessionId, ({ recordings }) => ({
      recordings: [...recordings, { recordingId, mode, deviceSerial, status: 'RUNNING', gapsMs: [] }],
    })),
  RecordingPaused: (state, { data }) => onRecording(state, data, () => ({ status: 'PAUSED' })),
  RecordingResumed: (state, { data }) => onRecording(state, data, () => ({ status: 'RUNNING' })),
  RecordingGapDetected: (state, { data }) =>
    onSession(
      onRecording(state, data, ({ gapsMs }) => ({ gapsMs: [...gapsMs, data.gapMs] })),
      data.sessionId,
      () => ({ recordingBroken: true }),
    ),
  RecordingStopped: (state, { data }) =>
    onRecording(state, data, () => ({ status: 'STOPPED', durationMs: data.durationMs, sha256: data.sha256 })),
  RecordingReviewOffered: (state, { data }) =>
    onSession(state, data.sessionId, ({ reviewOfferedTo }) => ({
      reviewOfferedTo: union(reviewOfferedTo, data.partyIds),
    })),
};
