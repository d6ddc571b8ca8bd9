import { describe, expect, it } from 'vitest';
import { openSession } from '../../../src/mediation/commands/openSession.js';
import { reachOralAgreement } from '../../../src/mediation/commands/oralAgreement.js';
import {
  giveRecordingNotice,
  offerRecordingReview,
  pauseRecording,
  reportRecordingGap,
  resumeRecording,
  startRecording,
  stopRecording,
} from '../../../src/mediation/commands/recording.js';
import { adjournSession, endSession, recordDisorder } from '../../../src/mediation/commands/session.js';
import {
  answerProposal,
  makeProposal,
  recordPersuasion,
  submitEvidence,
} from '../../../src/mediation/commands/statements.js';
import { draftTranscript } from '../../../src/mediation/commands/transcript.js';
import { evidentiaryStatus } from '../../../src/mediation/status.js';
import { deviationsOf, type Given, someId } from '../spec.js';
import {
  chen,
  events,
  inOrder,
  opened,
  opening,
  recordingId,
  refusal,
  relative,
  scheduled,
  sessionId,
  sessionOf,
  stateOf,
  stranger,
  tell,
  term,
  wang,
} from './story.js';

/** On the day of the session, as the people there tell the time. */
const clock = (time: string) => new Date(`2022-10-18T${time}:00+08:00`).toISOString();

const which = { sessionId, recordingId };
const start = { ...which, deviceSerial: 'DSJ-0042' };
const pause = { ...which, offsetMs: 60_000, reason: 'BREAK' };
const resume = { ...which, offsetMs: 60_000, reason: 'BREAK_OVER' };
const stop = { ...which, reason: 'SESSION_OVER', durationMs: 3_600_000, sha256: 'ab'.repeat(32) };
const persuasion = { sessionId, participantId: relative };
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

describe('What comes to be known of a recording late', () => {
  const ended = async () => tell(await opened(), [endSession, { sessionId }]);

  it('is kept once the session is over, with the rule that it breaks; unless nobody was told of it', async () => {
    const given = await ended();
    expect(await refusal(given, startRecording, start)).toEqual(['RECORDING_NOTICE_REQUIRED']);
    let late: Given = given;
    for (const [command, input] of [
      [giveRecordingNotice, { sessionId }],
      [startRecording, start],
      [pauseRecording, pause],
      [resumeRecording, resume],
      [offerRecordingReview, { sessionId }],
    ] as const) {
      expect(await refusal(await scheduled(), command, input)).toContain('SESSION_NOT_BEGUN');
      expect(deviationsOf((await events(late, command, input))[0])).toEqual(['RECORDED_AFTER_END']);
      late = await tell(late, [command, input]);
    }
    expect(sessionOf(late)).toMatchObject({
      status: 'ENDED',
      recordingNoticeGiven: true,
      recordings: [{ recordingId, status: 'RUNNING' }],
      reviewOfferedTo: [chen, wang],
    });
  });

  it('is kept while the session is adjourned', async () => {
    const given = await tell(
      await inOrder(),
      [adjournSession, { sessionId, reason: 'COOLING_OFF' }],
      [pauseRecording, pause],
    );
    expect(sessionOf(given).recordings).toMatchObject([{ status: 'PAUSED' }]);
    expect(stateOf(given).deviations).toEqual([]);
  });

  it('is kept once it has stopped, if it was before that', async () => {
    const given = await tell(await inOrder(), [stopRecording, stop, { at: clock('10:30') }]);
    expect(await refusal(given, pauseRecording, pause, { at: clock('10:40') })).toEqual(['RECORDING_NOT_RUNNING']);
    expect(await refusal(given, resumeRecording, resume, { at: clock('10:40') })).toEqual(['RECORDING_NOT_PAUSED']);
    const [event] = await events(given, pauseRecording, pause, { at: clock('10:10') });
    expect(deviationsOf(event)).toEqual(['RECORDED_AFTER_STOP']);
    const paused = await tell(
      given,
      [resumeRecording, resume, { at: clock('10:20') }],
      [pauseRecording, pause, { at: clock('10:10') }],
    );
    expect(sessionOf(paused).recordings).toMatchObject([{ status: 'STOPPED', stoppedAt: clock('10:30') }]);
    const heardAt = async (time: string) =>
      deviationsOf((await events(paused, recordPersuasion, persuasion, { at: clock(time) }))[0]);
    expect(await heardAt('10:05')).toEqual([]);
    expect(await heardAt('10:15')).toEqual(['OUTSIDE_RECORDING']);
    expect(await heardAt('10:25')).toEqual([]);
    expect(await heardAt('10:35')).toEqual(['OUTSIDE_RECORDING']);
  });
});

