import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { locationsOf } from '../../src/cli/locations.js';
import type { ReadModel } from '../../src/database/readModel.js';
import { comparePositions, type Position, START } from '../../src/kernel/position.js';
import { readCheckpoints } from '../../src/projections/checkpoints.js';
import { digestsOf } from '../../src/projections/digest.js';
import type { Term } from '../../src/projections/leadership.js';
import { nextOf, oldOf } from '../../src/projections/rebuild/names.js';
import { emptyView } from '../../src/projections/tables.js';
import { loadSampleCounty, sampleCounty } from '../../src/sample/index.js';
import { views } from '../../src/server/registry.js';
import { openReadModel } from '../../src/server/stores.js';
import { compileSatchel, type SatchelProcess, type SatchelProgram, settingsOf } from '../harness/satchelProcess.js';
import { TestSatchel } from '../harness/testSatchel.js';

const admin = sampleCounty.people.find(({ role }) => role === 'ADMIN')?.id as string;
const KILLS = 8;

describe('satchel rebuild, in a process of its own', () => {
  let program: SatchelProgram;
  let satchel: TestSatchel;

  beforeAll(async () => {
    program = await compileSatchel();
    satchel = await TestSatchel.start();
    await satchel.record((open, clock) => loadSampleCounty(open, clock, { size: 400 }));
    satchel.clock.set(new Date('2023-04-03T01:00:00Z'));
  }, 180_000);
  afterAll(async () => {
    program.remove();
    await satchel.close();
  });

  const settings = () => settingsOf(satchel);
  const digests = () => digestsOf(satchel.services.db, views);
  const caughtUp = async () =>
    expect(await satchel.services.projections.reached(await satchel.stores.events.head(), 20_000)).toBe(true);

  const positionOf = async (db: ReadModel, table: string): Promise<Position> =>
    (await readCheckpoints(db)).get(table)?.position ?? START;

  /** Kills it as soon as a table has come further than it was. @returns where it is then, or nothing if it ended before */
  async function killOnceFurther({ child, ended }: SatchelProcess, db: ReadModel, table: string, was: Position) {
    while (child.exitCode === null && comparePositions(await positionOf(db, table), was) <= 0) await delay(2);
    child.kill('SIGKILL');
    return (await ended).signal === 'SIGKILL' ? positionOf(db, table) : undefined;
  }

  it('may be killed at any moment beside a server: what is served stays whole, and the next one goes on', async () => {
    const before = await digests();
    const { db } = satchel.services;
    const { table } = nextOf(views[0]!);
    const places: Position[] = [START];
    while (places.length <= KILLS) {
      const place = await killOnceFurther(program.start(['rebuild'], settings()), db, table, places.at(-1)!);
      if (place === undefined) break;
      expect(await digests()).toEqual(before);
      expect(comparePositions(place, places.at(-1)!)).toBeGreaterThan(0);
      places.push(place);
    }
    expect(places.length).toBeGreaterThan(3);

    const finished = await program.run(['rebuild'], settings());
    expect(finished.code).toBe(0);
    expect(finished.stdout.trim().split('\n')).toHaveLength(views.length);
    for (const line of finished.stdout.trim().split('\n')) expect(line).toMatch(/^[0-9a-f]{64} {2}\w+ {2}as before$/);
    expect(await digests()).toEqual(before);

    // The server goes on with what it is given, and commands are read back at once.
    const { orgUnit } = await satchel.done(
      admin,
      'registerOrgUnit',
      { name: '新设派出所', level: 'STATION', parentId: sampleCounty.county.id },
      'orgUnit { name }',
    );
    expect(orgUnit).toEqual({ name: '新设派出所' });
    await caughtUp();
    const known = await readCheckpoints(satchel.services.db);
    expect(views.filter(view => known.has(oldOf(view).table))).toHaveLength(views.length);
    expect(await program.run(['rebuild', '--drop-old'], settings())).toMatchObject({ code: 0, stderr: '' });
    const afterwards = await readCheckpoints(satchel.services.db);
    expect([...afterwards.keys()].sort()).toEqual(views.map(({ table }) => table).sort());
  }, 120_000);

  it('stops at Ctrl-C and can be given up', async () => {
    const running = program.start(['rebuild'], settings());
    running.child.stderr.once('data', () => running.child.kill('SIGINT'));
    const ended = await running.ended;
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toContain('satchel rebuild goes on from there');
    const begun = await readCheckpoints(satchel.services.db);
    expect(views.filter(view => begun.has(nextOf(view).table))).toHaveLength(views.length);
    expect(await program.run(['rebuild', '--cancel'], settings())).toMatchObject({ code: 0, stderr: '' });
    const known = await readCheckpoints(satchel.services.db);
    expect(views.filter(view => known.has(nextOf(view).table))).toEqual([]);
  }, 60_000);

  it('names the table and the key where it would change what is served', async () => {
    const { db } = satchel.services;
    const { id } = await db.selectFrom('visit').select('id').orderBy('id').limit(1).executeTakeFirstOrThrow();
    await db.updateTable('visit').set({ status: 'TAMPERED' }).where('id', '=', id).execute();
    const { code, stderr } = await program.run(['rebuild'], settings());
    expect(code).toBe(1);
    expect(stderr).toContain(`visit (first at key ${id})`);
    expect(stderr).toContain('--accept-differences');
    expect(stderr).not.toMatch(/^\s+at /m);
    const accepted = await program.run(['rebuild', '--accept-differences'], settings());
    expect(accepted.stdout).toMatch(/visit {2}\d+ rows the same, 1 differ, 0 new, 0 gone/);
  }, 60_000);

  it('is not needed when a server is killed while it projects what it lacks: the next one goes on', async () => {
    await caughtUp();
    const before = await digests();
    const head = await satchel.stores.events.head();
    const term = (await satchel.stores.leadership.tryLead()) as Term;
    for (const view of views) await emptyView(satchel.services.db, view, term);
    await satchel.stop();
    const model = await openReadModel(locationsOf(satchel.config));
    const places: Position[] = [START];
    while (places.length <= KILLS && places.at(-1) !== head) {
      const serving = program.start(['serve'], settings());
      const place = await killOnceFurther(serving, model.db, 'visit', places.at(-1)!);
      expect(place).toBeDefined();
      places.push(place as Position);
    }
    await model.close();
    expect(places.length).toBeGreaterThan(2);
    await satchel.restart();
    await caughtUp();
    expect(await digests()).toEqual(before);
  }, 120_000);
});
