import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at } from '../../harness/moments.js';
import { numberOf, registerResident } from '../../harness/residents.js';
import { registerOfficer, registerUnit, type SampleStation, sampleStation } from '../../harness/sampleStation.js';
import { newId, TestSatchel } from '../../harness/testSatchel.js';

const QUERY = `query Q($id: ID!) { dispute(id: $id) { status village occurredOn unknownSides visitId
  screening { legalBasis riskLevel exclusions } exclusion { code citation }
  referral { toUnitId toUnit { name } reason acceptedOn } } }`;

describe('what a case was reported with, and what was found', () => {
  let satchel: TestSatchel;
  let people: SampleStation;
  let tribunal: string;
  let judge: string;
  let sideA: string;

  const read = async (personId: string, id: string) => (await satchel.read(personId, QUERY, { id })).dispute;

  async function report(): Promise<string> {
    const id = newId('dispute');
    await satchel.done(people.officer, 'reportDispute', {
      id,
      source: 'PROACTIVE',
      category: 'LAND',
      title: '山林界线纠纷',
      divisionCode: '621224110',
      village: '豆坝镇豆坝村样例社3号',
      occurredOn: '2022-10-01',
      parties: [{ subjectId: sideA, side: 'A' }],
      unknownSides: ['B'],
    });
    return id;
  }

  beforeAll(async () => {
    satchel = await TestSatchel.start(at('2022-10-18', '09:00'));
    people = await sampleStation(satchel);
    tribunal = await registerUnit(satchel, people, { name: '豆坝法庭', level: 'TRIBUNAL', divisionCode: '621224110' });
    judge = await registerOfficer(satchel, people, { name: '法官甲', orgUnitId: tribunal, role: 'COURT' });
    sideA = await registerResident(satchel, people.officer, { name: '陈样本', number: numberOf('1948-03-05', 1) });
  });
  afterAll(() => satchel.close());

  it('is its place, whole for who works on it and down to the village for others, its day, and who is unknown', async () => {
    const id = await report();
    const reported = {
      status: 'REPORTED',
      village: '豆坝镇豆坝村样例社3号',
      occurredOn: '2022-10-01',
      unknownSides: ['B'],
      visitId: null,
      screening: null,
      exclusion: null,
      referral: null,
    };
    expect(await read(people.officer, id)).toEqual(reported);
    for (const personId of [people.auditor, people.countyChief])
      expect(await read(personId, id)).toEqual({ ...reported, village: '豆坝镇豆坝村' });
  });

  it('is what bars mediation, and by which article', async () => {
    const disputeId = await report();
    const found = { legalBasis: 'CIVIL', riskLevel: 3, exclusions: ['ALREADY_HANDLED', 'PARTY_UNWILLING'] };
    await satchel.done(people.officer, 'screenDispute', { disputeId, ...found });
    expect(await read(people.officer, disputeId)).toMatchObject({ screening: found, exclusion: null });
    await satchel.done(people.officer, 'excludeDispute', { disputeId, exclusionCode: 'PARTY_UNWILLING' });
    expect(await read(people.auditor, disputeId)).toMatchObject({
      status: 'EXCLUDED',
      exclusion: { code: 'PARTY_UNWILLING', citation: expect.stringContaining('art. 17') },
    });
  });

  it('is to whom it was referred, and the answer', async () => {
    const disputeId = await report();
    await satchel.done(people.officer, 'screenDispute', { disputeId, legalBasis: 'CIVIL', riskLevel: 1 });
    const refer = () =>
      satchel.done(people.officer, 'referDispute', { disputeId, toUnitId: tribunal, reason: 'LITIGATION' });
    await refer();
    const referral = { toUnitId: tribunal, toUnit: { name: '豆坝法庭' }, reason: 'LITIGATION', acceptedOn: null };
    for (const personId of [people.officer, judge, people.auditor])
      expect((await read(personId, disputeId)).referral).toEqual(referral);
    await satchel.done(judge, 'returnReferral', { disputeId, reason: 'INCOMPLETE' });
    const former = async () => {
      const fields = 'formerReferrals { toUnitId reason returnReason recallReason }';
      const query = `query Q($id: ID!) { dispute(id: $id) { ${fields} } }`;
      return (await satchel.read(people.officer, query, { id: disputeId })).dispute.formerReferrals;
    };
    expect(await read(people.officer, disputeId)).toMatchObject({ status: 'SCREENED', referral: null });
    const was = { toUnitId: tribunal, reason: 'LITIGATION' };
    const returned = { ...was, returnReason: 'INCOMPLETE', recallReason: null };
    expect(await former()).toEqual([returned]);
    await refer();
    await satchel.done(people.officer, 'recallReferral', { disputeId, reason: 'NO_ANSWER' });
    expect(await former()).toEqual([returned, { ...was, returnReason: null, recallReason: 'NO_ANSWER' }]);
    await refer();
    await satchel.done(judge, 'acceptReferral', { disputeId });
    expect((await read(people.officer, disputeId)).referral).toEqual({ ...referral, acceptedOn: '2022-10-18' });
  });
});
