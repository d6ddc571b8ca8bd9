import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { beforeTheSession, DAY, doubaSession, tell } from '../../harness/doubaMediation.js';
import { everyFieldOf } from '../../harness/everyField.js';
import type { MediationCase } from '../../harness/mediationCase.js';
import { at } from '../../harness/moments.js';
import { type SampleStation, sampleStation } from '../../harness/sampleStation.js';
import { type Anything, TestSatchel } from '../../harness/testSatchel.js';

/** All that a case answers; its past and its history are asked for by themselves. */
const EVERYTHING = everyFieldOf('Dispute', ['asOf', 'history']);
const HISTORY = 'history(first: 100) { totalCount nodes { type revision stateAfter changes { path before after } } }';
const AS_OF = '$revision: Int, $at: DateTime, $clock: Clock! = RECORDED';

/** Between the first words and the quarrel, while the device has no network. */
const DURING = at(DAY, '10:23');

describe('scenario 1: the Douba mediation, as it was', () => {
  let satchel: TestSatchel;
  let people: SampleStation;
  let held: MediationCase;

  const read = async (query: string, variables: object = {}): Promise<Anything> =>
    (await satchel.read(people.officer, query, { id: held.id, ...variables })).dispute;
  const now = (fields: string) => read(`query Q($id: ID!) { dispute(id: $id) { ${fields} } }`);
  const asOf = async (moment: object, fields: string) =>
    (
      await read(
        `query Q($id: ID!, ${AS_OF}) { dispute(id: $id) {
          asOf(revision: $revision, at: $at, clock: $clock) { ${fields} } } }`,
        moment,
      )
    ).asOf;
  const typesAsOf = async (moment: object): Promise<string[]> => {
    const { history } = await asOf(moment, HISTORY);
    expect(history.totalCount).toBe(history.nodes.length);
    return history.nodes.slice(11).map(({ type }: Anything) => type);
  };

  beforeAll(async () => {
    satchel = await TestSatchel.start();
    people = await sampleStation(satchel);
    held = await beforeTheSession(satchel, people);
    await tell(satchel, held, doubaSession(held));
  });
  afterAll(() => satchel.close());

  it('is, as of its last revision, what it is now, field by field', async () => {
    const present = await now(EVERYTHING);
    expect(present.agreement.agreementNo).toBe('(2022)人调字第 1 号-1');
    expect(await asOf({ revision: present.revision }, EVERYTHING)).toEqual(present);
    const { history } = await now(HISTORY);
    expect((await asOf({ revision: present.revision }, HISTORY)).history).toEqual(history);
  });

  it('is, as of each revision, in the state that the history tells', async () => {
    const { nodes } = (await now(HISTORY)).history;
    for (const { revision, stateAfter } of nodes) {
      const past = await asOf({ revision }, `id revision status ${HISTORY}`);
      expect(past).toMatchObject({
        id: held.id,
        revision,
        // What is being performed is derived; the history tells what events set.
        status: stateAfter === 'AGREED' ? 'PERFORMING' : stateAfter,
      });
      expect(past.history.nodes).toEqual(nodes.slice(0, revision + 1));
    }
  });

  it('is not the same by both clocks while words were said that nobody knew of', async () => {
    const opening = [
      'SessionOpened',
      'LegalProvisionsExplained',
      'DisciplineAnnounced',
      'RecordingNoticeGiven',
      'RecordingStarted',
      'TranscriptDrafted',
    ];
    expect(await typesAsOf({ at: DURING, clock: 'RECORDED' })).toEqual(opening);
    expect(await typesAsOf({ at: DURING })).toEqual(opening);
    // The relative had spoken before the quarrel, though that was recorded behind it.
    expect(await typesAsOf({ at: DURING, clock: 'OCCURRED' })).toEqual([
      ...opening,
      'PartyStatementRecorded',
      'PartyStatementRecorded',
      'PersuasionMade',
    ]);
    const fields =
      'status revision sessions { statements { side content } disorders { kind } persuasions { participantId } }';
    expect(await asOf({ at: DURING, clock: 'RECORDED' }, fields)).toEqual({
      status: 'IN_MEDIATION',
      revision: 16,
      sessions: [{ statements: [], disorders: [], persuasions: [] }],
    });
    expect(await asOf({ at: DURING, clock: 'OCCURRED' }, fields)).toEqual({
      status: 'IN_MEDIATION',
      revision: 21,
      sessions: [
        {
          statements: [
            { side: 'A', content: '样例陈述：雨水流进我家院子' },
            { side: 'B', content: '样例陈述：沟是他家堵的' },
          ],
          disorders: [],
          persuasions: [{ participantId: held.relative }],
        },
      ],
    });
  });

  it('shows what an event changed in what was known by then', async () => {
    const { history } = await asOf({ at: DURING, clock: 'OCCURRED' }, HISTORY);
    const changed = history.nodes.at(-1).changes.map(({ path }: Anything) => path.join('.'));
    expect(changed).toEqual(['sessions.0.persuasions.0']);
  });

  it('takes in what happened at the very moment', async () => {
    expect((await typesAsOf({ at: at(DAY, '10:15'), clock: 'OCCURRED' })).at(-1)).toBe('PartyStatementRecorded');
    expect((await typesAsOf({ at: at(DAY, '10:40'), clock: 'RECORDED' })).at(-1)).toBe('PartyStatementRecorded');
    expect((await typesAsOf({ at: '2022-10-18T10:14:59.999+08:00', clock: 'OCCURRED' })).at(-1)).toBe(
      'TranscriptDrafted',
    );
    expect((await typesAsOf({ at: '2022-10-18T10:39:59.999+08:00', clock: 'RECORDED' })).at(-1)).toBe(
      'TranscriptDrafted',
    );
  });

  it('is at the end the same by both clocks', async () => {
    const present = await now(EVERYTHING);
    for (const clock of ['OCCURRED', 'RECORDED'])
      expect(await asOf({ at: at(DAY, '12:00'), clock }, EVERYTHING)).toEqual(present);
  });

  it('is nothing before it was reported', async () => {
    const dayBefore = at('2022-10-16', '12:00');
    expect(await asOf({ at: dayBefore, clock: 'OCCURRED' }, 'id')).toBeNull();
    expect(await asOf({ at: dayBefore, clock: 'RECORDED' }, 'id')).toBeNull();
    expect(await asOf({ revision: -1 }, 'id')).toBeNull();
  });

  it('is asked for by revision or by moment, not by both and not by neither', async () => {
    for (const moment of ['', 'at: "2022-10-18T10:00:00Z", revision: 3']) {
      const past = moment ? `asOf(${moment})` : 'asOf';
      const answer = await satchel.ask(people.officer, `query Q($id: ID!) { dispute(id: $id) { ${past} { id } } }`, {
        id: held.id,
      });
      expect(answer.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    }
  });

  it('counts what was reported late as late', async () => {
    satchel.clock.set(new Date(at('2022-10-20', '09:00')));
    await held.do('submitEvidence', {
      sessionId: held.sessionId,
      partyId: held.sideB,
      kind: 'PHOTO',
      description: '样例照片：水沟',
      occurredAt: at(DAY, '10:20'),
    });
    const { history } = await now('history(first: 100) { nodes { type deviations { rule } } }');
    expect(history.nodes.at(-1)).toEqual({ type: 'EvidenceSubmitted', deviations: [{ rule: 'LATE_ARRIVAL' }] });
    expect(await typesAsOf({ at: DURING, clock: 'OCCURRED' })).toContain('EvidenceSubmitted');
    expect(await typesAsOf({ at: at('2022-10-19', '00:00'), clock: 'RECORDED' })).not.toContain('EvidenceSubmitted');
  });
});
