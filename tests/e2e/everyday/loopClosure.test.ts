import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Doorstep, doorstep } from '../../harness/doorstep.js';
import { at } from '../../harness/moments.js';
import { type SampleStation, sampleStation } from '../../harness/sampleStation.js';
import { newId, TestSatchel } from '../../harness/testSatchel.js';

const LOOP = `query Q($from: Date!, $to: Date!, $orgUnitId: ID) {
  loopClosure(from: $from, to: $to, orgUnitId: $orgUnitId) { orgUnit { id } raised closed rate medianDays } }`;

const SEPTEMBER = { from: '2022-09-01', to: '2022-09-30' };

describe('the loop of a period', () => {
  let satchel: TestSatchel;
  let people: SampleStation;
  let door: Doorstep;

  const on = (day: string) => satchel.clock.set(new Date(at(day, '10:00')));
  const loop = async (personId: string, variables: object = SEPTEMBER) =>
    (await satchel.read(personId, LOOP, { ...variables })).loopClosure;
  const raise = async (day: string): Promise<string> => {
    on(day);
    const [id, originVisitId] = [newId('need'), await door.visit()];
    await door.do('raiseNeed', { id, category: 'HUKOU', summary: '样例', vulnerable: [], originVisitId });
    await door.do('acceptNeed', { needId: id });
    return id;
  };
  const close = async (needId: string, day: string): Promise<void> => {
    on(day);
    await door.do('deliverResponse', { needId, responseVisitId: await door.visit(), outcome: 'SOLVED' });
    await door.do('closeNeed', { needId });
  };

  beforeAll(async () => {
    satchel = await TestSatchel.start(at('2022-08-30', '10:00'));
    people = await sampleStation(satchel);
    door = await doorstep(satchel, people);
    const before = await raise('2022-08-31');
    const needs = [await raise('2022-09-01'), await raise('2022-09-10'), await raise('2022-09-20')] as const;
    const unmet = await raise('2022-09-30');
    await close(before, '2022-09-30');
    await door.do('declareUnresolvable', { needId: unmet, reason: 'WITHDRAWN' });
    await close(needs[0], '2022-10-01');
    await close(needs[1], '2022-10-01');
  });
  afterAll(() => satchel.close());

  it('follows the needs raised in it, whenever they were closed', async () => {
    const county = { raised: 4, closed: 2, rate: 0.5, medianDays: 25.5 };
    expect(await loop(people.countyChief)).toEqual({ orgUnit: { id: people.county }, ...county });
    expect(await loop(door.chief)).toEqual({ orgUnit: { id: people.otherStation }, ...county });
    expect(await loop(people.auditor, { from: '2022-09-20', to: '2022-09-20' })).toMatchObject({
      raised: 1,
      closed: 0,
      rate: 0,
      medianDays: null,
    });
  });

  it('has no rate where nothing was raised', async () => {
    expect(await loop(people.chief)).toEqual({
      orgUnit: { id: people.station },
      raised: 0,
      closed: 0,
      rate: null,
      medianDays: null,
    });
  });

  it('is for chiefs and auditors, of units in their scope', async () => {
    for (const personId of [door.officer, people.analyst]) {
      const answer = await satchel.ask(personId, LOOP, SEPTEMBER);
      expect(answer.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    }
    for (const orgUnitId of [people.county, people.otherStation, newId('orgunit')]) {
      const answer = await satchel.ask(people.chief, LOOP, { ...SEPTEMBER, orgUnitId });
      expect(answer.errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    }
    const none = await satchel.ask(people.auditor, LOOP, { ...SEPTEMBER, orgUnitId: newId('orgunit') });
    expect(none.errors?.[0]?.extensions.code).toBe('NOT_FOUND');
  });
});
