import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { closeDatabase, openDatabase, prepareQuery } from '../../../src/database/libsql.js';
import { categoryOf } from '../../../src/kernel/ids.js';
import { FILES } from '../../../src/server/stores.js';
import { caseEvents } from '../../harness/caseEvents.js';
import { type MediationCase, scheduledCase } from '../../harness/mediationCase.js';
import { at } from '../../harness/moments.js';
import type { SampleStation } from '../../harness/sampleStation.js';
import { newId, type TestSatchel } from '../../harness/testSatchel.js';
import { withStation } from '../../harness/withStation.js';
import { leavesNothingBehind, onlyErrorOf, refusalsOf, TELLING } from './refusals.js';

/** Each noun by its query, its list, and what the list may be narrowed to. */
const NOUNS = [
  ['resident', 'residents'],
  ['visit', 'visits'],
  ['need', 'needs'],
  ['certificate', 'certificates'],
  ['errand', 'errands'],
  ['appointment', 'appointments'],
  ['dispute', 'disputes'],
  ['officer', 'officers'],
  ['mediator', 'mediators'],
  ['mediationTeam', 'mediationTeams'],
] as const;
type Noun = (typeof NOUNS)[number][0];

describe('what belongs to another station', () => {
  let satchel: TestSatchel;
  let people: SampleStation;
  let held: MediationCase;
  let ids: Readonly<Record<Noun, string>>;

  withStation(
    opened => {
      ({ satchel, people } = opened);
    },
    at('2022-10-18', '10:00'),
  );
  beforeAll(async () => {
    held = await scheduledCase(satchel, people);
    const visit = newId('visit');
    const need = newId('need');
    const certificate = newId('certificate');
    const errand = newId('errand');
    const appointment = newId('appointment');
    const mediationTeam = newId('team');
    const place = { divisionCode: '621224110' };
    const asOfficer = (command: string, input: object) => satchel.done(people.officer, command, input);
    await asOfficer('startVisit', { id: visit, kind: 'HOUSEHOLD', officerIds: [people.officer], ...place });
    await asOfficer('raiseNeed', {
      id: need,
      category: 'OTHER',
      summary: TELLING,
      originVisitId: visit,
      residentId: held.sideA,
    });
    await asOfficer('takeCertificateApplication', {
      id: certificate,
      certType: 'HUKOU_BOOK',
      reason: 'DAMAGED',
      applicantId: held.sideA,
      ...place,
    });
    await asOfficer('requestErrand', { id: errand, kind: 'HUKOU', residentId: held.sideA, details: TELLING });
    await asOfficer('bookAppointment', {
      id: appointment,
      purpose: 'HUKOU',
      channel: 'PHONE',
      plannedFor: at('2022-10-20', '10:00'),
      residentId: held.sideA,
      details: TELLING,
    });
    await satchel.done(people.chief, 'formTeam', { id: mediationTeam, name: '豆坝调解队', orgUnitId: people.station });
    ids = {
      resident: held.sideA,
      visit,
      need,
      certificate,
      errand,
      appointment,
      dispute: held.id,
      officer: people.officer,
      mediator: held.host,
      mediationTeam,
    };
  });
  leavesNothingBehind(() => satchel);

  const asked = (query: string, id: string, by = people.otherOfficer) => satchel.ask(by, query, { id });

  it.each(NOUNS)('%s: the answer is that of an id that there is not', async noun => {
    const id = ids[noun];
    const missing = newId(categoryOf(id));
    for (const field of [noun, 'node']) {
      const query = `query Q($id: ID!) { ${field}(id: $id) { id } }`;
      expect((await asked(query, id, people.officer)).data?.[field]).toEqual({ id });
      const answer = await asked(query, id);
      expect(onlyErrorOf(answer, id)).toMatchObject({ code: 'NOT_FOUND' });
      expect(answer).toEqual(await asked(query, missing));
      // Nor does what is no id at all come back in the error.
      expect(onlyErrorOf(await asked(query, TELLING), TELLING)).toMatchObject({ code: 'NOT_FOUND' });
    }
  });

  it.each(NOUNS)('%s: %s does not show it, whatever is asked for', async (noun, list) => {
    const shown = async (by: string, filter = '') =>
      JSON.stringify(await satchel.read(by, `{ ${list}${filter} { nodes { id } } }`));
    expect(await shown(people.officer)).toContain(ids[noun]);
    const unit = `(orgUnitId: "${people.station}")`;
    for (const filter of ['', unit]) expect(await shown(people.otherOfficer, filter)).not.toContain(ids[noun]);
  });

  it('the station itself, and what it did', async () => {
    for (const query of [
      'query Q($id: ID!) { orgUnit(id: $id) { name } }',
      'query Q($id: ID!) { totals(asOf: "2022-10-18", orgUnitId: $id) { metrics { quantity } } }',
    ])
      expect(onlyErrorOf(await asked(query, people.station), people.station)).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('a case as it was', async () => {
    const query = 'query Q($id: ID!) { dispute(id: $id) { asOf(at: "2022-10-18T03:00:00Z", clock: RECORDED) { id } } }';
    expect(onlyErrorOf(await asked(query, held.id), held.id)).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('commands', async () => {
    const bad = [
      ['recordNote', { visitId: ids.visit, text: TELLING }],
      ['acceptNeed', { needId: ids.need }],
      ['cancelCertificate', { certificateId: ids.certificate, reason: 'WITHDRAWN' }],
      ['giveConsent', { disputeId: held.id, partyId: held.sideA }],
      ['updateContact', { residentId: held.sideA, village: TELLING }],
    ] as const;
    for (const [command, input] of bad) {
      const [[field, id]] = Object.entries(input) as [[string, string]];
      const errors = await refusalsOf(satchel, { by: people.otherOfficer, command, input, telling: [id] });
      const missing = { ...input, [field]: newId(categoryOf(id)) };
      expect(errors, command).toMatchObject([{ code: 'NOT_FOUND' }]);
      expect(await refusalsOf(satchel, { by: people.otherOfficer, command, input: missing })).toEqual(errors);
    }
  });

  it('subscriptions', async () => {
    for (const id of [held.id, newId('dispute'), TELLING]) {
      const events = await caseEvents(satchel, people.otherOfficer, id);
      const failure = await events.next(1).catch((error: Error) => error.message);
      await events.close();
      expect(failure).toContain('"code":"NOT_FOUND"');
      expect(failure).not.toContain(id);
    }
  });

  it('a case that would be of the other station, for which no key is made either', async () => {
    const id = newId('dispute');
    const input = {
      id,
      source: 'PROACTIVE',
      category: 'LAND',
      title: '山林界线纠纷',
      divisionCode: '621224110',
      orgUnitId: people.station,
      summary: TELLING,
      parties: [{ subjectId: held.sideA, side: 'A' }],
      unknownSides: ['B'],
    };
    const errors = await refusalsOf(satchel, { by: people.otherOfficer, command: 'reportDispute', input });
    expect(errors).toMatchObject([{ code: 'NOT_FOUND' }]);
    let keys: readonly string[] = [];
    await satchel.restart(() => {
      keys = keysIn(join(satchel.directory, FILES.vault));
    });
    expect(keys).toContain(held.id);
    expect(keys).not.toContain(id);
  });
});

/** Whose keys a vault holds; to be asked while nothing else has the file open. */
function keysIn(file: string): readonly string[] {
  const vault = openDatabase(file);
  const rows = prepareQuery<[string]>(vault, 'SELECT key_id FROM keys').all([]);
  closeDatabase(vault);
  return rows.map(([id]) => id);
}

describe('what a role may not do', () => {
  let satchel: TestSatchel;
  let people: SampleStation;

  withStation(opened => {
    ({ satchel, people } = opened);
  });
  leavesNothingBehind(() => satchel);

  it.each([
    ['auditor', 'registerResident', { name: TELLING }],
    ['analyst', 'registerResident', { name: TELLING }],
    ['admin', 'registerResident', { name: TELLING }],
    ['officer', 'registerOfficer', { name: TELLING, orgUnitId: newId('orgunit'), role: 'ADMIN', post: '民警' }],
    ['officer', 'issueBackpack', { officerId: newId('officer'), backpackId: newId('backpack'), serial: TELLING }],
    ['auxiliary', 'acceptDispute', { disputeId: newId('dispute') }],
    ['chief', 'registerOrgUnit', { name: TELLING, level: 'STATION' }],
  ] as const)('%s: %s', async (who, command, input) => {
    const errors = await refusalsOf(satchel, { by: people[who], command, input });
    expect(errors).toEqual([{ code: 'FORBIDDEN', field: '', message: expect.stringContaining(`${command} is for `) }]);
  });

  it.each([
    ['analyst', 'residents'],
    ['analyst', 'disputes'],
    ['analyst', 'certificates'],
    ['admin', 'visits'],
    ['admin', 'needs'],
  ] as const)('%s: %s', async (who, list) => {
    const answer = await satchel.ask(people[who], `{ ${list} { nodes { id } } }`);
    expect(onlyErrorOf(answer)).toMatchObject({
      code: 'FORBIDDEN',
      message: expect.stringContaining(`${list} is for `),
    });
    expect(answer.data ?? null).toBeNull();
  });

  it('a search for a resident by who has no business with residents', async () => {
    const number = '621299194803050011';
    for (const who of ['analyst', 'auditor', 'admin'] as const) {
      const query = 'query Q($number: String!) { findResident(number: $number, purpose: VISIT) { id } }';
      const answer = await satchel.ask(people[who], query, { number });
      expect(onlyErrorOf(answer, number)).toMatchObject({ code: 'FORBIDDEN' });
    }
  });
});
