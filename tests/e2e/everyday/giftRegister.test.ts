import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DANANYU, type Doorstep, doorstep } from '../../harness/doorstep.js';
import { at } from '../../harness/moments.js';
import { registerOfficer, type SampleStation, sampleStation } from '../../harness/sampleStation.js';
import { newId, TestSatchel } from '../../harness/testSatchel.js';

const REGISTER = `query Q($orgUnitId: ID, $from: Date, $to: Date, $first: Int, $after: String) {
  giftRegister(orgUnitId: $orgUnitId, from: $from, to: $to, first: $first, after: $after) {
    nodes { giftId visit { id orgUnit { id } } offeredOn description estValueFen disposition disposedOn }
    pageInfo { hasNextPage endCursor } } }`;

const WORDS = '样例：饮料和水果硬塞进背包';

describe('the register of gifts', () => {
  let satchel: TestSatchel;
  let people: SampleStation;
  let door: Doorstep;
  let colleague: string;
  let visitId: string;
  const declined = crypto.randomUUID();
  const open = crypto.randomUUID();
  const ofColleague = crypto.randomUUID();

  const register = async (personId: string, variables: object = {}) =>
    (await satchel.read(personId, REGISTER, { ...variables })).giftRegister;
  const ids = async (personId: string, variables: object = {}): Promise<readonly string[]> =>
    (await register(personId, variables)).nodes.map(({ giftId }: { giftId: string }) => giftId);

  beforeAll(async () => {
    satchel = await TestSatchel.start(at('2022-08-30', '10:00'));
    people = await sampleStation(satchel);
    door = await doorstep(satchel, people);
    colleague = await registerOfficer(satchel, people, {
      name: '民警丙',
      orgUnitId: people.otherStation,
      role: 'OFFICER',
    });
    visitId = await door.visit();
    await door.do('offerGift', { visitId, giftId: declined, description: WORDS, estValueFen: 3_500 });
    satchel.clock.set(new Date(at('2022-08-31', '10:00')));
    await door.do('disposeOfGift', { visitId, giftId: declined, disposition: 'DECLINED' });
    await door.do('offerGift', { visitId, giftId: open, description: WORDS });
    satchel.clock.set(new Date(at('2022-09-01', '10:00')));
    const ofOther = newId('visit');
    await satchel.done(colleague, 'startVisit', {
      id: ofOther,
      kind: 'VILLAGE',
      officerIds: [colleague],
      divisionCode: DANANYU,
    });
    await satchel.done(colleague, 'offerGift', { visitId: ofOther, giftId: ofColleague, description: WORDS });
  });
  afterAll(() => satchel.close());

  it('holds each gift with what became of it, and tells nothing in words', async () => {
    const { nodes } = await register(door.officer);
    const visit = { id: visitId, orgUnit: { id: people.otherStation } };
    const description = '［已封存］';
    const undisposed = { disposition: null, disposedOn: null };
    expect(nodes).toEqual([
      { giftId: open, visit, offeredOn: '2022-08-31', description, estValueFen: null, ...undisposed },
      {
        giftId: declined,
        visit,
        offeredOn: '2022-08-30',
        description,
        estValueFen: 3_500,
        disposition: 'DECLINED',
        disposedOn: '2022-08-31',
      },
    ]);
    const stored = await satchel.services.db.selectFrom('gift').selectAll().execute();
    expect(JSON.stringify(stored)).not.toContain('饮料');
  });

  it('shows an officer the own visits, and chiefs and auditors those of their units', async () => {
    expect(await ids(colleague)).toEqual([ofColleague]);
    for (const personId of [door.chief, people.countyChief, people.auditor])
      expect(await ids(personId)).toEqual([ofColleague, open, declined]);
    expect(await ids(people.chief)).toEqual([]);
    for (const personId of [people.auxiliary, people.analyst]) {
      const answer = await satchel.ask(personId, REGISTER);
      expect(answer.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    }
  });

  it('is read by station and days, page by page', async () => {
    expect(await ids(people.auditor, { from: '2022-08-31', to: '2022-08-31' })).toEqual([open]);
    expect(await ids(people.auditor, { orgUnitId: people.otherStation, to: null })).toHaveLength(3);
    expect(await ids(people.auditor, { orgUnitId: people.station })).toEqual([]);
    expect(await ids(people.chief, { orgUnitId: people.otherStation })).toEqual([]);
    const { pageInfo } = await register(door.chief, { first: 1 });
    expect(pageInfo.hasNextPage).toBe(true);
    expect(await ids(door.chief, { first: 2, after: pageInfo.endCursor, to: null })).toEqual([open, declined]);
  });
});