describe('Where one officer has to record all', () => {
  const unrecorded = async () => tell(await opened(), [draftTranscript, { sessionId, content: '笔录' }]);

  it('the end tells that nothing was recorded, and compromises the proof', async () => {
    const given = await unrecorded();
    expect(evidentiaryStatus(stateOf(given))).toBe('OK');
    const [event] = await events(given, endSession, { sessionId });
    expect(deviationsOf(event)).toEqual(['NOTHING_RECORDED']);
    const ended = await tell(given, [endSession, { sessionId }]);
    expect(evidentiaryStatus(stateOf(ended))).toBe('COMPROMISED');
    const recorded = await tell(await inOrder(), [endSession, { sessionId }]);
    expect(evidentiaryStatus(stateOf(recorded))).toBe('OK');
    expect(stateOf(recorded).deviations).toEqual([]);
  });

  it('is whole again when the device that recorded tells of it late', async () => {
    const ended = await tell(await unrecorded(), [recordPersuasion, persuasion], [endSession, { sessionId }]);
    const late = await tell(ended, [giveRecordingNotice, { sessionId }], [startRecording, start]);
    expect(evidentiaryStatus(stateOf(late))).toBe('OK');
    expect(stateOf(late).deviations.map(({ rule }) => rule)).toEqual([
      'OUTSIDE_RECORDING',
      'NOTHING_RECORDED',
      'RECORDED_AFTER_END',
      'RECORDED_AFTER_END',
    ]);
  });

  it('all that is said and done between the parties is on it', async () => {
    const proposal = { sessionId, proposalId: someId('proposal'), content: '各出一半' };
    const given = await tell(await inOrder(), [stopRecording, stop], [makeProposal, proposal]);
    for (const [command, input] of [
      [recordPersuasion, persuasion],
      [makeProposal, { ...proposal, proposalId: someId('other') }],
      [answerProposal, { sessionId, proposalId: proposal.proposalId, partyId: chen, answer: 'REJECTED' }],
      [submitEvidence, { sessionId, partyId: wang, kind: 'PHOTO', description: '照片' }],
      [recordDisorder, { sessionId, kind: 'VERBAL' }],
      [reachOralAgreement, { sessionId, content: '约定', terms: [term] }],
    ] as const) {
      const late = { at: clock('10:40') };
      expect(deviationsOf((await events(given, command, input, late))[0])).toEqual(['OUTSIDE_RECORDING']);
      expect(evidentiaryStatus(stateOf(await tell(given, [command, input])))).toBe('OK');
      expect(evidentiaryStatus(stateOf(await tell(given, [command, input, late])))).toBe('COMPROMISED');
    }
  });

  it('nothing need be where two are present', async () => {
    const given = await tell(
      await scheduled(),
      [openSession, { ...opening, officersPresent: 2 }],
      [reachOralAgreement, { sessionId, content: '约定', terms: [term] }],
      [endSession, { sessionId }],
    );
    expect(stateOf(given).deviations).toEqual([]);
    expect(evidentiaryStatus(stateOf(given))).toBe('OK');
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
