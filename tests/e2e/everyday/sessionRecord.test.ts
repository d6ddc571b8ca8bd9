import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newUuid } from '../../../src/kernel/ids.js';
import { caseWithParticipants, type MediationCase, openSession } from '../../harness/mediationCase.js';
import { at } from '../../harness/moments.js';
import { type SampleStation, sampleStation } from '../../harness/sampleStation.js';
import { TestSatchel } from '../../harness/testSatchel.js';

const DAY = '2022-10-18';
const STATE = `query Q($id: ID!) { dispute(id: $id) { status evidentiaryStatus deviations { rule }
  sessions { status recordingRequired provisions recordings { status } proposals { proposalId } } } }`;
const TERMS = [{ kind: 'APOLOGY', manner: '当场致歉', performedAtOnce: true }];

describe('the record of a session under one officer', () => {
  let satchel: TestSatchel;
  let people: SampleStation;
  let held: MediationCase;

  const state = async () => (await satchel.read(people.officer, STATE, { id: held.id })).dispute;
  const rules = async () => (await state()).deviations.map(({ rule }: { rule: string }) => rule);
  /** In the session, at this time of day. */
  const does = (time: string, command: string, input: object = {}) =>
    held.do(command, { sessionId: held.sessionId, occurredAt: at(DAY, time), ...input });

  beforeEach(async () => {
    satchel = await TestSatchel.start(at('2022-10-17', '16:00'));
    people = await sampleStation(satchel);
    held = await caseWithParticipants(satchel, people);
    satchel.clock.set(new Date(at(DAY, '10:00')));
    await openSession(held);
    satchel.clock.set(new Date(at(DAY, '12:00')));
  });
  afterEach(() => satchel.close());

  it('tells that nothing was recorded, by the agreement and by the end', async () => {
    await does('10:12', 'draftTranscript', { content: '样例笔录' });
    const terms = TERMS.map(term => ({ ...term, obligorId: held.sideA, obligeeId: held.sideB }));
    const agreed = await does('11:05', 'reachOralAgreement', { content: '样例协议', terms });
    expect(agreed.events).toMatchObject([{ deviations: [{ rule: 'OUTSIDE_RECORDING' }] }]);
    const ended = await does('11:20', 'endSession');
    expect(ended.events).toMatchObject([{ type: 'SessionEnded', deviations: [{ rule: 'NOTHING_RECORDED' }] }]);
    expect(await state()).toMatchObject({
      status: 'PERFORMED',
      evidentiaryStatus: 'COMPROMISED',
      deviations: [{ rule: 'OUTSIDE_RECORDING' }, { rule: 'NOTHING_RECORDED' }],
      sessions: [{ status: 'ENDED', recordingRequired: true }],
    });
  });

  it('loses nothing of what a device sends after the end, and is whole once all of it is there', async () => {
    const { recordingId } = held;
    await does('11:20', 'endSession');
    expect(await state()).toMatchObject({ evidentiaryStatus: 'COMPROMISED' });
    expect(await held.refused('startRecording', { sessionId: held.sessionId, deviceSerial: 'DSJ-0042' })).toEqual([
      'RECORDING_NOTICE_REQUIRED',
    ]);
    await does('10:03', 'explainLegalProvisions', { provisions: ['民法典第二百八十八条'] });
    await does('10:07', 'announceDiscipline');
    await does('10:09', 'giveRecordingNotice');
    await does('10:10', 'startRecording', { recordingId, deviceSerial: 'DSJ-0042' });
    await does('11:08', 'stopRecording', {
      recordingId,
      reason: 'SESSION_OVER',
      durationMs: 3_480_000,
      sha256: 'ab'.repeat(32),
    });
    await does('10:20', 'pauseRecording', { recordingId, offsetMs: 600_000, reason: 'BREAK' });
    await does('10:25', 'resumeRecording', { recordingId, offsetMs: 600_000, reason: 'BREAK_OVER' });
    await does('10:30', 'recordPersuasion', { participantId: held.cadre });
    await does('10:50', 'offerRecordingReview');
    expect(await state()).toMatchObject({
      evidentiaryStatus: 'OK',
      sessions: [{ status: 'ENDED', provisions: ['民法典第二百八十八条'], recordings: [{ status: 'STOPPED' }] }],
    });
    expect(new Set(await rules())).toEqual(new Set(['NOTHING_RECORDED', 'RECORDED_AFTER_END', 'RECORDED_AFTER_STOP']));
  });

  it('has each proposal under an id of its own', async () => {
    const proposal = { sessionId: held.sessionId, proposalId: newUuid(), content: '样例方案：各出一半' };
    await held.do('makeProposal', proposal);
    const again = { disputeId: held.id, ...proposal, content: '样例方案：全由乙方承担' };
    const { errors } = await satchel.command(people.officer, 'makeProposal', again);
    expect(errors).toMatchObject([{ code: 'PROPOSAL_TWICE', path: ['proposalId'] }]);
    expect((await state()).sessions).toMatchObject([{ proposals: [{ proposalId: proposal.proposalId }] }]);
  });
});
