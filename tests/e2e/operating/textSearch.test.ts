import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { lensOf } from '../../../src/access/vault/sealFields.js';
import { locationsOf } from '../../../src/cli/locations.js';
import { disputeView } from '../../../src/mediation/views.js';
import { readTextIndex } from '../../../src/projections/checkpoints.js';
import { digestOf } from '../../../src/projections/digest.js';
import { rebuildBeside } from '../../../src/projections/rebuild/rebuild.js';
import { dropOld } from '../../../src/projections/rebuild/switchTables.js';
import { emptyView } from '../../../src/projections/tables.js';
import { loadSampleCounty, sampleCounty } from '../../../src/sample/index.js';
import { views } from '../../../src/server/registry.js';
import { openReadModel } from '../../../src/server/stores.js';
import { numberOf, registerResident } from '../../harness/residents.js';
import { type SampleStation, sampleStation } from '../../harness/sampleStation.js';
import { newId, TestSatchel } from '../../harness/testSatchel.js';

const FROM_ROWS = 20;
const chief = sampleCounty.people.find(({ role }) => role === 'COUNTY_CHIEF')?.id ?? '';

const LIST = `query Found($text: String!, $after: String, $sort: DisputeSort!) {
  disputes(text: $text, first: 7, after: $after, sort: $sort) { nodes { id } pageInfo { hasNextPage endCursor } } }`;

/** As people type them: two characters, a part of a number, one character, what is a sign to a database, what is not there. */
const TEXTS = ['纠纷', '邻里', '豆坝', '人调', '第 1', '调', 'neighbour', ' NEIGH ', '%', '纷_', '50%', '\\', '无此'];

describe('a text search of a list that has grown large', () => {
  let satchel: TestSatchel;
  let people: SampleStation;
  let sideA: string;

  beforeAll(async () => {
    satchel = await TestSatchel.start(undefined, {}, { textIndexes: { fromRows: FROM_ROWS, lookEveryMs: 0 } });
    people = await sampleStation(satchel);
    sideA = await registerResident(satchel, people.officer, { name: '甲样本', number: numberOf('1960-03-04', 1) });
  }, 60_000);
  afterAll(() => satchel.close());

  const index = () => readTextIndex(satchel.services.db, 'dispute');
  const indexIsMade = () => vi.waitFor(async () => expect(await index()).toBeDefined(), { timeout: 20_000 });

  /** Ids of all pages, in their order. */
  async function find(text: string, sort = 'REPORTED', person = chief): Promise<readonly string[]> {
    const ids: string[] = [];
    for (let after: string | null = null; ; ) {
      const { disputes } = await satchel.read(person, LIST, { text, sort, after });
      ids.push(...disputes.nodes.map(({ id }: { id: string }) => id));
      if (!disputes.pageInfo.hasNextPage) return ids;
      after = disputes.pageInfo.endCursor;
    }
  }
  /** The same by looking at every row of the sample county. */
  async function lookFor(text: string): Promise<readonly string[]> {
    const { db } = satchel.services;
    const rows = await db
      .selectFrom('dispute')
      .select(['id', 'searchText'])
      .where('orgUnitId', '!=', people.station)
      .orderBy('reportedOn', 'desc')
      .orderBy('id', 'desc')
      .execute();
    const wanted = text.trim().toLowerCase();
    return rows.filter(row => (row.searchText as string).includes(wanted)).map(row => row.id as string);
  }
  async function report(title: string): Promise<string> {
    const id = newId('dispute');
    const place = { orgUnitId: people.station, divisionCode: '621224110' };
    const sides = { parties: [{ subjectId: sideA, side: 'A' }], unknownSides: ['B'] };
    await satchel.done(people.officer, 'reportDispute', {
      id,
      source: 'VISIT_SCREENING',
      category: 'NEIGHBOUR',
      title,
      ...place,
      ...sides,
    });
    return id;
  }
  async function expectAllFound(): Promise<void> {
    for (const text of TEXTS) expect([text, await find(text)]).toEqual([text, await lookFor(text)]);
  }

  it('goes through the rows as long as there are few, and by an index from then on, with the same answers', async () => {
    await satchel.services.projections.reached(await satchel.stores.events.head(), 10_000);
    expect(await index()).toBeUndefined();
    await satchel.record((open, clock) => loadSampleCounty(open, clock, { size: 300 }));
    satchel.clock.set(new Date('2023-04-03T01:00:00Z'));
    await indexIsMade();
    await expectAllFound();
    expect((await find('纠纷')).length).toBeGreaterThan(14);
    expect(new Set(await find('纠纷', 'LAST_RECORDED'))).toEqual(new Set(await find('纠纷', 'DUE_DATE')));
    // Of their own units, and those that they take part in.
    expect(await find('纠纷', 'REPORTED', people.officer)).toEqual([]);
  }, 120_000);

  it('finds a case that is reported afterwards, by a word that no other has', async () => {
    const id = await report('100%_羊圈\\之争');
    for (const text of ['羊圈', '圈\\之', '100%', '%_羊', '羊圈\\之争', '争 邻'])
      expect([text, await find(text, 'REPORTED', people.officer)]).toEqual([text, [id]]);
    expect(await find('圈羊', 'REPORTED', people.officer)).toEqual([]);
  });

  it('is the same after a rebuild, whose tables come with an index of their own, and the same rows', async () => {
    const { db, store } = satchel.services;
    const [before, digest] = [await index(), await digestOf(db, disputeView)];
    await rebuildBeside({
      store,
      db,
      views,
      lens: await lensOf(satchel.stores.vault),
      openAnother: () => openReadModel(locationsOf(satchel.config)),
      onError: error => {
        throw error;
      },
      signal: new AbortController().signal,
      textIndexFromRows: FROM_ROWS,
    });
    expect(await index()).not.toBe(before);
    expect(await index()).toBeDefined();
    expect(await digestOf(db, disputeView)).toBe(digest);
    await expectAllFound();
    await dropOld(db, views);
    await expectAllFound();
  }, 120_000);

  it('is the same after a restart, with the same index', async () => {
    const before = await index();
    await satchel.restart();
    await expectAllFound();
    expect(await index()).toBe(before);
  });

  it('gets another index when its table is made anew, and leaves nothing of the former', async () => {
    const { db, projections } = satchel.services;
    const before = await index();
    const term = await projections.leadership.tryLead();
    await emptyView(db, disputeView, term!);
    expect(await index()).toBeUndefined();
    await report('门前水沟');
    expect(await projections.reached(await satchel.stores.events.head(), 20_000)).toBe(true);
    await indexIsMade();
    expect(await index()).not.toBe(before);
    await expectAllFound();
    expect(await find('水沟', 'REPORTED', people.officer)).toHaveLength(1);
    expect(satchel.told).toEqual([]);
  }, 60_000);
});
