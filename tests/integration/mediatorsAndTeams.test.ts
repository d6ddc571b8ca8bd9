import { beforeAll, describe, expect, it } from 'vitest';
import type { SampleStation } from '../harness/sampleStation.js';
import { newId, type TestSatchel } from '../harness/testSatchel.js';
import { withStation } from '../harness/withStation.js';

describe('mediators and teams over HTTP', () => {
  let satchel: TestSatchel;
  let people: SampleStation;
  const elder = newId('mediator');
  const host = newId('mediator');
  const team = newId('team');

  withStation(opened => {
    ({ satchel, people } = opened);
  }, '2021-06-01T01:00:00Z');
  beforeAll(async () => {
    const { station: orgUnitId, officer: officerId, chief } = people;
    const elderInput = { name: '村民甲', category: 'VETERAN_HOUSEHOLD_HEAD', adult: true };
    await satchel.done(chief, 'appointMediator', { id: elder, orgUnitId, ...elderInput });
    await satchel.done(chief, 'appointMediator', { id: host, orgUnitId, officerId, category: 'OFFICER', adult: true });
    await satchel.done(chief, 'formTeam', { id: team, name: '豆坝调解队', orgUnitId });
    await satchel.done(chief, 'addMember', { mediationTeamId: team, mediatorId: elder, role: 'LEADER' });
  });

  it('show a mediator by name, and an officer by the name of the officer', async () => {
    const { mediators } = await satchel.read(
      people.chief,
      '{ mediators { nodes { id name status category peacemaker officer { name } orgUnit { name } } } }',
    );
    expect(mediators.nodes).toHaveLength(2);
    expect(mediators.nodes).toContainEqual({
      id: elder,
      name: '村民甲',
      status: 'APPOINTED',
      category: 'VETERAN_HOUSEHOLD_HEAD',
      peacemaker: false,
      officer: null,
      orgUnit: { name: '豆坝派出所' },
    });
    expect(mediators.nodes).toContainEqual(
      expect.objectContaining({ id: host, name: '民警甲', officer: { name: '民警甲' } }),
    );
  });

  it('show who has the badge of a peacemaker', async () => {
    await satchel.done(people.admin, 'awardPeacemakerBadge', { mediatorId: host });
    const { mediators } = await satchel.read(people.chief, '{ mediators { nodes { id peacemaker } } }');
    expect(mediators.nodes).toHaveLength(2);
    expect(mediators.nodes).toContainEqual({ id: host, peacemaker: true });
    expect(mediators.nodes).toContainEqual({ id: elder, peacemaker: false });
  });

  it('list by category', async () => {
    const { mediators } = await satchel.read(people.chief, '{ mediators(category: OFFICER) { nodes { id } } }');
    expect(mediators.nodes).toEqual([{ id: host }]);
  });

  it('keep the name out of the store', async () => {
    const { mediator } = await satchel.read(
      people.chief,
      'query Q($id: ID!) { mediator(id: $id) { history { nodes { type data } } } }',
      { id: elder },
    );
    expect(mediator.history.nodes[0]).toMatchObject({ type: 'MediatorAppointed', data: { name: '村民甲' } });
    for await (const batch of satchel.stores.events.readAllRaw({ categories: ['mediator'] }))
      for (const { bytes } of batch) expect(bytes.toString()).not.toContain('村民甲');
  });

  it('refuse to appoint an officer twice, and an identity that someone holds', async () => {
    const { station: orgUnitId, officer: officerId } = people;
    expect(
      await satchel.refused(people.chief, 'appointMediator', {
        orgUnitId,
        officerId,
        category: 'OFFICER',
        adult: true,
      }),
    ).toEqual(['OFFICER_ALREADY_MEDIATOR']);
    const identity = { issuer: 'satchel:local', subject: elder };
    const another = { orgUnitId, name: '村民乙', category: 'VILLAGE_WORTHY', adult: true, identity };
    expect(await satchel.refused(people.chief, 'appointMediator', another)).toEqual(['IDENTITY_TAKEN']);
  });

  it('are not there for another station', async () => {
    for (const [query, id] of [
      ['mediator', elder],
      ['mediationTeam', team],
    ] as const) {
      const answer = await satchel.ask(people.otherOfficer, `query Q($id: ID!) { ${query}(id: $id) { id } }`, { id });
      expect(answer.errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    }
    expect(
      (await satchel.read(people.otherOfficer, '{ mediationTeams { nodes { id } } }')).mediationTeams.nodes,
    ).toEqual([]);
  });

  it('give the roster of a day', async () => {
    satchel.clock.set(new Date('2021-08-01T02:00:00Z'));
    const member = { mediationTeamId: team, mediatorId: elder };
    await satchel.done(people.chief, 'removeMember', { ...member, reason: 'ROLE_CHANGE' });
    await satchel.done(people.chief, 'addMember', { ...member, role: 'MEMBER' });
    const { mediationTeam } = await satchel.read(
      people.chief,
      `query Q($id: ID!) { mediationTeam(id: $id) { memberships { from to leavingReason }
        june: roster(asOf: "2021-06-01") { role mediator { name } } august: roster(asOf: "2021-08-01") { role } } }`,
      { id: team },
    );
    expect(mediationTeam).toEqual({
      memberships: [
        { from: '2021-06-01', to: '2021-08-01', leavingReason: 'ROLE_CHANGE' },
        { from: '2021-08-01', to: null, leavingReason: null },
      ],
      june: [{ role: 'LEADER', mediator: { name: '村民甲' } }],
      august: [{ role: 'MEMBER' }],
    });
  });
});

describe('what belongs to no noun in particular', () => {
  let satchel: TestSatchel;
  let people: SampleStation;

  withStation(opened => {
    ({ satchel, people } = opened);
  });

  it('any noun is found by its id', async () => {
    const query = 'query Q($id: ID!) { node(id: $id) { __typename id ... on Officer { role } } }';
    expect((await satchel.read(people.officer, query, { id: people.officer })).node).toEqual({
      __typename: 'Officer',
      id: people.officer,
      role: 'OFFICER',
    });
    expect((await satchel.read(people.officer, query, { id: people.station })).node.__typename).toBe('OrgUnit');
  });

  it.each(['nothing', 'unheard-of', `officer-${crypto.randomUUID()}`])('%s is not there', async id => {
    const answer = await satchel.ask(people.officer, 'query Q($id: ID!) { node(id: $id) { id } }', { id });
    expect(answer.errors?.[0]?.extensions.code).toBe('NOT_FOUND');
  });

  it('a noun of another station is not there', async () => {
    const { otherOfficer: id } = people;
    const answer = await satchel.ask(people.officer, 'query Q($id: ID!) { node(id: $id) { id } }', { id });
    expect(answer.errors?.[0]?.extensions.code).toBe('NOT_FOUND');
  });

  it('code lists are given with labels in both languages', async () => {
    const { codeLists } = await satchel.read(
      people.officer,
      '{ codeLists(names: ["Metric"]) { name codes { code zh: label(locale: zh) en: label(locale: en) } } }',
    );
    expect(codeLists[0].codes).toHaveLength(4);
    expect(codeLists[0].codes[0]).toEqual({
      code: 'CERT_DELIVERED',
      zh: '送证上门（枚）',
      en: 'Certificates delivered to the door (枚)',
    });
    const unknown = await satchel.ask(people.officer, '{ codeLists(names: ["Nothing"]) { name } }');
    expect(unknown.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  it('places are given within a division', async () => {
    const { divisions } = await satchel.read(
      people.officer,
      '{ divisions(within: "621224") { code name level parentCode } }',
    );
    expect(divisions).toHaveLength(22);
    expect(divisions).toContainEqual({ code: '621224110', name: '豆坝镇', level: 'TOWNSHIP', parentCode: '621224' });
  });
});
