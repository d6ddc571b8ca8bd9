import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ALL_ROLES, type Role } from '../../src/access/roles.js';
import { nouns } from '../../src/server/registry.js';
import { caseEvents } from '../harness/caseEvents.js';
import { registerOfficer, registerUnit, type SampleStation, sampleStation } from '../harness/sampleStation.js';
import { newId, TestSatchel } from '../harness/testSatchel.js';

const NODE = 'query Q($id: ID!) { node(id: $id) { id } }';

describe('a noun is for those who may read it', () => {
  let satchel: TestSatchel;
  let people: SampleStation;
  const holders = new Map<string, string>();

  beforeAll(async () => {
    satchel = await TestSatchel.start();
    people = await sampleStation(satchel);
    const { admin, county, station } = people;
    const tribunal = await registerUnit(satchel, people, {
      name: '豆坝法庭',
      level: 'TRIBUNAL',
      divisionCode: '621224110',
    });
    const office = await registerUnit(satchel, people, {
      name: '豆坝司法所',
      level: 'JUSTICE_OFFICE',
      divisionCode: '621224110',
    });
    const unitOf: Partial<Record<Role, string>> = { STATION_CHIEF: station, COURT: tribunal, JUSTICE_OFFICE: office };
    for (const role of ALL_ROLES.filter(role => role !== 'MEDIATOR'))
      holders.set(
        role,
        await registerOfficer(satchel, { admin }, { name: role, orgUnitId: unitOf[role] ?? county, role }),
      );
    const elder = newId('mediator');
    const appointed = { name: '村民甲', category: 'VILLAGE_WORTHY', orgUnitId: station, adult: true };
    await satchel.done(people.chief, 'appointMediator', { id: elder, ...appointed });
    holders.set('MEDIATOR', elder);
  });
  afterAll(() => satchel.close());

  it.each([...nouns.values()].map(({ aggregate, readers }) => [aggregate.category, readers] as const))(
    '%s',
    async (category, readers) => {
      const id = newId(category);
      for (const [role, person] of holders) {
        const code = readers.includes(role as never) ? 'NOT_FOUND' : 'FORBIDDEN';
        const answer = await satchel.ask(person, NODE, { id });
        expect([role, answer.errors?.[0]?.extensions.code]).toEqual([role, code]);
        const events = await caseEvents(satchel, person, id);
        await expect(events.next(1)).rejects.toThrow(code);
        await events.close();
      }
    },
  );

  it('and who serves where is not for analysts, themselves excepted', async () => {
    const analyst = holders.get('ANALYST') as string;
    for (const [query, id] of [
      ['officer', people.officer],
      ['mediator', holders.get('MEDIATOR')],
    ]) {
      const answer = await satchel.ask(analyst, `query Q($id: ID!) { ${query}(id: $id) { id } }`, { id });
      expect(answer.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    }
    for (const list of ['officers', 'mediators', 'mediationTeams']) {
      const answer = await satchel.ask(analyst, `{ ${list} { nodes { id } } }`);
      expect(answer.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    }
    expect(await satchel.read(analyst, '{ viewer { officer { name } orgUnit { name } } }')).toEqual({
      viewer: { officer: { name: 'ANALYST' }, orgUnit: { name: '康县公安局' } },
    });
  });
});
