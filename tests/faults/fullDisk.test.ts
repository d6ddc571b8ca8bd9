import { closeSync, openSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { lensOf } from '../../src/access/vault/sealFields.js';
import { locationsOf } from '../../src/cli/locations.js';
import { newUuid } from '../../src/kernel/ids.js';
import { digestsOf } from '../../src/projections/digest.js';
import type { Term } from '../../src/projections/leadership.js';
import { RebuildOutOfRoom } from '../../src/projections/rebuild/buildNext.js';
import { rebuildBeside } from '../../src/projections/rebuild/rebuild.js';
import { emptyView } from '../../src/projections/tables.js';
import { loadSampleCounty, sampleCounty } from '../../src/sample/index.js';
import type { Readiness } from '../../src/server/health.js';
import { views } from '../../src/server/registry.js';
import { FILES, openReadModel } from '../../src/server/stores.js';
import { collectBatches } from '../contract/collect.js';
import { metricsAt } from '../harness/metrics.js';
import { compileSatchel, type SatchelProgram, settingsOf } from '../harness/satchelProcess.js';
import { mountSmallDisk, type SmallDisk } from '../harness/smallDisk.js';
import { newId, TestSatchel } from '../harness/testSatchel.js';

const disk = mountSmallDisk(24);
if (!disk) process.stderr.write('NOT TESTED: a full disk. Only who may mount a file system can try it\n');
const WAIT = { timeout: 30_000 };

describe.skipIf(!disk)('a disk that is full', () => {
  const { path, fill, free, remove } = disk as SmallDisk;
  let program: SatchelProgram;
  let satchel: TestSatchel;
  const county = newId('orgunit');
  const admin = newId('officer');

  beforeAll(async () => {
    program = await compileSatchel();
  });
  afterEach(async () => {
    await satchel.close();
    for (const left of readdirSync(path)) rmSync(join(path, left), { recursive: true });
  });
  afterAll(() => {
    program.remove();
    remove();
  });

  /** All of its files on that disk. */
  const startOnDisk = async () => {
    const usual = process.env.TMPDIR;
    process.env.TMPDIR = path;
    satchel = await TestSatchel.start();
    if (usual === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = usual;
  };

  const moveReadModel = () => {
    const [file, elsewhere] = [join(satchel.directory, FILES.readModel), join(path, FILES.readModel)];
    rmSync(file);
    closeSync(openSync(elsewhere, 'w'));
    symlinkSync(elsewhere, file);
  };
  const once = (act: () => void) => () => {
    act();
    act = () => {};
  };

  const found = async () => {
    await satchel.bySystem('registerOrgUnit', { id: county, name: '康县公安局', level: 'COUNTY' });
    const post = { orgUnitId: county, role: 'ADMIN', post: '管理员' };
    await satchel.bySystem('registerOfficer', { id: admin, name: '管理员', ...post });
    return Number(await satchel.stores.events.head());
  };
  const station = (commandId: string, name: string) =>
    satchel.ask(
      admin,
      `mutation Do($input: RegisterOrgUnitInput!) { registerOrgUnit(input: $input) {
        orgUnit { name } consistencyToken errors { code } } }`,
      { input: { commandId, name, level: 'STATION', parentId: county } },
    );
  const stopped = () => satchel.services.projections.status().map(projection => projection.stopped);
  const readiness = async () => (await fetch(`${satchel.url}/readyz`)).status;
  /** Everything is there once, and the read models are what the events make. */
  const checkWhole = async (events: number) => {
    const { projections, store, db } = satchel.services;
    await expect.poll(() => projections.position, WAIT).toBe(await store.head());
    const log = await collectBatches(store.readAll());
    expect(log.map(({ position }) => position)).toEqual(Array.from({ length: events }, (_, n) => String(n + 1)));
    const now = await digestsOf(db, views);
    const term = (await satchel.stores.leadership.tryLead()) as Term;
    for (const view of views) await emptyView(db, view, term);
    await satchel.restart();
    expect(await satchel.services.projections.reached(await satchel.services.store.head(), 20_000)).toBe(true);
    expect(await digestsOf(satchel.services.db, views)).toEqual(now);
  };

  it('takes no command, says so, loses nothing, and goes on when there is room again', async () => {
    await startOnDisk();
    const founded = await found();
    fill();
    const commands = Array.from({ length: 40 }, (_, n) => ({ id: newUuid(), name: `第${n}派出所` }));
    const answers = [];
    for (const { id, name } of commands) answers.push(await station(id, name));
    const refused = answers.filter(({ errors }) => errors);
    expect(refused.length).toBeGreaterThan(0);
    for (const { errors, data } of refused) {
      expect(errors?.[0]?.extensions.code).toBe('STORE_UNAVAILABLE');
      expect(errors?.[0]?.message).toMatch(/disk of the event store is full: nothing was recorded.*same commandId/);
      expect(data?.registerOrgUnit ?? null).toBeNull();
    }
    const counted = await metricsAt(`${satchel.url}/metrics`);
    expect(counted.get('satchel_commands_total{command="registerOrgUnit",result="failed"}')).toBe(refused.length);
    expect(counted.get('satchel_append_seconds_count{result="failed"}')).toBe(refused.length);
    const unready = await fetch(`${satchel.url}/readyz`);
    expect([unready.status, ((await unready.json()) as Readiness).parts?.events?.state]).toEqual([503, 'FULL']);
    // What can be read is read all the while.
    expect((await satchel.ask(admin, '{ orgUnits { nodes { id } } }')).errors).toBeUndefined();
    // Whoever is not ready is sent no commands: that there is room again shows without one.
    expect(satchel.stores.events.hasRoom()).toBe(false);
    free();
    expect(satchel.stores.events.hasRoom()).toBe(true);
    for (const { id, name } of commands)
      expect((await station(id, name)).data?.registerOrgUnit).toMatchObject({ errors: [] });
    await expect.poll(readiness, WAIT).toBe(200);
    await checkWhole(founded + commands.length);
  }, 90_000);

  it('stops a rebuild before there is nothing left for those who serve, and one on a full disk, in words', async () => {
    satchel = await TestSatchel.start();
    await satchel.record((open, clock) => loadSampleCounty(open, clock, { size: 200 }));
    await satchel.restart(moveReadModel);
    const someone = sampleCounty.people.find(({ role }) => role === 'ADMIN')!.id;
    const caughtUp = async () => {
      const { projections, store } = satchel.services;
      expect(await projections.reached(await store.head(), 20_000)).toBe(true);
    };
    const served = async () => {
      const unit = { name: newUuid(), level: 'STATION', parentId: sampleCounty.county.id };
      expect((await satchel.done(someone, 'registerOrgUnit', unit, 'orgUnit { name }')).orgUnit).not.toBeNull();
    };
    const rebuild = (...options: string[]) => program.run(['rebuild', ...options], settingsOf(satchel));
    const refused = async () => {
      const { code, stdout, stderr } = await rebuild();
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toMatch(/disk of the read models has too little room.*as much again.*satchel rebuild --cancel/s);
      expect(stderr).not.toMatch(/^\s+at |database or disk is full/m);
    };
    satchel.clock.set(new Date('2023-04-03T01:00:00Z'));
    await caughtUp();
    // Its log is written into its file.
    await satchel.restart();
    fill(3);
    await refused();
    for (let n = 0; n < 5; n++) await served();
    expect(await readiness()).toBe(200);

    free();
    const ended = rebuildBeside({
      store: satchel.services.store,
      db: satchel.services.db,
      views,
      lens: await lensOf(satchel.stores.vault),
      openAnother: () => openReadModel(locationsOf(satchel.config)),
      signal: new AbortController().signal,
      onError: error => {
        throw error;
      },
      onProgress: once(() => fill()),
    });
    await expect(ended).rejects.toBeInstanceOf(RebuildOutOfRoom);
    free();
    expect(await rebuild('--cancel')).toMatchObject({ code: 0 });
    await served();
    const rebuilt = await rebuild();
    expect(rebuilt.code).toBe(0);
    for (const line of rebuilt.stdout.trim().split('\n')) expect(line).toMatch(/ as before$/);
    await served();
  }, 120_000);

  it('that holds the read models alone lets commands be recorded, says that it waits, and not over and over', async () => {
    satchel = await TestSatchel.start();
    await satchel.restart(moveReadModel);
    const founded = await found();
    fill();
    let recorded = 0;
    while (stopped().every(reason => reason === undefined)) {
      const { data } = await station(newUuid(), `第${recorded++}派出所`);
      expect(data?.registerOrgUnit.errors).toEqual([]);
    }
    expect(stopped()[0]).toMatch(/full/);
    expect(await readiness()).toBe(503);
    const counted = await metricsAt(`${satchel.url}/metrics`);
    expect(counted.get('satchel_projection_stopped{projection="dispute"}')).toBe(1);
    expect(counted.get('satchel_ready')).toBe(0);
    // Reading works, so each try begins well; the status does not say in between that all is well.
    const tries = vi.spyOn(satchel.services.store, 'head');
    const seen = new Set<string | undefined>();
    const triesSoFar = () => {
      for (const reason of stopped()) seen.add(reason);
      return tries.mock.calls.length;
    };
    await expect.poll(triesSoFar, { ...WAIT, interval: 2 }).toBeGreaterThanOrEqual(3);
    expect(seen.has(undefined)).toBe(false);
    expect(satchel.told.map(({ message }) => message)).toEqual([expect.stringMatching(/full/)]);
    const { data } = await station(newUuid(), '王坝派出所');
    expect(data?.registerOrgUnit).toMatchObject({ orgUnit: null, errors: [], consistencyToken: expect.any(String) });
    free();
    await expect.poll(readiness, WAIT).toBe(200);
    await checkWhole(founded + recorded + 1);
  }, 90_000);
});
