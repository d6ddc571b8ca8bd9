import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DANANYU, type Doorstep, doorstep, produce, SIGNED, takeApplication } from '../../harness/doorstep.js';
import { at } from '../../harness/moments.js';
import { type SampleStation, sampleStation } from '../../harness/sampleStation.js';
import { newId, TestSatchel } from '../../harness/testSatchel.js';

const query = (list: string): string => `query Q($divisionCode: String, $first: Int, $after: String) {
  ${list}(divisionCode: $divisionCode, first: $first, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }`;

describe('work in hand', () => {
  let satchel: TestSatchel;
  let people: SampleStation;
  let door: Doorstep;
  let visitId: string;

  const page = async (list: string, personId: string, variables: object = {}) =>
    (await satchel.read(personId, query(list), { ...variables }))[list];
  const ids = async (list: string, personId: string, variables: object = {}): Promise<readonly string[]> =>
    (await page(list, personId, variables)).nodes.map(({ id }: { id: string }) => id);

  const need = async (category: string): Promise<string> => {
    const id = newId('need');
    await door.do('raiseNeed', { id, category, summary: '样例', vulnerable: [], originVisitId: visitId });
    return id;
  };
  const card = async (): Promise<string> => {
    const id = await takeApplication(door, { reason: 'LOST' });
    await door.do('submitApplication', { certificateId: id });
    return id;
  };

  beforeAll(async () => {
    satchel = await TestSatchel.start(at('2022-08-30', '10:00'));
    people = await sampleStation(satchel);
    door = await doorstep(satchel, people);
    visitId = await door.visit();
  });
  afterAll(() => satchel.close());

  it('is every need that is not closed, the longest wait first', async () => {
    const first = await need('HUKOU');
    satchel.clock.set(new Date(at('2022-09-02', '10:00')));
    const second = await need('SAFETY');
    expect(await ids('openNeeds', door.officer)).toEqual([first, second]);

    const { nodes, pageInfo } = await page('openNeeds', door.officer, { first: 1, divisionCode: DANANYU });
    expect(nodes).toEqual([{ id: first }]);
    expect(await ids('openNeeds', door.officer, { divisionCode: DANANYU, after: pageInfo.endCursor })).toEqual([
      second,
    ]);

    await door.do('acceptNeed', { needId: first });
    await door.do('declareUnresolvable', { needId: first, reason: 'WITHDRAWN' });
    expect(await ids('openNeeds', door.officer)).toEqual([second]);
    await door.do('reopenNeed', { needId: first, reason: 'CAME_BACK' });
    expect(await ids('openNeeds', door.officer)).toEqual([first, second]);
  });

  it('is every certificate from made to handed over, wherever it is', async () => {
    const delivered = await card();
    const cancelled = await card();
    await card();
    expect(await ids('undelivered', door.officer)).toEqual([]);
    await produce(door, delivered);
    await produce(door, cancelled);
    expect([...(await ids('undelivered', door.officer))].sort()).toEqual([delivered, cancelled].sort());

    await door.do('cancelCertificate', { certificateId: cancelled, reason: 'DEFECTIVE' });
    await door.do('loadIntoBackpack', { certificateId: delivered });
    expect(await ids('undelivered', door.officer)).toEqual([delivered]);
    await door.do('failDelivery', { certificateId: delivered, reason: 'NOT_HOME' });
    expect(await ids('undelivered', door.officer, { divisionCode: '621224' })).toEqual([delivered]);
    await door.do('deliverCertificate', { certificateId: delivered, visitId, ...SIGNED });
    expect(await ids('undelivered', door.officer)).toEqual([]);
  });

  it.each(['openNeeds', 'undelivered'])('is for who works with residents, within their units: %s', async list => {
    await need('OTHER');
    await produce(door, await card());
    const all = await ids(list, door.officer);
    expect(all.length).toBeGreaterThan(0);
    for (const personId of [door.chief, people.countyChief, people.auditor])
      expect(await ids(list, personId)).toEqual(all);
    expect(await ids(list, people.officer)).toEqual([]);
    expect(await ids(list, door.officer, { divisionCode: '621224110' })).toEqual([]);
    const analyst = await satchel.ask(people.analyst, query(list));
    expect(analyst.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    const wild = await satchel.ask(door.officer, query(list), { divisionCode: '%' });
    expect(wild.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });
});
