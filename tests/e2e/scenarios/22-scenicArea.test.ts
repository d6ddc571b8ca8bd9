import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at } from '../../harness/moments.js';
import { LIU, registerResident } from '../../harness/residents.js';
import { type SampleStation, sampleStation } from '../../harness/sampleStation.js';
import { type Anything, newId, TestSatchel } from '../../harness/testSatchel.js';

const VISIT = `query Q($id: ID!) { visit(id: $id) { kind status householdId village notes
  briefings { topic audienceCount durationMin } verifications { result }
  history { totalCount nodes { type subjectIds data } } } }`;
const PERSONAL = ['PERSONAL_DATA_ON_SCENIC_VISIT'];

describe('scenario 22: a scenic area', () => {
  let satchel: TestSatchel;
  let people: SampleStation;
  let resident: string;
  const visitId = newId('visit');
  const trip = () => ({
    kind: 'SCENIC_AREA',
    officerIds: [people.officer],
    divisionCode: '621224107',
    village: '阳坝景区',
  });

  const visit = async () => (await satchel.read(people.officer, VISIT, { id: visitId })).visit;
  const refused = (command: string, input: object) => satchel.refused(people.officer, command, input);

  beforeAll(async () => {
    satchel = await TestSatchel.start(at('2022-05-01', '09:00'));
    people = await sampleStation(satchel);
    resident = await registerResident(satchel, people.officer, LIU);
    await satchel.done(people.officer, 'startVisit', { id: visitId, ...trip() });
  });
  afterAll(() => satchel.close());

  it('has briefings of 85 people, and no household', async () => {
    for (const [topic, audienceCount] of [
      ['ANTI_FRAUD', 50],
      ['ILLEGAL_FISHING', 35],
    ])
      await satchel.done(people.officer, 'holdBriefing', { visitId, topic, audienceCount, durationMin: 20 });
    const { kind, briefings, householdId } = await visit();
    expect({ kind, householdId }).toEqual({ kind: 'SCENIC_AREA', householdId: null });
    expect(briefings.reduce((sum: number, briefing: Anything) => sum + briefing.audienceCount, 0)).toBe(85);
  });

  it('takes in nothing personal', async () => {
    const before = await visit();
    expect(
      await refused('verifyResidentInfo', { visitId, subjectId: resident, fieldsVerified: ['NAME'], result: 'MATCH' }),
    ).toEqual(PERSONAL);
    expect(await refused('recordNote', { visitId, subjectId: resident, text: '样例记录' })).toEqual(PERSONAL);
    expect(await refused('recordNote', { visitId, text: `样例记录 ${LIU.number}` })).toEqual(PERSONAL);
    expect(await refused('recordNote', { visitId, text: '样例记录 15400000001' })).toEqual(PERSONAL);
    expect(await refused('offerGift', { visitId, description: '样例：送礼人电话15400000001' })).toEqual(PERSONAL);
    expect(await visit()).toEqual(before);
    expect(before.history.nodes.every(({ subjectIds }: Anything) => subjectIds.length === 0)).toBe(true);
  });

  it('is visited without a household', async () => {
    const household = { id: newId('visit'), ...trip(), householdId: crypto.randomUUID() };
    expect(await refused('startVisit', household)).toEqual(PERSONAL);
    expect(await refused('planVisit', { ...household, plannedFor: '2022-05-02' })).toEqual(PERSONAL);
    expect(await refused('startVisit', { ...trip(), village: '样例 15400000001' })).toEqual(PERSONAL);
    const answer = await satchel.ask(people.officer, VISIT, { id: household.id });
    expect(answer.errors?.[0]?.extensions.code).toBe('NOT_FOUND');
  });

  it('counts what was handed out, and ends', async () => {
    await satchel.done(people.officer, 'recordNote', { visitId, text: '样例记录：游客较多' });
    await satchel.done(people.officer, 'distributeMaterial', {
      visitId,
      topic: 'ANTI_FRAUD',
      quantity: 85,
      audience: 85,
    });
    await satchel.done(people.officer, 'completeVisit', { visitId });
    expect(await visit()).toMatchObject({ status: 'COMPLETED', notes: 1 });
    const { totals } = await satchel.read(
      people.chief,
      'query Q { totals(asOf: "2022-05-01") { metrics { metric quantity } } }',
    );
    expect(totals.metrics).toContainEqual({ metric: 'MATERIAL', quantity: 85 });
  });
});
