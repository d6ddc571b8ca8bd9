import { describe, expect, it } from 'vitest';
import type { SampleStation } from '../harness/sampleStation.js';
import { newId, type TestSatchel } from '../harness/testSatchel.js';
import { withStation } from '../harness/withStation.js';

describe('officers and backpacks over HTTP', () => {
  let satchel: TestSatchel;
  let people: SampleStation;

  withStation(opened => {
    ({ satchel, people } = opened);
  });

  it('shows an officer with unit, post and history', async () => {
    const { officer } = await satchel.read(
      people.officer,
      `query Q($id: ID!) { officer(id: $id) { id name role revision orgUnit { name parent { name } }
        history { totalCount nodes { type label stateAfter data changes { path before after } } } } }`,
      { id: people.officer },
    );
    expect(officer).toMatchObject({
      id: people.officer,
      name: '民警甲',
      role: 'OFFICER',
      revision: 1,
      // The county is above the officer's scope: it is not there.
      orgUnit: { name: '豆坝派出所', parent: null },
    });
    expect(officer.history.nodes.map((event: { type: string }) => event.type)).toEqual([
      'OfficerRegistered',
      'OfficerAssignedToUnit',
    ]);
  });

  it('issues one backpack to an officer and refuses a second', async () => {
    const first = newId('backpack');
    await satchel.done(people.chief, 'issueBackpack', { officerId: people.officer, backpackId: first, serial: 'B-1' });
    expect(
      await satchel.refused(people.chief, 'issueBackpack', {
        officerId: people.officer,
        backpackId: newId('backpack'),
        serial: 'B-2',
      }),
    ).toEqual(['BACKPACK_ALREADY_HELD']);
    const { officer } = await satchel.read(
      people.officer,
      'query Q($id: ID!) { officer(id: $id) { backpack { serial } allowedCommands { name allowed reasons { code } } } }',
      { id: people.officer },
    );
    expect(officer.backpack.serial).toBe('B-1');
    const issue = officer.allowedCommands.find((command: { name: string }) => command.name === 'issueBackpack');
    expect(issue).toEqual({
      name: 'issueBackpack',
      allowed: false,
      reasons: [{ code: 'FORBIDDEN' }, { code: 'BACKPACK_ALREADY_HELD' }],
    });
  });

  it('answers NOT_FOUND for an officer of another station', async () => {
    const answer = await satchel.ask(people.officer, 'query Q($id: ID!) { officer(id: $id) { id } }', {
      id: people.otherOfficer,
    });
    expect(answer.errors?.[0]?.extensions.code).toBe('NOT_FOUND');
  });

  it('lets an administrator give posts of the own unit and those below, to others', async () => {
    const person = async (name: string, role: string) => {
      const id = newId('officer');
      await satchel.done(people.admin, 'registerOfficer', { id, name, orgUnitId: people.station, role, post: role });
      return id;
    };
    const [stationAdmin, colleague] = [await person('管理员乙', 'ADMIN'), await person('民警丁', 'OFFICER')];
    const assign = (officerId: string, orgUnitId: string, role: string) =>
      satchel.command(stationAdmin, 'assignToUnit', { officerId, orgUnitId, role, post: role });
    const codes = async (...given: Parameters<typeof assign>) =>
      (await assign(...given)).errors.map(({ code }: { code: string }) => code);
    expect(await codes(stationAdmin, people.county, 'COUNTY_CHIEF')).toEqual(['OWN_POST']);
    expect(await codes(stationAdmin, people.station, 'STATION_CHIEF')).toEqual(['OWN_POST']);
    for (const unit of [people.county, people.otherStation, newId('orgunit')])
      expect(await codes(colleague, unit, 'ADMIN')).toEqual(['UNIT_UNKNOWN']);
    for (const role of ['AUDITOR', 'COUNTY_CHIEF', 'COURT', 'JUSTICE_OFFICE'])
      expect(await codes(colleague, people.station, role)).toEqual(['ROLE_UNFIT']);
    const { errors } = await satchel.command(stationAdmin, 'registerOfficer', {
      id: newId('officer'),
      name: '审计乙',
      orgUnitId: people.station,
      role: 'AUDITOR',
      post: '审计员',
    });
    expect(errors).toMatchObject([{ code: 'ROLE_UNFIT', path: ['role'] }]);
    expect(await codes(colleague, people.station, 'AUXILIARY')).toEqual([]);
    await satchel.done(people.admin, 'assignToUnit', {
      officerId: colleague,
      orgUnitId: people.otherStation,
      role: 'OFFICER',
      post: '民警',
    });
  });

  it('answers the same command again, and refuses its id for anything else', async () => {
    const input = { id: newId('orgunit'), name: '城关派出所', level: 'STATION', parentId: people.county };
    const commandId = crypto.randomUUID();
    const first = await satchel.done(people.admin, 'registerOrgUnit', { commandId, ...input }, 'orgUnit { id }');
    const again = await satchel.done(people.admin, 'registerOrgUnit', { commandId, ...input }, 'orgUnit { id }');
    expect(again).toEqual(first);
    expect(await satchel.refused(people.admin, 'registerOrgUnit', { commandId, ...input, name: '另一派出所' })).toEqual(
      ['COMMAND_ID_REUSED'],
    );
  });
});
