import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Doorstep, doorstep } from '../../harness/doorstep.js';
import { at } from '../../harness/moments.js';
import { type SampleStation, sampleStation } from '../../harness/sampleStation.js';
import { type Anything, newId, TestSatchel } from '../../harness/testSatchel.js';

const SEALED = '［已封存］';
const SUMMARY = '样例诉求：路灯不亮';
const MEASURE = '样例对策：请电工来看';
const NOTE = '样例记录：老人身体尚可';
const OF_NOBODY = '样例记录：桥头有落石';
const ERRAND = '样例捎办：代缴医保';
const BOOKING = '样例预约：换领身份证';

const NEED = 'query Q($id: ID!) { need(id: $id) { summary measure } }';
const VISIT = 'query Q($id: ID!) { visit(id: $id) { notes noteTexts { at text subject { id } } } }';
const DETAILS = 'query Q($id: ID!) { errand(id: $id) { details } }';
const BOOKED = 'query Q($id: ID!) { appointment(id: $id) { details } }';

describe('words that are written down, and sealed', () => {
  let satchel: TestSatchel;
  let people: SampleStation;
  let door: Doorstep;
  let ids: Readonly<Record<'need' | 'visit' | 'errand' | 'appointment', string>>;

  const read = async (personId: string, query: string, id: string) =>
    Object.values(await satchel.read(personId, query, { id }))[0] as Anything;
  /** Who read which words, as recorded so far. */
  async function looks(): Promise<readonly string[]> {
    const told: string[] = [];
    for await (const batch of satchel.services.store.readAll({ categories: ['access'] }))
      for (const { type, actorId, data } of batch) {
        const { objectId, subjectId } = data as Anything;
        expect(type).toBe('WordsRead');
        told.push(`${objectId} of ${subjectId} by ${actorId}`);
      }
    return told;
  }

  beforeAll(async () => {
    satchel = await TestSatchel.start(at('2022-08-30', '09:00'));
    people = await sampleStation(satchel);
    door = await doorstep(satchel, people);
    const visit = await door.visit();
    const [need, errand, appointment] = [newId('need'), newId('errand'), newId('appointment')];
    const who = { residentId: door.liu };
    await door.do('raiseNeed', { id: need, category: 'OTHER', summary: SUMMARY, originVisitId: visit, ...who });
    await door.do('recordNote', { visitId: visit, text: NOTE, subjectId: door.liu });
    await door.do('recordNote', { visitId: visit, text: OF_NOBODY });
    await door.do('requestErrand', { id: errand, kind: 'OTHER', details: ERRAND, originVisitId: visit, ...who });
    await door.do('bookAppointment', {
      id: appointment,
      purpose: 'IDENTITY_CARD',
      channel: 'IN_PERSON',
      place: 'STATION',
      plannedFor: at('2022-09-02', '10:00'),
      details: BOOKING,
      ...who,
    });
    ids = { need, visit, errand, appointment };
  });
  afterAll(() => satchel.close());

  it('are read by who serves at the station: an officer sees what the need is that is to be accepted', async () => {
    const { need } = await door.do('acceptNeed', { needId: ids.need }, 'need { summary measure }');
    expect(need).toEqual({ summary: SUMMARY, measure: null });
    await door.do('planResponse', { needId: ids.need, measure: MEASURE, plannedFor: '2022-09-05' });
    for (const personId of [door.officer, door.chief]) {
      expect(await read(personId, NEED, ids.need)).toEqual({ summary: SUMMARY, measure: MEASURE });
      const when = at('2022-08-30', '09:00');
      expect(await read(personId, VISIT, ids.visit)).toEqual({
        notes: 2,
        noteTexts: [
          { at: when, text: NOTE, subject: { id: door.liu } },
          { at: when, text: OF_NOBODY, subject: null },
        ],
      });
      expect(await read(personId, DETAILS, ids.errand)).toEqual({ details: ERRAND });
      expect(await read(personId, BOOKED, ids.appointment)).toEqual({ details: BOOKING });
    }
  });

  it('stay sealed for who only looks after the work of others', async () => {
    const before = await looks();
    for (const personId of [people.countyChief, people.auditor]) {
      expect(await read(personId, NEED, ids.need)).toEqual({ summary: SEALED, measure: SEALED });
      expect(await read(personId, VISIT, ids.visit)).toMatchObject({
        notes: 2,
        noteTexts: [{ text: SEALED }, { text: SEALED }],
      });
      expect(await read(personId, DETAILS, ids.errand)).toEqual({ details: SEALED });
      expect(await read(personId, BOOKED, ids.appointment)).toEqual({ details: SEALED });
    }
    const elsewhere = await satchel.ask(people.officer, NEED, { id: ids.need });
    expect(elsewhere.errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    expect(await looks()).toEqual(before);
  });

  it('are read by an officer of another station who went along, and only those of the visit', async () => {
    const visit = newId('visit');
    await door.do('startVisit', {
      id: visit,
      kind: 'VILLAGE',
      officerIds: [door.officer, people.officer],
      divisionCode: '621224112',
    });
    await door.do('recordNote', { visitId: visit, text: OF_NOBODY });
    expect((await read(people.officer, VISIT, visit)).noteTexts).toMatchObject([{ text: OF_NOBODY }]);
    const other = await satchel.ask(people.officer, VISIT, { id: ids.visit });
    expect(other.errors?.[0]?.extensions.code).toBe('NOT_FOUND');
  });

  it('are on record as read, once an hour for each reader and noun', async () => {
    satchel.clock.set(new Date(at('2022-09-01', '10:00')));
    const before = await looks();
    await Promise.all([read(door.officer, NEED, ids.need), read(door.officer, NEED, ids.need)]);
    await read(door.officer, VISIT, ids.visit);
    await read(door.chief, NEED, ids.need);
    const of = (id: string, subject: string | undefined, reader: string) => `${id} of ${subject} by ${reader}`;
    const expected = [
      of(ids.need, door.liu, door.officer),
      of(ids.visit, door.liu, door.officer),
      of(ids.visit, undefined, door.officer),
      of(ids.need, door.liu, door.chief),
    ];
    expect((await looks()).slice(before.length).toSorted()).toEqual(expected.toSorted());
    satchel.clock.set(new Date(at('2022-09-01', '11:00')));
    await read(door.officer, 'query Q($id: ID!) { need(id: $id) { status category } }', ids.need);
    expect(await looks()).toHaveLength(before.length + 4);
    await read(door.officer, NEED, ids.need);
    expect((await looks()).at(-1)).toBe(of(ids.need, door.liu, door.officer));
    expect(await looks()).toHaveLength(before.length + 5);
  });

  it('are not shown when that cannot be recorded', async () => {
    satchel.clock.set(new Date(at('2022-09-01', '12:00')));
    const { store } = satchel.services;
    const append = store.append.bind(store);
    try {
      Object.assign(store, { append: () => Promise.reject(new Error('the disk is full')) });
      const { data, errors } = await satchel.ask(door.officer, NEED, { id: ids.need });
      expect(errors?.[0]?.extensions.code).toBe('INTERNAL');
      expect(JSON.stringify(data)).not.toContain(SUMMARY);
    } finally {
      Object.assign(store, { append });
    }
    expect(await read(door.officer, NEED, ids.need)).toEqual({ summary: SUMMARY, measure: MEASURE });
  });
});
