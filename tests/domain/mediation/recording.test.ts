import { describe, expect, it } from 'vitest';
import { openSession } from '../../../src/mediation/commands/openSession.js';
import {
  giveRecordingNotice,
  offerRecordingReview,
  pauseRecording,
  reportRecordingGap,
  resumeRecording,
  startRecording,
  stopRecording,
} from '../../../src/mediation/commands/recording.js';
import { endSession } from '../../../src/mediation/commands/session.js';
import { evidentiaryStatus } from '../../../src/mediation/status.js';
import { deviationsOf, someId } from '../spec.js';
import {
  chen,
  events,
  inOrder,
  opened,
  opening,
  recordingId,
  refusal,
  scheduled,
  sessionId,
  sessionOf,
  stateOf,
  stranger,
  tell,
  wang,
} from './story.js';

const which = { sessionId, recordingId };
const start = { ...which, deviceSerial: 'DSJ-0042' };
const pause = { ...which, offsetMs: 60_000, reason: 'BREAK' };
const resume = { ...which, offsetMs: 60_000, reason: 'BREAK_OVER' };
const stop = { ...which, reason: 'SESSION_OVER', durationMs: 3_600_000, sha256: 'ab'.repeat(32) };
const gap = { ...which, offsetMs: 600_000, gapMs: 240_000, reason: 'EQUIPMENT_FAILURE' };

describe('Recording a session', () => {
  it('is refused before everyone was told', async () => {
    expect(await refusal(await opened(), startRecording, start)).toEqual(['RECORDING_NOTICE_REQUIRED']);
    const told = await tell(await opened(), [giveRecordingNotice, { sessionId }]);
    const [event] = await events(told, startRecording, start, { at: '2022-10-18T02:05:00.000Z' });
    expect(event?.data).toMatchObject({ mode: 'AUDIO_VIDEO', startOffsetMs: 300_000 });
  });

  it('pauses, goes on and stops, each with a reason', async () => {
    const paused = await tell(await inOrder(), [pauseRecording, pause]);
    expect(sessionOf(paused).recordings).toMatchObject([{ recordingId, status: 'PAUSED' }]);
    expect(await refusal(paused, pauseRecording, pause)).toEqual(['RECORDING_NOT_RUNNING']);
    const resumed = await tell(paused, [resumeRecording, resume]);
    expect(await refusal(resumed, resumeRecording, resume)).toEqual(['RECORDING_NOT_PAUSED']);
    const stopped = await tell(resumed, [stopRecording, stop]);
    expect(sessionOf(stopped).recordings).toMatchObject([{ status: 'STOPPED', sha256: stop.sha256 }]);
    expect(await refusal(stopped, stopRecording, stop)).toEqual(['RECORDING_STOPPED']);
    expect(await refusal(await inOrder(), pauseRecording, { ...pause, reason: undefined })).toEqual(['INPUT_INVALID']);
  });

  it('runs one at a time, under an id of its own', async () => {
    const given = await inOrder();
    expect(await refusal(given, startRecording, { ...start, recordingId: someId('other') })).toEqual([
      'RECORDING_RUNNING',
    ]);
    const stopped = await tell(given, [stopRecording, stop]);
    expect(await refusal(stopped, startRecording, start)).toEqual(['RECORDING_TWICE']);
    expect(await refusal(given, stopRecording, { ...stop, recordingId: someId('other') })).toEqual([
      'RECORDING_UNKNOWN',
    ]);
  });

  it('may still be stopped after the session', async () => {
    const ended = await tell(await inOrder(), [endSession, { sessionId }]);
    await expect(events(ended, stopRecording, stop)).resolves.toHaveLength(1);
    expect(await refusal(await scheduled(), stopRecording, stop)).toContain('SESSION_NOT_BEGUN');
  });

  it('may be reviewed by the parties', async () => {
    const given = await tell(await inOrder(), [offerRecordingReview, { sessionId }]);
    expect(sessionOf(given).reviewOfferedTo).toEqual([chen, wang]);
    expect(await refusal(await inOrder(), offerRecordingReview, { sessionId, partyIds: [stranger] })).toEqual([
      'NOT_A_PARTY',
    ]);
  });
});

describe('A gap in the recording', () => {
  it('is kept with a deviation where one officer alone had to record all, and compromises the proof', async () => {
    const [event] = await events(await inOrder(), reportRecordingGap, gap);
    expect(deviationsOf(event)).toEqual(['RECORDING_GAP']);
    const given = await inOrder();
    expect(evidentiaryStatus(stateOf(given))).toBe('OK');
    const broken = await tell(given, [reportRecordingGap, gap]);
    expect(evidentiaryStatus(stateOf(broken))).toBe('COMPROMISED');
    expect(sessionOf(broken).recordings[0]?.gapsMs).toEqual([240_000]);
  });

  it('breaks no rule with two officers, but the recording is no longer whole', async () => {
    const given = await tell(
      await scheduled(),
      [openSession, { ...opening, officersPresent: 2 }],
      [giveRecordingNotice, { sessionId }],
      [startRecording, start],
    );
    const [event] = await events(given, reportRecordingGap, gap);
    expect(deviationsOf(event)).toEqual([]);
    expect(evidentiaryStatus(stateOf(await tell(given, [reportRecordingGap, gap])))).toBe('COMPROMISED');
    expect(await refusal(given, reportRecordingGap, { ...gap, recordingId: someId('other') })).toEqual([
      'RECORDING_UNKNOWN',
    ]);
  });
});
