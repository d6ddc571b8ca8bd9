import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newUuid } from '../../../src/kernel/ids.js';
import { addDays, legalDayOf } from '../../../src/kernel/legalDay.js';
import { checkDigitOf } from '../../../src/kernel/residentNumber.js';
import { type SampleStation, sampleStation } from '../../harness/sampleStation.js';
import { newId, TestSatchel } from '../../harness/testSatchel.js';

const MASKED = 'id name number phone address village divisionCode ageBand isMinor vulnerabilities guardians { name }';
const ONE = `query Q($id: ID!) { resident(id: $id) { ${MASKED} household { householdId relation } orgUnit { name } } }`;

/** A valid number, of no assigned county, of someone born on this day. */
function numberOf(birthDate: string): string {
  const digits = `621299${birthDate.replaceAll('-', '')}011`;
  return digits + checkDigitOf(digits);
}

describe('residents over HTTP', () => {
  // Minors are masked by their age of today.
  const now = new Date();
  const bornOn = addDays(legalDayOf(now), -12 * 365);
  let satchel: TestSatchel;
  let people: SampleStation;
  const elder = newId('resident');
  const child = newId('resident');
  const householdId = newUuid();

  beforeAll(async () => {
    satchel = await TestSatchel.start(now.toISOString());
    people = await sampleStation(satchel);
    const live = { address: '豆坝镇豆坝村三社12号', village: '豆坝村', divisionCode: '621224110', householdId };
    await satchel.done(people.officer, 'registerResident', {
      id: elder,
      name: '刘样本',
      number: '62262518991231001X',
      phone: '13812345678',
      vulnerabilities: ['ELDER'],
      relation: 'HEAD',
      ...live,
    });
    await satchel.done(people.auxiliary, 'registerResident', {
      id: child,
      name: '张样本',
      number: numberOf(bornOn),
      phone: '13912345678',
      guardianIds: [elder],
      relation: 'GRANDCHILD',
      ...live,
    });
  });
  afterAll(() => satchel.close());

  it('shows an elder as the press does', async () => {
    expect((await satchel.read(people.officer, ONE, { id: elder })).resident).toEqual({
      id: elder,
      name: '刘某',
      number: '62************001X',
      phone: '138****5678',
      address: '豆坝镇豆坝村',
      village: '豆坝村',
      divisionCode: '621224110',
      ageBand: 'FROM_60',
      isMinor: false,
      vulnerabilities: ['ELDER'],
      guardians: [],
      household: { householdId, relation: 'HEAD' },
      orgUnit: { name: '豆坝派出所' },
    });
  });

  it('shows nothing of a child', async () => {
    const { resident } = await satchel.read(people.officer, ONE, { id: child });
    expect(resident).toMatchObject({
      name: '***',
      number: '***',
      phone: '***',
      address: '***',
      village: '***',
      ageBand: 'UNDER_14',
      isMinor: true,
      guardians: [],
      household: null,
    });
  });

  it('shows nothing of a child in its history, even of contact alone', async () => {
    await satchel.done(people.officer, 'updateContact', { residentId: child, phone: '13712345678', village: '郑湾村' });
    const { resident } = await satchel.read(
      people.officer,
      'query Q($id: ID!) { resident(id: $id) { history { nodes { type data } } } }',
      { id: child },
    );
    const [registered, , updated] = resident.history.nodes;
    expect(registered.data).toMatchObject({ name: '***', number: '***', address: '***', birthDate: '***' });
    expect(updated).toEqual({
      type: 'ContactUpdated',
      data: { phone: '***', village: '***', birthDate: '***' },
    });
  });

  it('is refused twice under one number, without a word about whom', async () => {
    const payload = await satchel.command(people.otherOfficer, 'registerResident', {
      name: '刘样本',
      number: '62262518991231001x',
    });
    expect(payload.errors).toMatchObject([{ code: 'NUMBER_ALREADY_REGISTERED', path: ['number'] }]);
    expect(JSON.stringify(payload)).not.toContain(elder);
  });

  it('knows guardians from the register', async () => {
    const guardianIds = [newId('resident')];
    expect(await satchel.refused(people.officer, 'nameGuardians', { residentId: child, guardianIds })).toEqual([
      'GUARDIAN_UNKNOWN',
    ]);
    await satchel.done(people.officer, 'nameGuardians', { residentId: child, guardianIds: [elder] });
  });

  it('lists the grown-up of a household, or those of a township, for the station', async () => {
    const list = `query Q($householdId: ID, $divisionCode: String) {
      residents(householdId: $householdId, divisionCode: $divisionCode) { nodes { id name } } }`;
    const { residents } = await satchel.read(people.auxiliary, list, { householdId });
    expect(new Set(residents.nodes.map((node: { id: string }) => node.id))).toEqual(new Set([elder]));
    const of = async (divisionCode: string) =>
      (await satchel.read(people.officer, list, { divisionCode })).residents.nodes.length;
    expect(await of('621224110')).toBe(2);
    expect(await of('621224')).toBe(2);
    expect(await of('621224112')).toBe(0);
    expect((await satchel.read(people.otherOfficer, list, {})).residents.nodes).toEqual([]);
    for (const person of [people.countyChief, people.auditor, people.analyst])
      expect((await satchel.ask(person, list)).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });

  it('is not there for another station, and not for an analyst', async () => {
    expect((await satchel.ask(people.otherOfficer, ONE, { id: elder })).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    expect((await satchel.ask(people.analyst, ONE, { id: elder })).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    expect((await satchel.read(people.auditor, ONE, { id: elder })).resident).toMatchObject({
      name: '刘某',
      vulnerabilities: null,
    });
  });

  it('is restricted by a chief, and then only stored', async () => {
    const input = { residentId: elder, reason: 'REQUESTED' };
    await satchel.done(people.chief, 'restrictProcessing', input);
    expect(await satchel.refused(people.officer, 'updateContact', { residentId: elder, phone: '13812345678' })).toEqual(
      ['PROCESSING_RESTRICTED'],
    );
  });

  it('leaves no personal value in any file', async () => {
    await satchel.stop();
    const personal = ['样本', '62262518991231001', numberOf(bornOn), '13812345678', '13712345678', '豆坝村', '郑湾村'];
    for (const file of readdirSync(satchel.directory)) {
      const bytes = readFileSync(join(satchel.directory, file));
      for (const value of personal) expect(bytes.includes(Buffer.from(value)), `${value} in ${file}`).toBe(false);
    }
  });
});
