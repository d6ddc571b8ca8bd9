import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type MediationCase, openSession, scheduledCase } from '../../harness/mediationCase.js';
import { at } from '../../harness/moments.js';
import { registerOfficer, registerUnit, type SampleStation, sampleStation } from '../../harness/sampleStation.js';
import { TestSatchel } from '../../harness/testSatchel.js';

const CASE = `query Q($id: ID!) { dispute(id: $id) {
  status agreement { obligations { obligationId status dueDate fellDueOn } }
  history { nodes { type label(locale: zh) en: label(locale: en) occurredAt recordedAt actorRole orgUnitId data stateAfter } } } }`;

interface Obligation {
  readonly obligationId: string;
  readonly status: string;
  readonly dueDate: string;
  readonly fellDueOn: string | null;
}

const DRAFT = {
  facts: '双方相邻而居',
  disputedPoints: '排水沟的归属',
  responsibility: '双方各负一半责任',
  content: '共同修复',
};

describe('the last day of an obligation', () => {
  let satchel: TestSatchel;
  let people: SampleStation;
  let held: MediationCase;

  const on = (day: string, time = '10:00') => satchel.clock.set(new Date(at(day, time)));
  const read = async () => {
    await satchel.untilPoliciesRest();
    return (await satchel.read(people.officer, CASE, { id: held.id })).dispute;
  };
  const obligations = async (): Promise<readonly Obligation[]> => (await read()).agreement.obligations;
  const dues = async () =>
    (await read()).history.nodes.filter(({ type }: { type: string }) => type === 'ObligationDue');
  const dueDates = async () => (await dues()).map(({ data }: { data: { dueDate: string } }) => data.dueDate);
  const session = async () => {
    on('2022-10-18');
    held = await scheduledCase(satchel, people);
    await openSession(held);
  };
  const term = (dueDate: string | undefined, more: object = {}) => ({
    obligorId: held.sideA,
    kind: 'REPAIR',
    manner: '修复排水沟',
    ...(dueDate && { dueDate }),
    ...more,
  });
  /** Of these last days, on 18 October 2022. */
  const agree = async (...terms: object[]) => {
    await held.do('giveRecordingNotice', { sessionId: held.sessionId });
    await held.do('startRecording', { sessionId: held.sessionId, recordingId: held.recordingId, deviceSerial: 'DV-1' });
    await held.do('reachOralAgreement', { sessionId: held.sessionId, content: '共同修复', terms });
  };

  beforeEach(async () => {
    satchel = await TestSatchel.start(at('2022-10-18', '09:00'), {}, { policiesRun: true });
    people = await sampleStation(satchel);
  });
  afterEach(() => satchel.close());

  it('is on record from its first moment, of each that is not performed', async () => {
    await session();
    const onTheSpot = { performedAtOnce: true };
    await agree(
      term('2022-10-30'),
      term('2022-10-30'),
      term('2022-10-30'),
      term('2022-11-05'),
      term('2022-10-18', onTheSpot),
    );
    const [performed, partly, left, later] = (await obligations()) as [Obligation, Obligation, Obligation, Obligation];
    on('2022-10-20');
    await held.do('recordPerformance', { obligationId: performed.obligationId });
    await held.do('recordPartialPerformance', { obligationId: partly.obligationId });
    on('2022-10-29', '23:59');
    expect(await dues()).toEqual([]);
    on('2022-10-30', '00:00');
    const due = (obligationId: string, dueDate: string, instant: string) => ({
      type: 'ObligationDue',
      label: '履行到期',
      en: 'Obligation due',
      occurredAt: instant,
      recordedAt: instant,
      actorRole: 'SYSTEM',
      orgUnitId: people.station,
      data: { obligationId, dueDate },
      stateAfter: 'AGREED',
    });
    const first = [partly, left].map(({ obligationId }) => due(obligationId, '2022-10-30', '2022-10-29T16:00:00.000Z'));
    expect(await dues()).toEqual(first);
    expect((await read()).status).toBe('PERFORMING');
    on('2022-11-05', '00:00');
    expect(await dues()).toEqual([...first, due(later.obligationId, '2022-11-05', '2022-11-04T16:00:00.000Z')]);
    expect((await obligations()).map(({ fellDueOn }) => fellDueOn)).toEqual([
      null,
      '2022-10-30',
      '2022-10-30',
      '2022-11-05',
      null,
    ]);
    on('2022-12-24');
    expect(await dues()).toHaveLength(3);
  });

  it('comes again with another day, and not for what is breached', async () => {
    await session();
    await agree(term('2022-10-30'), term('2022-11-05'));
    const [first, second] = (await obligations()) as [Obligation, Obligation];
    on('2022-10-31');
    expect(await dueDates()).toEqual(['2022-10-30']);
    await held.do('recordBreach', { obligationId: first.obligationId });
    await held.do('recordBreach', { obligationId: second.obligationId });
    await held.do('urgePerformance', { obligationId: first.obligationId, newDueDate: '2022-11-20' });
    on('2022-11-06');
    expect(await dueDates()).toEqual(['2022-10-30']);
    on('2022-11-20', '00:00');
    expect(await dueDates()).toEqual(['2022-10-30', '2022-11-20']);
    expect((await obligations()).map(({ status, fellDueOn }) => [status, fellDueOn])).toEqual([
      ['OUTSTANDING', '2022-11-20'],
      ['BREACHED', null],
    ]);
  });

  it('counts once a written agreement has taken effect', async () => {
    await session();
    await held.do('draftAgreement', { ...DRAFT, terms: [term('2022-10-20')] });
    await held.do('draftAgreement', { ...DRAFT, terms: [term('2022-10-21'), term('2022-10-30')] });
    const sign = (partyId: string) => held.do('signAgreement', { version: 2, partyId, method: 'SIGN' });
    await sign(held.sideA);
    on('2022-10-23');
    // Nothing binds yet, neither the draft that was replaced nor the last one.
    expect(await dues()).toEqual([]);
    await sign(held.sideB);
    await held.do('signAgreementAsMediator', { version: 2, mediatorId: held.host, method: 'SIGN' });
    await held.do('affixSeal', { version: 2 });
    // Its day had come before it took effect.
    expect(await dueDates()).toEqual(['2022-10-21']);
    expect((await dues())[0].occurredAt).toBe('2022-10-23T02:00:00.000Z');
    on('2022-10-30', '09:00');
    expect(await dueDates()).toEqual(['2022-10-21', '2022-10-30']);
  });

  it('is in the name of the unit whose case it is, whoever brought the agreement about', async () => {
    await session();
    const orgUnitId = await registerUnit(satchel, people, {
      name: '豆坝司法所',
      level: 'JUSTICE_OFFICE',
      divisionCode: '621224110',
    });
    const justice = await registerOfficer(satchel, people, { name: '司法甲', orgUnitId, role: 'JUSTICE_OFFICE' });
    await held.do('inviteParticipant', {
      role: 'JUSTICE_OFFICE',
      orgUnitId,
      name: '司法甲',
      consentBy: ['A', 'B'],
    });
    await held.do('draftAgreement', { ...DRAFT, terms: [term('2022-10-21')] });
    for (const partyId of [held.sideA, held.sideB])
      await held.do('signAgreement', { version: 1, partyId, method: 'SIGN' });
    await held.do('signAgreementAsMediator', { version: 1, mediatorId: held.host, method: 'SIGN' });
    on('2022-10-23');
    await satchel.done(justice, 'affixSeal', { disputeId: held.id, version: 1 });
    expect(await dues()).toMatchObject([{ orgUnitId: people.station, data: { dueDate: '2022-10-21' } }]);
    expect((await read()).history.nodes.at(-2)).toMatchObject({ type: 'AgreementBecameEffective', orgUnitId });
  });

  it('counts as well when its day lies between the effect and the moment at which that was told', async () => {
    await session();
    await held.do('draftAgreement', { ...DRAFT, terms: [term('2022-10-21'), term('2022-10-23'), term('2022-10-24')] });
    on('2022-10-23');
    expect(await dues()).toEqual([]);
    const late = { version: 1, method: 'SIGN', occurredAt: at('2022-10-20', '18:00') };
    for (const partyId of [held.sideA, held.sideB]) await held.do('signAgreement', { ...late, partyId });
    await held.do('signAgreementAsMediator', { ...late, mediatorId: held.host });
    await held.do('affixSeal', { version: 1, occurredAt: late.occurredAt });
    expect(await dueDates()).toEqual(['2022-10-21', '2022-10-23']);
    expect((await dues()).map(({ occurredAt }: { occurredAt: string }) => occurredAt)).toEqual([
      '2022-10-20T16:00:00.000Z',
      '2022-10-22T16:00:00.000Z',
    ]);
    on('2022-10-24', '00:00');
    expect(await dueDates()).toEqual(['2022-10-21', '2022-10-23', '2022-10-24']);
  });

  it('is on record as well when nothing ran while it came, and what happened later was told before', async () => {
    await session();
    await agree(term('2022-10-30'), term('2022-10-30'), term('2022-10-30'), term('2022-10-30'));
    const [early, performed, breached, left] = await obligations();
    await satchel.policies.byHand(async () => {
      on('2022-10-29');
      await held.do('recordPerformance', { obligationId: early!.obligationId });
      on('2022-10-31');
      await held.do('recordPerformance', { obligationId: performed!.obligationId });
      await held.do('recordBreach', { obligationId: breached!.obligationId });
    });
    expect((await dues()).map(({ data }: { data: object }) => data)).toEqual(
      [performed, breached, left].map(each => ({ obligationId: each!.obligationId, dueDate: '2022-10-30' })),
    );
  });
});
