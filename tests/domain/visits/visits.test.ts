import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SampleStation, sampleStation } from '../../harness/sampleStation.js';
import { newId, TestSatchel } from '../../harness/testSatchel.js';

const LIST = `query Q($kind: VisitKind, $status: VisitStatus, $orgUnitId: ID, $divisionCode: String, $from: Date, $to: Date,
  $officerId: ID, $sort: VisitSort! = NEWEST_FIRST) {
  visits(kind: $kind, status: $status, orgUnitId: $orgUnitId, divisionCode: $divisionCode, from: $from, to: $to,
    officerId: $officerId, sort: $sort) { nodes { id } } }`;

describe('visits over HTTP', () => {
  let satchel: TestSatchel;
  let people: SampleStation;
  const home = newId('visit');
  const scenic = newId('visit');
  const planned = newId('visit');
  const elsewhere = newId('visit');
  const resident = newId('resident');
  const backpackId = newId('backpack');

  beforeAll(async () => {
    satchel = await TestSatchel.start('2022-08-30T01:00:00Z');
    people = await sampleStation(satchel);
    const { officer, auxiliary, chief, otherOfficer } = people;
    await satchel.done(chief, 'issueBackpack', { officerId: officer, backpackId, serial: 'B-1' });
    await satchel.done(officer, 'registerResident', { id: resident, name: '刘样本', number: '62129919520229007X' });
    const start = (by: string, id: string, input: object) =>
      satchel.done(by, 'startVisit', { id, officerIds: [by], divisionCode: '621224112', ...input });
    await start(officer, home, { kind: 'HOUSEHOLD', auxiliaryIds: [auxiliary], backpackId, village: '郑湾村' });
    await start(officer, scenic, {
      kind: 'SCENIC_AREA',
      divisionCode: '621224107',
      occurredAt: '2022-08-28T16:00:00Z',
    });
    // Another station, but this officer goes along.
    await start(otherOfficer, elsewhere, { kind: 'VILLAGE', officerIds: [otherOfficer, officer] });
    await satchel.done(officer, 'planVisit', {
      id: planned,
      kind: 'FOLLOW_UP',
      officerIds: [chief],
      divisionCode: '621224110',
      plannedFor: '2022-09-02',
    });
  });
  afterAll(() => satchel.close());

  const listed = async (personId: string, filter: object): Promise<readonly string[]> =>
    (await satchel.read(personId, LIST, { ...filter })).visits.nodes.map((node: { id: string }) => node.id);

  it('shows who went where and what was done, the village by name and the resident masked', async () => {
    await satchel.done(people.auxiliary, 'distributeMaterial', { visitId: home, topic: 'ANTI_FRAUD', quantity: 30 });
    await satchel.done(people.officer, 'verifyResidentInfo', {
      visitId: home,
      subjectId: resident,
      fieldsVerified: ['NAME', 'ADDRESS'],
      result: 'MATCH',
    });
    await satchel.done(people.officer, 'recordNote', { visitId: home, subjectId: resident, text: '刘样本独居' });
    const { visit } = await satchel.read(
      people.officer,
      `query Q($id: ID!) { visit(id: $id) { kind status village divisionCode backpackId startedAt notes
        orgUnit { name } officers { id } auxiliaries { id } materials { topic quantity audience }
        verifications { subject { name } fieldsVerified result }
        history { nodes { type deviations { rule } data } } } }`,
      { id: home },
    );
    expect(visit).toMatchObject({
      kind: 'HOUSEHOLD',
      status: 'STARTED',
      village: '郑湾村',
      divisionCode: '621224112',
      backpackId,
      startedAt: '2022-08-30T01:00:00.000Z',
      notes: 1,
      orgUnit: { name: '豆坝派出所' },
      officers: [{ id: people.officer }],
      auxiliaries: [{ id: people.auxiliary }],
      materials: [{ topic: 'ANTI_FRAUD', quantity: 30, audience: null }],
      verifications: [{ subject: { name: '刘某' }, fieldsVerified: ['NAME', 'ADDRESS'], result: 'MATCH' }],
    });
    expect(visit.history.nodes[0].deviations).toEqual([]);
    expect(JSON.stringify(visit)).not.toContain('独居');
  });

  it('lists by kind, state, station, place, day and person', async () => {
    const { officer, countyChief, station, chief, auxiliary } = people;
    expect(await listed(officer, {})).toEqual(expect.arrayContaining([home, scenic, planned, elsewhere]));
    expect(await listed(officer, { kind: 'SCENIC_AREA' })).toEqual([scenic]);
    expect(await listed(officer, { status: 'PLANNED' })).toEqual([planned]);
    expect(await listed(officer, { divisionCode: '621224112', orgUnitId: station })).toEqual([home]);
    // 16:00 UTC is the next day in Kang.
    expect(await listed(officer, { from: '2022-08-29', to: '2022-08-29' })).toEqual([scenic]);
    expect(await listed(officer, { from: '2022-08-31' })).toEqual([planned]);
    expect(await listed(countyChief, { officerId: auxiliary })).toEqual([home]);
    expect(await listed(countyChief, { officerId: chief })).toEqual([planned]);
    const oldest = await listed(officer, { orgUnitId: station, sort: 'OLDEST_FIRST' });
    expect(oldest).toEqual([scenic, home, planned]);
    expect(await listed(officer, { orgUnitId: station })).toEqual([...oldest].reverse());
  });

  it('is there for the station and for those who go along, for nobody else', async () => {
    const one = 'query Q($id: ID!) { visit(id: $id) { id } }';
    expect(await listed(people.otherOfficer, {})).toEqual([elsewhere]);
    expect((await satchel.ask(people.otherOfficer, one, { id: home })).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    expect((await satchel.read(people.officer, one, { id: elsewhere })).visit.id).toBe(elsewhere);
    expect((await satchel.ask(people.chief, one, { id: elsewhere })).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    expect((await satchel.ask(people.analyst, LIST)).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });

  it('knows from the register who goes, who leads and who holds the backpack', async () => {
    const { officer, auxiliary, admin } = people;
    const visit = { kind: 'VILLAGE', divisionCode: '621224110' };
    expect(await satchel.refused(officer, 'startVisit', { ...visit, officerIds: [newId('officer')] })).toEqual([
      'OFFICER_UNKNOWN',
    ]);
    const strange = { ...visit, officerIds: [officer], auxiliaryIds: [newId('officer')] };
    const { errors } = await satchel.command(officer, 'startVisit', strange);
    expect(errors).toMatchObject([{ code: 'OFFICER_UNKNOWN', path: ['auxiliaryIds'] }]);
    const plan = { ...visit, officerIds: [auxiliary], plannedFor: '2022-09-02' };
    expect(await satchel.refused(officer, 'planVisit', plan)).toEqual(['OFFICER_REQUIRED']);
    const { events } = await satchel.done(officer, 'startVisit', {
      ...visit,
      officerIds: [auxiliary, admin],
      backpackId,
    });
    expect(events[0].deviations.map((deviation: { rule: string }) => deviation.rule)).toEqual([
      'AUXILIARY_ALONE',
      'BACKPACK_NOT_THEIRS',
    ]);
    const asAuxiliary = await satchel.ask(
      auxiliary,
      'mutation M($input: StartVisitInput!) { startVisit(input: $input) { events { id } } }',
      { input: { commandId: crypto.randomUUID(), ...visit, officerIds: [auxiliary] } },
    );
    expect(asAuxiliary.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });

  it('tells a frontend what is allowed now', async () => {
    const { visit } = await satchel.read(
      people.officer,
      'query Q($id: ID!) { visit(id: $id) { allowedCommands { name allowed reasons { code } } } }',
      { id: scenic },
    );
    const of = (name: string) => visit.allowedCommands.find((command: { name: string }) => command.name === name);
    expect(of('holdBriefing').allowed).toBe(true);
    expect(of('verifyResidentInfo').reasons).toEqual([{ code: 'PERSONAL_DATA_ON_SCENIC_VISIT' }]);
    expect(of('startPlannedVisit').reasons).toEqual([{ code: 'VISIT_ALREADY_STARTED' }]);
  });
});
