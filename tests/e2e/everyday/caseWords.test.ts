import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { caseWithParticipants, type MediationCase, openSession } from '../../harness/mediationCase.js';
import { at } from '../../harness/moments.js';
import { type SampleStation, sampleStation } from '../../harness/sampleStation.js';
import { type Anything, newId, TestSatchel } from '../../harness/testSatchel.js';

const DAY = '2022-10-18';
const STATEMENT = '样例陈述：沟是他家堵的';
const TRANSCRIPT = '样例笔录第一稿';
const SEALED = '［已封存］';
const PARTS = 'summary sessions { place statements { content } transcript { content } }';
const WHOLE = `query Q($id: ID!) { dispute(id: $id) { ${PARTS} asOf(revision: 3) { summary } } }`;
const PAGE = '{ disputes(first: 50) { nodes { id summary } } }';

describe('what was said in a case', () => {
  let satchel: TestSatchel;
  let people: SampleStation;
  let held: MediationCase;

  /** What has been recorded since, as who looked at what, and with how many commands. */
  async function looksSince(count: number) {
    const looks: Anything[] = [];
    for await (const batch of satchel.services.store.readAll({ categories: ['access'] })) looks.push(...batch);
    const since = looks.slice(count);
    return {
      all: looks.length,
      looks: since.map(({ type, actorId, data }) => [type, actorId, data]),
      appends: new Set(since.map(({ commandId }) => commandId)).size,
    };
  }
  const whole = async (personId: string) => (await satchel.read(personId, WHOLE, { id: held.id })).dispute;
  const lookOf = (actorId: string, objectId = held.id) => ['WordsRead', actorId, { objectId }];

  beforeAll(async () => {
    satchel = await TestSatchel.start(at(DAY, '09:00'));
    people = await sampleStation(satchel);
    held = await caseWithParticipants(satchel, people);
    await openSession(held);
    const { sessionId } = held;
    await held.do('recordStatement', { sessionId, partyId: held.sideA, text: STATEMENT });
    await held.do('draftTranscript', { sessionId, content: TRANSCRIPT });
  });
  afterAll(() => satchel.close());

  it('is on record as read before it is shown, once an hour for each reader, however many fields are asked for', async () => {
    const { all } = await looksSince(0);
    for (let times = 0; times < 2; times++) {
      const read = await whole(people.officer);
      expect(read.sessions[0]).toMatchObject({
        place: '豆坝村委会',
        statements: [{ content: STATEMENT }],
        transcript: [{ content: TRANSCRIPT }],
      });
      expect(read.asOf.summary).toBe(read.summary);
    }
    await whole(people.chief);
    expect((await looksSince(all)).looks).toEqual([lookOf(people.officer), lookOf(people.chief)]);
    satchel.clock.set(new Date(at(DAY, '10:00')));
    await whole(people.officer);
    expect((await looksSince(all)).looks).toHaveLength(3);
  });

  it('leaves no record where it stays sealed, or only the state of the case is asked for', async () => {
    const { all } = await looksSince(0);
    satchel.clock.set(new Date(at(DAY, '11:00')));
    for (const personId of [people.countyChief, people.auditor])
      expect((await whole(personId)).sessions[0].statements).toEqual([{ content: SEALED }]);
    await satchel.read(people.officer, '{ disputes(first: 50) { nodes { status title caseNo place village } } }');
    expect((await looksSince(all)).looks).toEqual([]);
  });

  it('is recorded for a page of cases in an append or two, with an event for each', async () => {
    satchel.clock.set(new Date(at(DAY, '12:00')));
    const ids = [held.id];
    for (let other = 0; other < 9; other++) {
      const id = newId('dispute');
      const parties = [{ subjectId: held.sideA, side: 'A' }];
      const rest = { source: 'PARTY_APPLICATION', category: 'NEIGHBOUR', title: '样例纠纷', summary: '样例' };
      const where = { unknownSides: ['B'], divisionCode: '621224110' };
      await satchel.done(people.officer, 'reportDispute', { id, parties, ...rest, ...where });
      ids.push(id);
    }
    const { all } = await looksSince(0);
    expect((await satchel.read(people.officer, PAGE)).disputes.nodes).toHaveLength(10);
    const { looks, appends } = await looksSince(all);
    expect(looks).toHaveLength(ids.length);
    expect(looks).toEqual(expect.arrayContaining(ids.map(id => lookOf(people.officer, id))));
    expect(appends).toBeLessThanOrEqual(2);
  });

  it('is not shown when that cannot be recorded', async () => {
    satchel.clock.set(new Date(at(DAY, '13:00')));
    const { store } = satchel.services;
    const append = store.append.bind(store);
    try {
      Object.assign(store, { append: () => Promise.reject(new Error('the disk is full')) });
      const { data, errors } = await satchel.ask(people.officer, WHOLE, { id: held.id });
      expect(errors?.[0]?.extensions.code).toBe('INTERNAL');
      expect(JSON.stringify(data)).not.toContain(STATEMENT);
    } finally {
      Object.assign(store, { append });
    }
    expect((await whole(people.officer)).sessions[0].statements).toEqual([{ content: STATEMENT }]);
  });
});
