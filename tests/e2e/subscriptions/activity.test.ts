import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DANANYU, type Doorstep, doorstep } from '../../harness/doorstep.js';
import { LIU } from '../../harness/residents.js';
import { type SampleStation, sampleStation } from '../../harness/sampleStation.js';
import { type Subscriber, subscribe, TRANSPORTS } from '../../harness/subscribers.js';
import { type Anything, newId, TestSatchel } from '../../harness/testSatchel.js';

const ACTIVITY = `subscription Activity($after: Position, $types: [String!], $orgUnitId: ID) {
  activity(after: $after, types: $types, orgUnitId: $orgUnitId) {
    cursor type label(locale: en) occurredAt recordedAt actorRole divisionCode nounType data
    orgUnit { id } noun { id } deviations { rule }
  } }`;

/** When the day of the story began in Asia/Shanghai. */
const DAY = '2022-08-29T16:00:00.000Z';

const typesOf = (payloads: readonly Anything[]): string[] => payloads.map(({ type }) => type);

describe.each(TRANSPORTS)('activity over %s', transport => {
  let satchel: TestSatchel;
  let people: SampleStation;
  let door: Doorstep;
  let visitId: string;
  const open: Subscriber[] = [];

  const follow = async (personId: string, variables: object = {}, query = ACTIVITY): Promise<Subscriber> => {
    const subscriber = await subscribe(satchel, transport, personId, { query, variables: { ...variables } });
    open.push(subscriber);
    return subscriber;
  };
  const startVisit = async (officerId: string, divisionCode: string): Promise<string> => {
    const id = newId('visit');
    await satchel.done(officerId, 'startVisit', { id, kind: 'HOUSEHOLD', officerIds: [officerId], divisionCode });
    return id;
  };
  const head = () => satchel.services.store.head();
  const refusal = async (personId: string, variables: object): Promise<Anything> => {
    const failed = await (await follow(personId, variables)).next(1).then(
      () => undefined,
      (error: Error) => JSON.parse(error.message),
    );
    return failed[0];
  };

  beforeAll(async () => {
    satchel = await TestSatchel.start('2022-08-30T02:00:00Z');
    people = await sampleStation(satchel);
    door = await doorstep(satchel, people);
    visitId = await door.visit();
    await door.do('distributeMaterial', { visitId, topic: 'ANTI_FRAUD', quantity: 30 });
  });
  afterAll(async () => {
    for (const subscriber of open) await subscriber.close();
    await satchel.close();
  });

  it('tells what was done, then what is done, each once and in order', async () => {
    const activity = await follow(people.analyst, { orgUnitId: people.otherStation });
    expect(typesOf(await activity.next(4))).toEqual([
      'BackpackIssued',
      'ResidentRegistered',
      'VisitStarted',
      'MaterialDistributed',
    ]);
    const live = activity.next(2);
    await door.do('giveHukouCover', { visitId, quantity: 2 });
    await door.do('recordNote', { visitId, text: '样例记录' });
    const seen = await live;
    expect(typesOf(seen)).toEqual(['HukouCoverGiven', 'VisitNoteRecorded']);
    expect(seen[0]).toMatchObject({
      label: 'Hukou-book covers given',
      nounType: 'Visit',
      actorRole: 'OFFICER',
      orgUnit: { id: people.otherStation },
      data: { quantity: 2 },
    });
  });

  it('tells an analyst the day and the county, and who works with residents the minute and the township', async () => {
    const seenBy = async (personId: string) => (await (await follow(personId, { types: ['VisitStarted'] })).next(1))[0];
    const at = '2022-08-30T02:00:00.000Z';
    const [day, minute] = [
      { occurredAt: DAY, recordedAt: DAY },
      { occurredAt: at, recordedAt: at },
    ];
    expect(await seenBy(people.analyst)).toMatchObject({ ...day, divisionCode: '621224' });
    expect(await seenBy(people.countyChief)).toMatchObject({ ...minute, divisionCode: DANANYU });
  });

  it('tells an analyst of an appointment on which day it is, and no hour', async () => {
    const plannedFor = '2022-09-02T02:30:00.000Z';
    const [purpose, channel] = ['IDENTITY_CARD', 'IN_PERSON'];
    await door.do('bookAppointment', { id: newId('appointment'), purpose, channel, plannedFor, residentId: door.liu });
    const seenBy = async (personId: string) =>
      (await (await follow(personId, { types: ['AppointmentBooked'] })).next(1))[0].data;
    expect(await seenBy(people.analyst)).toMatchObject({ purpose, plannedFor: '2022-09-01T16:00:00.000Z' });
    expect(await seenBy(door.officer)).toMatchObject({ purpose, plannedFor });
  });

  it('says nobody’s name, number or id to an analyst, and links to nothing that is not for analysts', async () => {
    const activity = await follow(people.analyst);
    const to = await head();
    const seen: Anything[] = [];
    while (seen.at(-1)?.cursor !== to) seen.push(...(await activity.next(1)));
    const text = JSON.stringify(seen.map(({ orgUnit: _, ...rest }) => rest));
    for (const secret of [LIU.name, LIU.number, '样例记录', '所长乙', 'KX-2021-021', people.officer, door.liu, visitId])
      expect(text).not.toContain(secret);
    // Not masked either: a surname, four digits and a village together are a person.
    for (const hint of ['刘', '62***', '001X', '郑湾', '［已封存］', '*']) expect(text).not.toContain(hint);
    const ofType = (wanted: string) => seen.find(({ type }) => type === wanted).data;
    expect(ofType('ResidentRegistered')).toEqual({});
    expect(ofType('VisitNoteRecorded')).toEqual({});
    expect(ofType('MaterialDistributed')).toEqual({ topic: 'ANTI_FRAUD', quantity: 30 });
    expect(seen.every(({ noun, nounType }) => noun === null || nounType === 'OrgUnit')).toBe(true);
  });

  it('shows personal values masked to who works with these people', async () => {
    const activity = await follow(door.officer, { types: ['ResidentRegistered'] });
    expect((await activity.next(1))[0].data).toMatchObject({
      name: '刘某',
      number: '62************001X',
      vulnerabilities: '［已封存］',
    });
  });

  it('is of the own unit and those below, and leads to the noun for whoever may read it', async () => {
    const ofStation = await follow(door.officer, { types: ['VisitStarted'] });
    expect((await ofStation.next(1))[0]).toMatchObject({ noun: { id: visitId }, data: { kind: 'HOUSEHOLD' } });
    const [after, elsewhere] = [await head(), await follow(people.officer, {})];
    const ofCounty = await follow(people.countyChief, { after, types: ['VisitStarted'] });
    const live = ofCounty.next(1);
    const visit = await door.visit();
    expect((await live)[0]).toMatchObject({ noun: { id: visit } });
    const other = await startVisit(people.officer, '621224110');
    // Nothing of the other station came before it.
    expect((await elsewhere.next(1))[0]).toMatchObject({ type: 'VisitStarted', noun: { id: other } });
    expect((await ofCounty.next(1))[0]).toMatchObject({ noun: { id: other } });
  });

  it('goes on behind the cursor that it is given', async () => {
    const all = await (await follow(people.countyChief)).next(10);
    const rest = await (await follow(people.countyChief, { after: all[5].cursor })).next(4);
    expect(rest).toEqual(all.slice(6));
  });

  it('is not for who has no part in it, and a unit out of scope is not there', async () => {
    expect(await refusal(people.admin, {})).toMatchObject({ extensions: { code: 'FORBIDDEN' } });
    for (const orgUnitId of [people.otherStation, people.county, newId('orgunit')])
      expect(await refusal(people.officer, { orgUnitId })).toMatchObject({ extensions: { code: 'NOT_FOUND' } });
  });

  it('refuses a type that is none, and says which there are', async () => {
    const { message, extensions } = await refusal(people.analyst, { types: ['VisitStarted', '刘样本'] });
    expect(message).toMatch(/^Argument "types" names no type of event at 1/);
    expect(extensions).toMatchObject({ code: 'BAD_USER_INPUT', inputPath: ['types', 1] });
    expect(extensions.known).toContain('VisitStarted');
    expect(message).not.toContain('刘样本');
    expect(await refusal(people.analyst, { types: [] })).toMatchObject({ extensions: { inputPath: ['types'] } });
  });

  it.each([
    ['not a position', 'BAD_USER_INPUT', /must be a position that this API gave out/],
    ['99999999999999999999/99999999999999999999', 'BAD_CURSOR|CURSOR_AHEAD', /^Argument "after" is/],
    ['99999999999999999999', 'BAD_CURSOR|CURSOR_AHEAD', /^Argument "after" is/],
  ])('refuses a cursor that is none of its own: %s', async (after, code, message) => {
    const error = await refusal(people.analyst, { after });
    expect(error.extensions.code).toMatch(new RegExp(code));
    expect(error.message).toMatch(message);
  });

  it('ends once the viewer may no longer see the unit', async () => {
    const activity = await follow(door.officer, { after: await head() });
    const heard = activity.next(1);
    await startVisit(door.chief, DANANYU);
    await heard;
    const rest = activity.rest();
    const moved = { officerId: door.officer, orgUnitId: people.station, role: 'OFFICER', post: '民警' };
    await satchel.done(people.admin, 'assignToUnit', moved);
    await startVisit(door.chief, DANANYU);
    expect(await rest).toEqual([]);
  });
});
