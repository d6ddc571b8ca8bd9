import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { lensOf } from '../../src/access/vault/sealFields.js';
import { locationsOf } from '../../src/cli/locations.js';
import { readCheckpoints, readTextIndex } from '../../src/projections/checkpoints.js';
import { digestsOf } from '../../src/projections/digest.js';
import { RebuildCancelled } from '../../src/projections/rebuild/buildNext.js';
import { nextOf, oldOf } from '../../src/projections/rebuild/names.js';
import {
  RebuildDiffers,
  type RebuildServices,
  rebuildBeside,
  renewOutdated,
} from '../../src/projections/rebuild/rebuild.js';
import { dropNext, dropOld } from '../../src/projections/rebuild/switchTables.js';
import type { Lens, View } from '../../src/projections/view.js';
import { loadSampleCounty } from '../../src/sample/index.js';
import { views } from '../../src/server/registry.js';
import { openReadModel } from '../../src/server/stores.js';
import { visitView } from '../../src/visits/views.js';
import { sampleStation } from '../harness/sampleStation.js';
import { type Anything, newId, TestSatchel } from '../harness/testSatchel.js';

const WAIT = { timeout: 20_000 };
const LIST = '{ visits(first: 100) { nodes { id revision } readAt } }';

describe('a rebuild beside what is served', () => {
  let satchel: TestSatchel;
  let lens: Lens;
  let officer: string;
  let backpackId: string;

  beforeAll(async () => {
    satchel = await TestSatchel.start(undefined, { SATCHEL_MUTATION_WAIT: '60000' });
    await satchel.record((open, clock) => loadSampleCounty(open, clock, { size: 60 }));
    satchel.clock.set(new Date('2023-04-03T01:00:00Z'));
    lens = await lensOf(satchel.stores.vault);
    const people = await sampleStation(satchel);
    officer = people.officer;
    backpackId = newId('backpack');
    await satchel.done(people.chief, 'issueBackpack', { officerId: officer, backpackId, serial: 'KX-2023-001' });
  }, 120_000);
  afterAll(() => satchel.close());
  afterEach(async () => {
    await dropNext(satchel.services.db, views);
    await dropOld(satchel.services.db, views);
  });

  const services = (more: Partial<RebuildServices> = {}): RebuildServices => ({
    store: satchel.services.store,
    db: satchel.services.db,
    views,
    lens,
    openAnother: () => openReadModel(locationsOf(satchel.config)),
    onError: error => {
      throw error;
    },
    signal: new AbortController().signal,
    ...more,
  });
  const note = (visitId: string): Promise<Anything> =>
    satchel.done(officer, 'recordNote', { visitId, text: '平安' }, 'visit { revision }');
  const startVisit = async () => {
    const id = newId('visit');
    const place = { divisionCode: '621224110', village: '豆坝村' };
    await satchel.done(officer, 'startVisit', { id, kind: 'HOUSEHOLD', officerIds: [officer], backpackId, ...place });
    return id;
  };
  const visitsOf = (list: Awaited<ReturnType<TestSatchel['read']>>): ReadonlyMap<string, number> =>
    new Map(list.visits.nodes.map(({ id, revision }: { id: string; revision: number }) => [id, revision]));
  const tablesWith = async (named: (view: View) => View) => {
    const known = await readCheckpoints(satchel.services.db);
    return views.filter(view => known.has(named(view).table)).length;
  };
  const caughtUp = async () =>
    expect(await satchel.services.projections.reached(await satchel.stores.events.head(), 20_000)).toBe(true);

  it('is served in the end, while readers and writers are served all along', async () => {
    const visitId = await startVisit();
    let done = false;
    const readers = Array.from({ length: 4 }, async () => {
      let revision = 0;
      while (!done) {
        const seen = visitsOf(await satchel.read(officer, LIST)).get(visitId);
        // Never gone, and never older than it was.
        expect(seen).toBeGreaterThanOrEqual(revision);
        revision = seen as number;
      }
    });
    const writer = (async () => {
      let notes = 0;
      for (; !done; notes++) {
        const { visit } = await note(visitId);
        expect(visit).toEqual({ revision: notes + 1 });
      }
      return notes;
    })();
    const tables = await rebuildBeside(services()).finally(() => {
      done = true;
    });
    expect(await writer).toBeGreaterThan(0);
    await Promise.all(readers);
    expect(tables.map(({ table }) => table)).toEqual(views.map(({ table }) => table));
    expect(tables.filter(({ difference }) => difference)).toEqual([]);

    // What is served is whole, and goes on; what was served is kept until someone says otherwise.
    await note(visitId);
    await caughtUp();
    expect([await tablesWith(nextOf), await tablesWith(oldOf)]).toEqual([0, views.length]);
    expect(await dropOld(satchel.services.db, views)).toEqual(views.map(({ table }) => `${table}_old`));
    expect(await tablesWith(oldOf)).toBe(0);
    const now = await digestsOf(satchel.services.db, views);
    await rebuildBeside(services());
    expect(await digestsOf(satchel.services.db, views)).toEqual(now);
    expect(await digestsOf(satchel.services.db, views.map(oldOf))).toEqual(
      new Map([...now].map(([table, digest]) => [`${table}_old`, digest])),
    );
  }, 90_000);

  it('changes nothing and names table and key when one of the same version differs, unless that is accepted', async () => {
    const { db } = satchel.services;
    const first = await db.selectFrom('visit').select('id').orderBy('id').offset(1).limit(1).executeTakeFirstOrThrow();
    await db.updateTable('visit').set({ kind: 'VILLAGE_TAMPERED' }).where('id', '=', first.id).execute();
    const tampered = await digestsOf(db, views);
    const refused = await rebuildBeside(services()).catch(error => error);
    expect(refused).toBeInstanceOf(RebuildDiffers);
    expect(refused.message).toContain(`visit (first at key ${first.id})`);
    expect(refused.tables).toMatchObject([{ table: 'visit', difference: { differ: 1, added: 0, gone: 0 } }]);
    expect(await digestsOf(db, views)).toEqual(tampered);
    await rebuildBeside(services({ acceptDifferences: true }));
    const rebuilt = await digestsOf(db, views);
    expect([...rebuilt].filter(([table, digest]) => tampered.get(table) !== digest).map(([table]) => table)).toEqual([
      'visit',
    ]);
  }, 60_000);

  it('is what is served a moment later, though nothing is recorded: what was read of the old tables is forgotten', async () => {
    const { db } = satchel.services;
    const id = await startVisit();
    const status = async () => {
      const { visits } = await satchel.read(officer, '{ visits(first: 100) { nodes { id status } } }');
      return visits.nodes.find((visit: { id: string }) => visit.id === id).status;
    };
    const right = await status();
    const { state } = await db.selectFrom('visit').select('state').where('id', '=', id).executeTakeFirstOrThrow();
    const wrong = JSON.stringify({ ...JSON.parse(state as string), status: 'ABANDONED' });
    await db.updateTable('visit').set({ state: wrong }).where('id', '=', id).execute();
    await satchel.services.projections.refresh();
    expect(await status()).toBe('ABANDONED');
    await rebuildBeside(services({ acceptDifferences: true }));
    await expect.poll(status, WAIT).toBe(right);
  }, 60_000);

  it('stops where a table stood still, and says where, unless that is accepted', async () => {
    const { db, store } = satchel.services;
    const position = await store.head();
    const id = await startVisit();
    await caughtUp();
    const whole = await digestsOf(db, views);
    // As a projection leaves it that stopped there.
    await db.deleteFrom('visit').where('id', '=', id).execute();
    await db.updateTable('projection_checkpoint').set({ position }).where('projection', '=', 'visit').execute();
    await expect(rebuildBeside(services())).rejects.toThrow(
      `visit (first at key ${id}; what is served stands still at position ${position})`,
    );
    await rebuildBeside(services({ acceptDifferences: true }));
    expect(await digestsOf(db, views)).toEqual(whole);
  }, 60_000);

  it('serves large tables with an index for text search from the first moment', async () => {
    const { db } = satchel.services;
    await rebuildBeside(services({ textIndexFromRows: 1 }));
    expect(await readTextIndex(db, 'dispute')).toBeDefined();
    await rebuildBeside(services());
    expect([await readTextIndex(db, 'dispute'), await readTextIndex(db, 'dispute_old')]).toEqual([
      undefined,
      expect.any(String),
    ]);
  }, 60_000);

  it('goes on from where it was stopped, and can be given up', async () => {
    const { db } = satchel.services;
    const before = await digestsOf(db, views);
    const stop = new AbortController();
    const onProgress = () => stop.abort();
    await expect(rebuildBeside(services({ signal: stop.signal, onProgress }))).rejects.toBeInstanceOf(RebuildCancelled);
    const stoppedAt = (await readCheckpoints(db)).get(nextOf(visitView).table)?.position as string;
    expect(stoppedAt).not.toBe('0');
    expect(stoppedAt).not.toBe(satchel.services.projections.position);
    // Read on from there, and from nowhere before.
    const { store } = satchel.services;
    const readFrom: (string | undefined)[] = [];
    const watched = {
      head: () => store.head(),
      readStream: store.readStream,
      readAll(options: Parameters<typeof store.readAll>[0]) {
        readFrom.push(options?.after);
        return store.readAll(options);
      },
    };
    await rebuildBeside(services({ store: watched }));
    expect(readFrom[0]).toBe(stoppedAt);
    expect(await digestsOf(db, views)).toEqual(before);

    await expect(rebuildBeside(services({ signal: stop.signal }))).rejects.toBeInstanceOf(RebuildCancelled);
    expect(await tablesWith(nextOf)).toBe(views.length);
    expect(await dropNext(db, views)).toHaveLength(views.length);
    expect(await tablesWith(nextOf)).toBe(0);
    expect(await digestsOf(db, views)).toEqual(before);
  }, 60_000);

  /** What another release would have: visits that know of a status more, and tell kinds apart by another name. */
  const another: readonly View[] = views.map(view =>
    view === visitView
      ? {
          ...view,
          version: view.version + 1,
          complete: row => {
            const now = visitView.complete?.(row) ?? row;
            return now.kind === 'VILLAGE' ? { ...now, kind: 'VILLAGE_ROUND' } : now;
          },
        }
      : view,
  );

  const backToThisRelease = async () => {
    await rebuildBeside(services());
    await satchel.restart();
    lens = await lensOf(satchel.stores.vault);
    await caughtUp();
  };

  it('says how many rows of another version differ; the release before stops its projection', async () => {
    const { projections } = satchel.services;
    const count = async (kind: string) =>
      (await satchel.services.db.selectFrom('visit').select('id').where('kind', '=', kind).execute()).length;
    const villages = await count('VILLAGE');
    expect(villages).toBeGreaterThan(0);
    const tables = await rebuildBeside(services({ views: another }));
    expect(tables.filter(({ difference }) => difference)).toMatchObject([
      {
        table: 'visit',
        version: visitView.version + 1,
        servedVersion: visitView.version,
        difference: { differ: villages, added: 0, gone: 0 },
      },
    ]);
    expect([await count('VILLAGE'), await count('VILLAGE_ROUND')]).toEqual([0, villages]);
    // Though nothing is recorded.
    await expect
      .poll(() => projections.status().find(({ name }) => name === 'visit')?.stopped, WAIT)
      .toMatch(new RegExp(`made by a newer Satchel .*visit is of version ${visitView.version + 1}`));
    expect((await fetch(`${satchel.url}/readyz`)).status).toBe(503);
    await backToThisRelease();
    expect((await fetch(`${satchel.url}/readyz`)).status).toBe(200);
    expect(await count('VILLAGE')).toBe(villages);
  }, 60_000);

  it('is done at the start of another release, and readers of the one before are served until then', async () => {
    const { db, store } = satchel.services;
    const before = await digestsOf(db, views);
    const begun: unknown[] = [];
    let served: ReadonlyMap<string, string> | undefined;
    const renewed = renewOutdated(
      {
        ...services(),
        onProgress: () => undefined,
        store: {
          head: () => store.head(),
          readStream: (streamId, range) => store.readStream(streamId, range),
          async *readAll(options) {
            served ??= await digestsOf(db, views);
            yield* store.readAll(options);
          },
        },
      },
      another,
      (tables, head) => begun.push(tables, head),
    );
    // Where several processes share a database, two of the new release may start at once.
    const shared = satchel.stores.readModel.openSession !== undefined;
    const beside = shared ? renewOutdated(services(), another, () => undefined) : renewed;
    expect(await Promise.all([renewed, beside])).toEqual([['visit'], ['visit']]);
    expect(begun).toEqual([['visit'], await store.head()]);
    expect(served).toEqual(before);
    expect((await readCheckpoints(db)).get('visit')).toMatchObject({
      version: visitView.version + 1,
      position: await store.head(),
    });
    await backToThisRelease();
    expect(await digestsOf(satchel.services.db, views)).toEqual(before);
  }, 60_000);

  it('parks what it cannot take in, and is not held up by it', async () => {
    const stuck = await startVisit();
    await note(stuck);
    const poisoned = views.map(view =>
      view === visitView
        ? {
            ...view,
            fold: (...given: Parameters<View['fold']>) => {
              if (given[1].streamId === stuck && given[1].type === 'VisitNoteRecorded') throw new Error('poison');
              return view.fold(...given);
            },
          }
        : view,
    );
    const told: Error[] = [];
    const poisonedToo = services({ views: poisoned, onError: error => told.push(error) });
    // That is no reason to serve less than before, unless someone says so.
    await expect(rebuildBeside(poisonedToo)).rejects.toThrow(
      /first at key .*; not the same streams are parked in both/,
    );
    expect(satchel.services.projections.parked).toEqual([]);
    const tables = await rebuildBeside({ ...poisonedToo, acceptDifferences: true });
    expect(told.map(({ name }) => name)).toEqual(['StreamParked']);
    expect(tables.filter(({ difference }) => difference)).toMatchObject([
      {
        table: 'visit',
        difference: { differ: 1, firstKey: stuck },
        because: expect.stringContaining('satchel retry'),
      },
    ]);
    await satchel.services.projections.refresh();
    expect(satchel.services.projections.parked).toMatchObject([{ projection: 'visit', streamId: stuck, events: 1 }]);
    await satchel.services.retryStream(stuck);
    await caughtUp();
    expect(satchel.services.projections.parked).toEqual([]);
  }, 60_000);
});
