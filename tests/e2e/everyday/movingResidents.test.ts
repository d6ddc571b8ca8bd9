import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newUuid } from '../../../src/kernel/ids.js';
import { at } from '../../harness/moments.js';
import { numberOf, registerResident } from '../../harness/residents.js';
import { registerOfficer, type SampleStation, sampleStation } from '../../harness/sampleStation.js';
import { newId, TestSatchel } from '../../harness/testSatchel.js';

const NUMBER = numberOf('1990-01-01', 3);
const FIND = 'query Q($number: String!) { findResident(number: $number, purpose: MEDIATION) { id name } }';
const SEEN = `query Q($id: ID!) { resident(id: $id) { divisionCode orgUnit { id } history { nodes { type data } }
  allowedCommands { name allowed } } }`;

describe('a resident of another station', () => {
  let satchel: TestSatchel;
  let people: SampleStation;
  let bride: string;

  const codeFor = async (personId: string, residentId: string) =>
    (await satchel.ask(personId, SEEN, { id: residentId })).errors?.[0]?.extensions.code;
  const takeOver = (by: string, input: object) =>
    satchel.refused(by, 'takeOverResident', { residentId: bride, ...input });

  beforeAll(async () => {
    satchel = await TestSatchel.start(at('2022-10-18', '10:00'));
    people = await sampleStation(satchel);
    bride = await registerResident(satchel, people.otherOfficer, { name: '王样本', number: NUMBER });
  });
  afterAll(() => satchel.close());

  it('is found by number, and becomes a party of a case here', async () => {
    const { findResident } = await satchel.read(people.officer, FIND, { number: NUMBER });
    expect(findResident).toEqual({ id: bride, name: '王某' });
    const neighbour = await registerResident(satchel, people.officer, {
      name: '陈样本',
      number: numberOf('1980-02-02', 1),
    });
    const id = newId('dispute');
    await satchel.done(people.officer, 'reportDispute', {
      id,
      source: 'PARTY_APPLICATION',
      category: 'NEIGHBOUR',
      title: '边界纠纷',
      divisionCode: '621224110',
      parties: [
        { subjectId: neighbour, side: 'A' },
        { subjectId: bride, side: 'B' },
      ],
    });
    const query = 'query Q($id: ID!) { dispute(id: $id) { parties { name resident { id } } } }';
    expect((await satchel.read(people.officer, query, { id })).dispute.parties).toEqual([
      { name: '陈某', resident: { id: neighbour } },
      { name: '王某', resident: null },
    ]);
  });

  it('is taken over by who has the number before them, and by nobody else', async () => {
    expect(await takeOver(people.officer, { number: numberOf('1980-02-02', 1) })).toEqual(['NUMBER_OF_ANOTHER']);
    expect(await takeOver(people.officer, { number: '621299199001010034' })).toEqual(['NUMBER_CHECK_DIGIT']);
    expect(await takeOver(people.otherOfficer, { number: NUMBER })).toEqual(['ALREADY_OF_STATION']);
    const atCounty = await registerOfficer(satchel, people, {
      name: '民警丙',
      orgUnitId: people.county,
      role: 'OFFICER',
    });
    expect(await takeOver(atCounty, { number: NUMBER })).toEqual(['NOT_A_STATION']);
    for (const by of [people.auxiliary, people.auditor, people.admin]) {
      const query =
        'mutation Do($input: TakeOverResidentInput!) { takeOverResident(input: $input) { errors { code } } }';
      const input = { commandId: newUuid(), residentId: bride, number: NUMBER };
      expect((await satchel.ask(by, query, { input })).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    }
    expect(await codeFor(people.officer, bride)).toBe('NOT_FOUND');

    const { resident } = await satchel.done(
      people.officer,
      'takeOverResident',
      { residentId: bride, number: NUMBER, divisionCode: '621224110' },
      'resident { id orgUnit { id } }',
    );
    expect(resident).toEqual({ id: bride, orgUnit: { id: people.station } });
    expect((await satchel.read(people.officer, SEEN, { id: bride })).resident).toMatchObject({
      divisionCode: '621224110',
      orgUnit: { id: people.station },
      history: {
        nodes: [
          { type: 'ResidentRegistered' },
          { type: 'ResidentMoved', data: { fromUnitId: people.otherStation, toUnitId: people.station } },
        ],
      },
    });
    expect(await codeFor(people.otherOfficer, bride)).toBe('NOT_FOUND');
  });

  it('is listed where it belongs, and is served there', async () => {
    const list = async (by: string) =>
      (await satchel.read(by, '{ residents { nodes { id } } }')).residents.nodes.map(({ id }: { id: string }) => id);
    expect(await list(people.officer)).toContain(bride);
    expect(await list(people.otherOfficer)).not.toContain(bride);
    const asked = { kind: 'HUKOU', residentId: bride, details: '迁入手续' };
    await satchel.done(people.officer, 'requestErrand', asked);
  });

  it('moves back at the hand of its station, to a station alone', async () => {
    const move = (toUnitId: string) => ({ residentId: bride, toUnitId });
    expect(await satchel.refused(people.officer, 'moveResident', move(people.county))).toEqual(['NOT_A_STATION']);
    expect(await satchel.refused(people.officer, 'moveResident', move(newId('orgunit')))).toEqual(['UNIT_UNKNOWN']);
    expect(await satchel.refused(people.officer, 'moveResident', move(people.station))).toEqual(['ALREADY_OF_STATION']);
    const payload = await satchel.done(people.officer, 'moveResident', move(people.otherStation), 'resident { id }');
    // Done, and no longer theirs to see.
    expect(payload).toMatchObject({ resident: null, events: [], errors: [] });
    expect(await codeFor(people.officer, bride)).toBe('NOT_FOUND');
    expect((await satchel.read(people.otherOfficer, SEEN, { id: bride })).resident.orgUnit).toEqual({
      id: people.otherStation,
    });
  });
});
