import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at } from '../../harness/moments.js';
import { registerOfficer, registerUnit, type SampleStation, sampleStation } from '../../harness/sampleStation.js';
import { type Anything, newId, TestSatchel } from '../../harness/testSatchel.js';

const TOTALS = `query Q($asOf: Date!, $orgUnitId: ID) { totals(asOf: $asOf, orgUnitId: $orgUnitId) {
  stations officersWithBackpack mediationTeams } }`;

/** Officers at Douba who took part in the pilot. */
const PILOT = 7;
const STATIONS = 18;
const BACKPACKS = 67;
const TEAMS = 24;

const numbered = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index + 1);

describe('scenario 9: the roll-out', () => {
  let satchel: TestSatchel;
  let people: SampleStation;
  let stations: readonly string[];
  let elsewhere: readonly string[];
  let pilots: readonly string[];
  const teams: string[] = [];

  const totals = async (asOf: string, orgUnitId?: string) =>
    (await satchel.read(people.countyChief, TOTALS, { asOf, orgUnitId })).totals;
  const issue = (officerId: string, serial: number) =>
    satchel.done(people.admin, 'issueBackpack', {
      officerId,
      backpackId: newId('backpack'),
      serial: `KX-2021-${String(serial).padStart(3, '0')}`,
    });
  const officersOf = async (orgUnitId: string, count: number): Promise<readonly string[]> => {
    const registered: string[] = [];
    for (const number of numbered(count))
      registered.push(await registerOfficer(satchel, people, { name: `民警${number}`, orgUnitId, role: 'OFFICER' }));
    return registered;
  };

  beforeAll(async () => {
    satchel = await TestSatchel.start(at('2021-04-01', '09:00'));
    people = await sampleStation(satchel);
    const others: string[] = [people.otherStation];
    while (others.length < STATIONS - 1)
      others.push(
        await registerUnit(satchel, people, {
          name: `第${others.length}派出所`,
          level: 'STATION',
          divisionCode: '621224',
        }),
      );
    stations = [people.station, ...others];
    pilots = [people.officer, ...(await officersOf(people.station, PILOT - 1))];
    for (const [index, officerId] of pilots.entries()) await issue(officerId, index + 1);

    satchel.clock.set(new Date(at('2021-06-01', '09:00')));
    const late: string[] = [people.otherOfficer];
    for (const [index, station] of others.entries())
      late.push(...(await officersOf(station, index < 9 ? 4 : 3).then(all => (index === 0 ? all.slice(1) : all))));
    elsewhere = late;
    for (const [index, officerId] of elsewhere.entries()) await issue(officerId, PILOT + index + 1);
    for (const number of numbered(TEAMS)) {
      const id = newId('team');
      teams.push(id);
      const orgUnitId = stations[number % STATIONS];
      await satchel.done(people.admin, 'formTeam', { id, name: `第${number}矛盾多元调解队`, orgUnitId });
    }
  });
  afterAll(() => satchel.close());

  it('has 18 stations, 67 officers with a backpack and 24 teams', async () => {
    expect(elsewhere).toHaveLength(BACKPACKS - PILOT);
    expect(await totals('2021-06-30')).toEqual({
      stations: STATIONS,
      officersWithBackpack: BACKPACKS,
      mediationTeams: TEAMS,
    });
    const list = (name: string, args = '') =>
      satchel.read(people.countyChief, `query Q { ${name}(first: 100${args}) { nodes { id } } }`);
    expect((await list('orgUnits', ', level: STATION')).orgUnits.nodes).toHaveLength(STATIONS);
    expect((await list('mediationTeams')).mediationTeams.nodes).toHaveLength(TEAMS);
    const { officers } = await satchel.read(
      people.countyChief,
      'query Q { officers(first: 100, role: OFFICER) { nodes { backpack { serial } } } }',
    );
    const serials = officers.nodes.flatMap(({ backpack }: Anything) => (backpack ? [backpack.serial] : []));
    expect(new Set(serials).size).toBe(BACKPACKS);
  });

  it('gives nobody a second backpack', async () => {
    for (const officerId of [pilots[0], elsewhere.at(-1)])
      expect(
        await satchel.refused(people.admin, 'issueBackpack', {
          officerId,
          backpackId: newId('backpack'),
          serial: 'KX-2021-068',
        }),
      ).toEqual(['BACKPACK_ALREADY_HELD']);
    expect((await totals('2021-06-30')).officersWithBackpack).toBe(BACKPACKS);
  });

  it('gives no backpack to two', async () => {
    const { officer } = await satchel.read(
      people.countyChief,
      'query Q($id: ID!) { officer(id: $id) { backpack { backpackId } } }',
      { id: pilots[0] },
    );
    const [another] = await officersOf(people.station, 1);
    expect(
      await satchel.refused(people.admin, 'issueBackpack', {
        officerId: another,
        backpackId: officer.backpack.backpackId,
        serial: 'KX-2021-001',
      }),
    ).toEqual(['BACKPACK_HELD_BY_ANOTHER']);
  });

  it('was nowhere but at Douba at the end of May', async () => {
    expect(await totals('2021-05-31')).toEqual({ stations: STATIONS, officersWithBackpack: PILOT, mediationTeams: 0 });
    for (const station of stations)
      expect((await totals('2021-05-31', station)).officersWithBackpack).toBe(station === people.station ? PILOT : 0);
    expect((await totals('2021-03-31')).officersWithBackpack).toBe(0);
    const mediators: Anything[] = [];
    for (const id of teams.slice(0, 3)) {
      const mediatorId = newId('mediator');
      await satchel.done(people.admin, 'appointMediator', {
        id: mediatorId,
        name: '典样本',
        category: 'VILLAGE_WORTHY',
        orgUnitId: people.station,
        adult: true,
      });
      await satchel.done(people.admin, 'addMember', { mediationTeamId: id, mediatorId, role: 'MEMBER' });
      const { mediationTeam } = await satchel.read(
        people.countyChief,
        'query Q($id: ID!) { mediationTeam(id: $id) { may: roster(asOf: "2021-05-31") { from } june: roster(asOf: "2021-06-01") { from } } }',
        { id },
      );
      mediators.push(mediationTeam);
    }
    expect(mediators).toEqual(Array(3).fill({ may: [], june: [{ from: '2021-06-01' }] }));
  });
});
