import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DANANYU, type Doorstep, doorstep, produce, SIGNED, takeApplication } from '../../harness/doorstep.js';
import { type MediationCase, scheduledCase } from '../../harness/mediationCase.js';
import { at } from '../../harness/moments.js';
import { registerOfficer, type SampleStation, sampleStation } from '../../harness/sampleStation.js';
import { type Anything, newId, TestSatchel } from '../../harness/testSatchel.js';

const LISTS = [
  'visits',
  'appointments',
  'sessions',
  'needs',
  'certificates',
  'errands',
  'dueCertificates',
  'dueMediations',
  'followUps',
] as const;

const MY_DAY = `query Q($date: Date) { myDay(date: $date) { date ${LISTS.map(list => `${list} { nodes { id } }`).join(' ')} } }`;

const NOTHING = Object.fromEntries(LISTS.map(list => [list, [] as string[]]));

describe('my day', () => {
  let satchel: TestSatchel;
  let people: SampleStation;
  let door: Doorstep;
  let held: MediationCase;
  let colleague: string;
  let ofCounty: string;
  const elder = newId('mediator');

  const on = (day: string, time = '09:00') => satchel.clock.set(new Date(at(day, time)));
  const day = async (personId: string, date?: string): Promise<Readonly<Record<string, readonly string[]>>> => {
    const { myDay } = await satchel.read(personId, MY_DAY, { date });
    return Object.fromEntries(LISTS.map(list => [list, myDay[list].nodes.map(({ id }: Anything) => id)]));
  };
  const codeOf = async (personId: string, variables: object = {}) =>
    (await satchel.ask(personId, MY_DAY, { ...variables })).errors?.[0]?.extensions;
  const appointment = async (plannedFor: string): Promise<string> => {
    const id = newId('appointment');
    const what = { purpose: 'HUKOU', channel: 'PHONE', plannedFor, residentId: door.liu };
    await door.do('bookAppointment', { id, ...what });
    return id;
  };
  const errand = async (): Promise<string> => {
    const id = newId('errand');
    await door.do('requestErrand', { id, kind: 'PROOF', residentId: door.liu });
    await door.do('acceptErrand', { errandId: id });
    return id;
  };

  beforeAll(async () => {
    satchel = await TestSatchel.start(at('2022-10-10', '09:00'));
    people = await sampleStation(satchel);
    door = await doorstep(satchel, people);
    const { otherStation: orgUnitId } = people;
    colleague = await registerOfficer(satchel, people, { name: '民警丙', orgUnitId, role: 'OFFICER' });
    ofCounty = await registerOfficer(satchel, people, { name: '民警丁', orgUnitId: people.county, role: 'OFFICER' });
    held = await scheduledCase(satchel, people);
    const unit = { orgUnitId: people.station, category: 'VILLAGE_WORTHY', adult: true };
    await satchel.done(people.chief, 'appointMediator', { id: elder, name: '村民甲', ...unit });
    await held.do('assignMediator', { mediatorId: elder });
  });
  afterAll(() => satchel.close());

  it('has the appointments that one keeps on the day, and those that nobody has confirmed', async () => {
    const [late, early, other] = [
      await appointment(at('2022-10-12', '15:00')),
      await appointment(at('2022-10-12', '00:10')),
      await appointment(at('2022-10-13', '00:00')),
    ];
    expect((await day(door.officer, '2022-10-12')).appointments).toEqual([early, late]);
    await door.do('confirmAppointment', { appointmentId: late });
    expect((await day(door.officer, '2022-10-12')).appointments).toEqual([early, late]);
    expect((await day(colleague, '2022-10-12')).appointments).toEqual([early]);
    expect((await day(colleague, '2022-10-13')).appointments).toEqual([other]);
    expect((await day(people.officer, '2022-10-12')).appointments).toEqual([]);
    // Whoever is of the county sees all stations, and is at none of them.
    expect((await day(ofCounty, '2022-10-12')).appointments).toEqual([]);
    await door.do('cancelAppointment', { appointmentId: early, reason: 'OTHER' });
    expect((await day(door.officer, '2022-10-12')).appointments).toEqual([late]);
  });

  it('has the needs that one answers for and the errands in hand, until they are done', async () => {
    const need = newId('need');
    await door.do('raiseNeed', { id: need, category: 'OTHER', summary: '样例', originVisitId: await door.visit() });
    expect((await day(door.officer)).needs).toEqual([]);
    await door.do('acceptNeed', { needId: need });
    const [first, second] = [await errand(), await errand()];
    await door.do('completeErrand', { errandId: second, count: 1 });
    const mine = await day(door.officer);
    expect([mine.needs, mine.errands?.toSorted()]).toEqual([[need], [first, second].sort()]);
    await door.do('returnResult', { errandId: second });
    await door.do('declareUnresolvable', { needId: need, reason: 'WITHDRAWN' });
    expect(await day(door.officer)).toMatchObject({ needs: [], errands: [first] });
    expect(await day(colleague)).toMatchObject({ needs: [], errands: [] });
  });

  it('has the certificates in custody, and those of the station that are due', async () => {
    const card = await takeApplication(door, { reason: 'LOST' });
    await door.do('submitApplication', { certificateId: card });
    await produce(door, card);
    expect(await day(door.officer)).toMatchObject({ certificates: [], dueCertificates: [] });
    await door.do('loadIntoBackpack', { certificateId: card });
    expect((await day(door.officer)).certificates).toEqual([card]);
    expect((await day(colleague)).certificates).toEqual([]);
    // 60 days from the form.
    expect((await day(colleague, '2022-12-08')).dueCertificates).toEqual([]);
    expect((await day(colleague, '2022-12-09')).dueCertificates).toEqual([card]);
    expect((await day(people.officer, '2022-12-09')).dueCertificates).toEqual([]);
    await door.do('deliverCertificate', { certificateId: card, visitId: await door.visit(), ...SIGNED });
    expect(await day(door.officer, '2022-12-09')).toMatchObject({ certificates: [], dueCertificates: [] });
  });

  it('has the visits of the day, for the auxiliary too', async () => {
    const id = newId('visit');
    await satchel.done(people.officer, 'planVisit', {
      id,
      kind: 'VILLAGE',
      officerIds: [people.officer],
      auxiliaryIds: [people.auxiliary],
      divisionCode: DANANYU,
      plannedFor: '2022-10-20',
    });
    for (const personId of [people.officer, people.auxiliary])
      expect((await day(personId, '2022-10-20')).visits).toEqual([id]);
    expect((await day(people.officer, '2022-10-21')).visits).toEqual([]);
    expect((await day(people.chief, '2022-10-20')).visits).toEqual([]);
  });

  it('has sessions, ends of periods and follow-ups of the cases that one mediates, as officer or as mediator', async () => {
    on('2022-10-11');
    for (const personId of [people.officer, elder]) {
      expect(await day(personId, '2022-10-18')).toEqual({ ...NOTHING, sessions: [held.id] });
      expect(await day(personId, '2022-10-17')).toEqual(NOTHING);
      expect(await day(personId, '2022-11-09')).toEqual(NOTHING);
      expect(await day(personId, '2022-11-10')).toEqual({ ...NOTHING, dueMediations: [held.id] });
    }
    expect(await day(people.chief, '2022-10-18')).toEqual(NOTHING);
    await held.do('terminateMediation', { reason: 'NO_AGREEMENT' });
    await held.do('scheduleFollowUp', { dueDate: '2022-11-20' });
    for (const personId of [people.officer, elder]) {
      expect(await day(personId, '2022-11-19')).toEqual(NOTHING);
      expect(await day(personId, '2022-11-20')).toEqual({ ...NOTHING, followUps: [held.id] });
    }
  });

  it('is today, if no day is named, and is read page by page', async () => {
    on('2022-10-12');
    expect((await satchel.read(door.officer, '{ myDay { date } }')).myDay).toEqual({ date: '2022-10-12' });
    await errand();
    const query = `query Q($date: Date, $after: String) { myDay(date: $date) {
      errands(first: 1, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } } }`;
    const page = async (variables: object): Promise<Anything> =>
      (await satchel.read(door.officer, query, { ...variables })).myDay.errands;
    const first = await page({ after: null });
    const second = await page({ after: first.pageInfo.endCursor });
    expect([...first.nodes, ...second.nodes].map(({ id }: Anything) => id)).toEqual((await day(door.officer)).errands);
    expect([first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([true, false]);
    const otherDay = await satchel.ask(door.officer, query, { date: '2022-10-13', after: first.pageInfo.endCursor });
    expect(otherDay.errors?.[0]?.extensions.code).toBe('BAD_CURSOR');
  });

  it('is for who serves at a station and for mediators, and not for a day far off', async () => {
    for (const personId of [people.analyst, people.auditor, people.countyChief, people.admin])
      expect(await codeOf(personId)).toMatchObject({ code: 'FORBIDDEN' });
    expect(await codeOf(door.officer, { date: '2023-10-12' })).toBeUndefined();
    for (const date of ['2023-10-13', '9999-12-31'])
      expect(await codeOf(door.officer, { date })).toMatchObject({ code: 'BAD_USER_INPUT', rule: 'FAR_FUTURE' });
    expect(await codeOf(door.officer, { date: '2022-02-29' })).toMatchObject({ code: 'BAD_USER_INPUT' });
  });
});
