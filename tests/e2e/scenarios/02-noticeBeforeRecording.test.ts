import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MediationCase, openSession, scheduledCase } from '../../harness/mediationCase.js';
import { at } from '../../harness/moments.js';
import { type SampleStation, sampleStation } from '../../harness/sampleStation.js';
import { TestSatchel } from '../../harness/testSatchel.js';

const STATE = `query Q($id: ID!) { dispute(id: $id) { revision lastRecordedAt
  history { totalCount readAt } sessions { recordingNoticeGiven recordings { recordingId } } } }`;

describe('scenario 2: notice before recording', () => {
  let satchel: TestSatchel;
  let people: SampleStation;
  let held: MediationCase;

  const state = async () => (await satchel.read(people.officer, STATE, { id: held.id })).dispute;
  const start = () => ({ sessionId: held.sessionId, recordingId: held.recordingId, deviceSerial: 'DSJ-0042' });

  beforeAll(async () => {
    satchel = await TestSatchel.start(at('2022-10-18', '10:00'));
    people = await sampleStation(satchel);
    held = await scheduledCase(satchel, people);
    await openSession(held);
  });
  afterAll(() => satchel.close());

  it('refuses to start a recording of which nobody was told, and appends nothing', async () => {
    const before = await state();
    const head = await satchel.services.store.head();
    const input = { commandId: crypto.randomUUID(), disputeId: held.id, ...start() };
    const { dispute, events, errors, consistencyToken } = await satchel.command(
      people.officer,
      'startRecording',
      input,
      'dispute { id }',
    );
    expect(errors).toMatchObject([
      {
        code: 'RECORDING_NOTICE_REQUIRED',
        path: ['sessionId'],
        message: 'The parties have to be told before anything is recorded',
      },
    ]);
    expect({ dispute, events, consistencyToken }).toEqual({ dispute: null, events: [], consistencyToken: null });
    expect(await state()).toEqual(before);
    expect(await satchel.services.store.head()).toBe(head);
  });

  it('decides again when the same command comes again after the notice', async () => {
    const commandId = crypto.randomUUID();
    expect(await held.refused('startRecording', { commandId, ...start() })).toEqual(['RECORDING_NOTICE_REQUIRED']);
    const { history } = await state();
    await held.do('giveRecordingNotice', { sessionId: held.sessionId });
    const { events } = await held.do('startRecording', { commandId, ...start() });
    expect(events).toMatchObject([{ type: 'RecordingStarted', deviations: [] }]);
    const after = await state();
    expect(after.history.totalCount).toBe(history.totalCount + 2);
    expect(after.sessions).toEqual([{ recordingNoticeGiven: true, recordings: [{ recordingId: held.recordingId }] }]);
  });
});
