import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at } from '../../harness/moments.js';
import { type SampleStation, sampleStation } from '../../harness/sampleStation.js';
import { type Anything, newId, TestSatchel } from '../../harness/testSatchel.js';

const ROSTER = `query Q($asOf: Date!, $orgUnitId: ID, $first: Int! = 20, $after: String) {
  teamRoster(asOf: $asOf, orgUnitId: $orgUnitId, first: $first, after: $after) {
    nodes { asOf team { id name memberships { mediatorId } } leaders { ...M } members { ...M } }
    pageInfo { hasNextPage endCursor } } }
  fragment M on TeamMembership { mediator { id name } from to }`;

describe('the roster of mediation teams', () => {
  let satchel: TestSatchel;
  let people: SampleStation;
  const [team, otherTeam, young, elder] = [newId('team'), newId('team'), newId('mediator'), newId('mediator')];

  const on = (day: string) => satchel.clock.set(new Date(at(day, '10:00')));
  const page = async (personId: string, variables: object): Promise<Anything> =>
    (await satchel.read(personId, ROSTER, { ...variables })).teamRoster;
  const teamIds = async (personId: string, variables: object) =>
    (await page(personId, variables)).nodes.map(({ team }: Anything) => team.id);
  const who = async (asOf: string) => {
    const [roster] = (await page(people.chief, { asOf })).nodes;
    const ids = (members: Anything) => members.map(({ mediator }: Anything) => mediator.id);
    return [ids(roster.leaders), ids(roster.members)];
  };
  const change = (command: string, input: object) =>
    satchel.done(people.chief, command, { mediationTeamId: team, ...input });

  beforeAll(async () => {
    satchel = await TestSatchel.start(at('2021-06-01', '10:00'));
    people = await sampleStation(satchel);
    const { station: orgUnitId } = people;
    for (const [id, name] of [
      [elder, '村民甲'],
      [young, '村民乙'],
    ])
      await satchel.done(people.chief, 'appointMediator', {
        id,
        name,
        orgUnitId,
        category: 'VILLAGE_WORTHY',
        adult: true,
      });
    await satchel.done(people.chief, 'formTeam', { id: team, name: '豆坝调解队', orgUnitId });
    await change('addMember', { mediatorId: elder, role: 'LEADER' });
    await change('addMember', { mediatorId: young, role: 'MEMBER' });
    on('2021-09-01');
    await change('removeMember', { mediatorId: elder, reason: 'OWN_REQUEST' });
    await change('removeMember', { mediatorId: young, reason: 'ROLE_CHANGE' });
    await change('addMember', { mediatorId: young, role: 'LEADER' });
    await satchel.done(people.admin, 'formTeam', {
      id: otherTeam,
      name: '大南峪调解队',
      orgUnitId: people.otherStation,
    });
  });
  afterAll(() => satchel.close());

  it('tells who led and who was in a team on a day', async () => {
    expect(await who('2021-06-01')).toEqual([[elder], [young]]);
    expect(await who('2021-08-31')).toEqual([[elder], [young]]);
    expect(await who('2021-09-01')).toEqual([[young], []]);
    const [roster] = (await page(people.chief, { asOf: '2021-08-31' })).nodes;
    expect(roster).toMatchObject({
      asOf: '2021-08-31',
      team: { name: '豆坝调解队', memberships: [{ mediatorId: elder }, { mediatorId: young }, { mediatorId: young }] },
      leaders: [{ mediator: { name: '村民甲' }, from: '2021-06-01', to: '2021-09-01' }],
    });
  });

  it('has the teams that were formed by then, page by page', async () => {
    const both = [team, otherTeam].sort();
    expect(await teamIds(people.auditor, { asOf: '2021-05-31' })).toEqual([]);
    expect(await teamIds(people.auditor, { asOf: '2021-08-31' })).toEqual([team]);
    expect(await teamIds(people.auditor, { asOf: '2021-09-01' })).toEqual(both);
    const { pageInfo } = await page(people.auditor, { asOf: '2021-09-01', first: 1 });
    expect(await teamIds(people.auditor, { asOf: '2021-09-01', after: pageInfo.endCursor })).toEqual([both[1]]);
    const otherDay = await satchel.ask(people.auditor, ROSTER, { asOf: '2021-09-02', after: pageInfo.endCursor });
    expect(otherDay.errors?.[0]?.extensions.code).toBe('BAD_CURSOR');
  });

  it('shows the teams of who asks, and analysts no names', async () => {
    const asOf = '2021-09-01';
    expect(await teamIds(people.officer, { asOf })).toEqual([team]);
    expect(await teamIds(people.otherOfficer, { asOf })).toEqual([otherTeam]);
    expect(await teamIds(people.officer, { asOf, orgUnitId: people.otherStation })).toEqual([]);
    const analyst = await satchel.ask(people.analyst, ROSTER, { asOf });
    expect(analyst.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });

  it('is not told of a day far off', async () => {
    expect(await teamIds(people.chief, { asOf: '2022-09-01' })).toEqual([team]);
    const { errors } = await satchel.ask(people.chief, ROSTER, { asOf: '2022-09-02' });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'asOf', rule: 'FAR_FUTURE' });
  });
});
