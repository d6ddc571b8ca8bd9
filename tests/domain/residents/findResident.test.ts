import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Append } from '../../../src/eventstore/port.js';
import { categoryOf } from '../../../src/kernel/ids.js';
import { type SampleStation, sampleStation } from '../../harness/sampleStation.js';
import { newId, TestSatchel } from '../../harness/testSatchel.js';

const NUMBER = '62129919520229007X';
const NOBODYS = '621299199001010033';
const FIND = `query Find($number: String!, $purpose: SearchPurpose!) {
  findResident(number: $number, purpose: $purpose) { id name number phone address isMinor vulnerabilities } }`;

interface Search {
  readonly streamId: string;
  readonly revision: number;
  readonly actorId: string;
  readonly subjectIds: readonly string[];
  readonly data: Readonly<Record<string, unknown>>;
}

describe('finding a resident by number', () => {
  let satchel: TestSatchel;
  let people: SampleStation;
  const elder = newId('resident');

  /** What the access records hold, in order. */
  const searches = async (): Promise<readonly Search[]> => {
    const found: Search[] = [];
    for await (const batch of satchel.services.store.readAll({ categories: ['access'] }))
      found.push(...(batch as unknown as readonly Search[]));
    return found;
  };
  const find = (personId: string, number: string, purpose = 'CERTIFICATE') =>
    satchel.ask(personId, FIND, { number, purpose });

  beforeAll(async () => {
    satchel = await TestSatchel.start('2022-08-30T01:00:00Z');
    people = await sampleStation(satchel);
    await satchel.done(people.officer, 'registerResident', {
      id: elder,
      name: '刘样本',
      number: NUMBER,
      phone: '13812345678',
      address: '大南峪镇郑湾村三社12号',
      divisionCode: '621224112',
      vulnerabilities: ['ELDER', 'DISABLED'],
    });
  });
  afterAll(() => satchel.close());

  it('answers masked, and records who looked for whom and why', async () => {
    const { data } = await find(people.officer, '６２１２９９１９５２０２２９００７x');
    expect(data.findResident).toEqual({
      id: elder,
      name: '刘某',
      number: '62************007X',
      phone: '138****5678',
      address: '大南峪镇郑湾村',
      isMinor: false,
      vulnerabilities: ['ELDER', 'DISABLED'],
    });
    expect((await searches()).at(-1)).toMatchObject({
      actorId: people.officer,
      subjectIds: [elder],
      data: { purpose: 'CERTIFICATE', found: true, shown: true, subjectId: elder },
    });
  });

  it('records a search that finds nobody', async () => {
    expect((await find(people.officer, NOBODYS, 'NEED')).data).toEqual({ findResident: null });
    expect((await searches()).at(-1)?.data).toEqual({ purpose: 'NEED', found: false, shown: false });
  });

  it('answers another station masked too, without history, care and relatives, and is recorded', async () => {
    const { data } = await find(people.otherOfficer, NUMBER);
    expect(data.findResident).toEqual({
      id: elder,
      name: '刘某',
      number: '62************007X',
      phone: '138****5678',
      address: '大南峪镇郑湾村',
      isMinor: false,
      vulnerabilities: null,
    });
    expect((await searches()).at(-1)).toMatchObject({
      actorId: people.otherOfficer,
      data: { found: true, shown: true, subjectId: elder },
    });
    const more = `{ findResident(number: "${NUMBER}", purpose: MEDIATION) { history { totalCount } guardians { id }
      household { householdId } orgUnit { name } allowedCommands { name allowed } } }`;
    const { findResident } = await satchel.read(people.otherOfficer, more);
    expect(findResident).toMatchObject({
      history: { totalCount: 0 },
      guardians: [],
      household: null,
      orgUnit: { name: '豆坝派出所' },
    });
    const allowed = findResident.allowedCommands.filter((command: { allowed: boolean }) => command.allowed);
    expect(allowed).toEqual([{ name: 'takeOverResident', allowed: true }]);
  });

  it('is no other way to a resident: by id there is nobody', async () => {
    const byId = await satchel.ask(people.otherOfficer, 'query Q($id: ID!) { resident(id: $id) { id } }', {
      id: elder,
    });
    expect(byId.errors?.[0]?.extensions.code).toBe('NOT_FOUND');
  });

  it('is recorded where a registration tells that a number is taken, and tells nothing where it is refused anyway', async () => {
    const register = (input: object) =>
      satchel.command(people.otherOfficer, 'registerResident', { name: '刘样本', number: NUMBER, ...input });
    const before = await searches();
    for (const [input, code] of [
      [{ phone: '1' }, 'PHONE_INVALID'],
      [{ divisionCode: '621224999' }, 'DIVISION_UNKNOWN'],
      [{ guardianIds: [newId('resident')] }, 'GUARDIAN_UNKNOWN'],
      [{ relation: 'HEAD' }, 'HOUSEHOLD_REQUIRED'],
      [{ birthDate: '1950-01-01' }, 'BIRTH_DATE_CONTRADICTS_NUMBER'],
    ] as const) {
      const { errors } = await register(input);
      expect(errors.map((error: { code: string }) => error.code)).toEqual([code]);
    }
    expect(await searches()).toHaveLength(before.length);

    const { errors } = await register({});
    expect(errors).toMatchObject([
      { code: 'NUMBER_ALREADY_REGISTERED', message: expect.stringContaining('findResident') },
    ]);
    expect((await searches()).slice(before.length)).toMatchObject([
      {
        actorId: people.otherOfficer,
        subjectIds: [elder],
        data: { purpose: 'REGISTRATION', found: true, shown: false, subjectId: elder },
      },
    ]);
  });

  it('shows the county chief the resident, but not why the resident needs care', async () => {
    const { data } = await find(people.countyChief, NUMBER);
    expect(data.findResident).toMatchObject({ id: elder, vulnerabilities: null });
  });

  it.each([
    ['621299195202290079', 'NUMBER_CHECK_DIGIT'],
    ['621299194902290018', 'NUMBER_NOT_A_DATE'],
    ['62129919520229007', 'NUMBER_LENGTH'],
    ['62129919520229007Y', 'NUMBER_CHARACTERS'],
  ])('names the rule that %s breaks, not the number', async (number, rule) => {
    const before = (await searches()).length;
    const { errors } = await find(people.officer, number);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'number', rule });
    expect(JSON.stringify(errors)).not.toContain(number);
    expect(await searches()).toHaveLength(before);
  });

  it('is not for analysts, auditors or administrators', async () => {
    for (const person of [people.analyst, people.auditor, people.admin])
      expect((await find(person, NUMBER)).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });

  it('records every search of one request, in one stream, without a gap', async () => {
    const before = await searches();
    const query = `{ ${Array.from({ length: 5 }, (_, i) => `s${i}: findResident(number: "${NUMBER}", purpose: VISIT) { id }`).join(' ')} }`;
    await satchel.read(people.officer, query);
    const after = await searches();
    expect(after).toHaveLength(before.length + 5);
    expect(new Set(after.map(search => search.streamId)).size).toBe(1);
    expect(after.map(search => search.revision)).toEqual(after.map((_, revision) => revision));
    expect(after.every(search => categoryOf(search.streamId) === 'access')).toBe(true);
  });

  it('begins another stream on another day', async () => {
    const before = await searches();
    satchel.clock.set(new Date('2022-08-30T16:00:00Z'));
    await find(people.officer, NUMBER);
    const after = await searches();
    expect(after.at(-1)?.streamId).not.toBe(before.at(-1)?.streamId);
    expect(after.at(-1)?.revision).toBe(0);
    satchel.clock.set(new Date('2022-08-30T15:00:00Z'));
    await find(people.officer, NUMBER);
    expect((await searches()).at(-1)).toMatchObject({
      streamId: before.at(-1)?.streamId,
      revision: before.length,
    });
  });

  it.each([
    ['was not written', () => Promise.reject(new Error('the disk is full'))],
    [
      'was written, though it seemed not to be',
      (write: () => Promise<unknown>) => write().then(() => Promise.reject(new Error('timeout'))),
    ],
  ])('gives no answer when the record %s, and goes on recording', async (_what, failing) => {
    const { store } = satchel.services;
    const append = store.append.bind(store);
    try {
      Object.assign(store, { append: (events: Append) => failing(() => append(events)) });
      const answer = await find(people.officer, NUMBER);
      expect(answer.errors?.[0]?.extensions.code).toBe('INTERNAL');
      expect(answer.data?.findResident ?? null).toBeNull();
    } finally {
      Object.assign(store, { append });
    }
    const before = await searches();
    expect((await find(people.officer, NUMBER)).data.findResident).toMatchObject({ id: elder });
    expect(await searches()).toHaveLength(before.length + 1);
  });
});
