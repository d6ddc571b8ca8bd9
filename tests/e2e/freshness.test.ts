import { describe, expect, it } from 'vitest';
import { type SampleStation, sampleStation } from '../harness/sampleStation.js';
import { newId, TestSatchel } from '../harness/testSatchel.js';
import { withStation } from '../harness/withStation.js';

describe('freshness', () => {
  let satchel: TestSatchel;
  let people: SampleStation;

  withStation(opened => {
    ({ satchel, people } = opened);
  });

  it('shows how far each read model is, to who runs or audits Satchel', async () => {
    const { projections } = await satchel.read(
      people.auditor,
      '{ projections { name version position current eventsBehind stopped } }',
    );
    const head = await satchel.services.store.head();
    expect(projections.length).toBeGreaterThan(5);
    for (const projection of projections)
      expect(projection).toMatchObject({ position: head, current: true, eventsBehind: 0, stopped: null });
    const answer = await satchel.ask(people.officer, '{ projections { name } }');
    expect(answer.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });

  it('lets a read wait for what a command recorded, and says STALE for what is not there', async () => {
    const { consistencyToken } = await satchel.done(people.admin, 'registerOrgUnit', {
      id: newId('orgunit'),
      name: '平洛派出所',
      level: 'STATION',
      parentId: people.county,
    });
    const query = '{ orgUnits(level: STATION) { nodes { name } readAt } }';
    const fresh = await satchel.ask(people.admin, query, {}, { 'satchel-read-after': consistencyToken });
    expect(fresh.data?.orgUnits.nodes.map(({ name }: { name: string }) => name)).toContain('平洛派出所');

    const future = Buffer.from('p:999999').toString('base64url');
    const early = await TestSatchel.start('2021-04-01T01:00:00Z', { SATCHEL_READ_AFTER_TIMEOUT: '20' });
    const someone = await sampleStation(early);
    const stale = await early.ask(someone.admin, query, {}, { 'satchel-read-after': future });
    expect(stale.errors?.[0]?.extensions.code).toBe('STALE');
    const bad = await early.ask(someone.admin, query, {}, { 'satchel-read-after': 'nonsense' });
    expect(bad.errors?.[0]?.extensions.code).toBe('BAD_CONSISTENCY_TOKEN');
    await early.close();
  });
});
