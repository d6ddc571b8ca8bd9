import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lensOf } from '../../src/access/vault/sealFields.js';
import { locationsOf } from '../../src/cli/locations.js';
import { newUuid } from '../../src/kernel/ids.js';
import { digestsOf } from '../../src/projections/digest.js';
import { RebuildOutOfRoom } from '../../src/projections/rebuild/buildNext.js';
import { rebuildBeside } from '../../src/projections/rebuild/rebuild.js';
import { dropNext } from '../../src/projections/rebuild/switchTables.js';
import { views } from '../../src/server/registry.js';
import { openReadModel } from '../../src/server/stores.js';
import { startPostgres, type TestPostgres } from '../harness/postgres.js';
import { type SampleStation, sampleStation } from '../harness/sampleStation.js';
import { mountSmallDisk, type SmallDisk } from '../harness/smallDisk.js';
import { TestSatchel } from '../harness/testSatchel.js';

const disk = mountSmallDisk(48);
if (!disk) process.stderr.write('NOT TESTED: a full PostgreSQL. Only who may mount a file system can try it\n');
const WAIT = { timeout: 30_000 };

describe.skipIf(!disk)('read models on a PostgreSQL whose disk is full', () => {
  const { path, fill, free, remove } = disk as SmallDisk;
  let postgres: TestPostgres;
  let satchel: TestSatchel;
  let people: SampleStation;

  beforeAll(async () => {
    postgres = await startPostgres();
    satchel = await TestSatchel.start(undefined, { SATCHEL_DATABASE: await postgres.makeDatabaseOn(path, 'small') });
    people = await sampleStation(satchel);
  }, 60_000);
  afterAll(async () => {
    await satchel.close();
    await postgres.stop();
    remove();
  });

  const register = async () => {
    const unit = { name: newUuid(), level: 'STATION', divisionCode: '621224110', parentId: people.county };
    return satchel.done(people.admin, 'registerOrgUnit', unit, 'orgUnit { name }');
  };
  const stopped = () => satchel.services.projections.status()[0]?.stopped;
  const readiness = async () => (await fetch(`${satchel.url}/readyz`)).status;
  const rebuild = () =>
    lensOf(satchel.stores.vault).then(lens =>
      rebuildBeside({
        store: satchel.services.store,
        db: satchel.services.db,
        views,
        lens,
        openAnother: () => openReadModel(locationsOf(satchel.config)),
        signal: new AbortController().signal,
        onError: error => {
          throw error;
        },
      }),
    );

  it('wait, while commands are recorded, and take in once what was recorded when there is room again', async () => {
    fill();
    let recorded = 0;
    // What has room in pages that are there already is still taken in.
    for (; stopped() === undefined && recorded < 2_000; recorded++)
      expect((await register()).consistencyToken).not.toBeNull();
    expect(stopped()).toMatch(/No space left/);
    expect(await readiness()).toBe(503);
    free();
    await expect.poll(readiness, WAIT).toBe(200);
    expect((await register()).orgUnit).not.toBeNull();
    const units = await satchel.services.db.selectFrom('org_unit').select('id').execute();
    expect(units.length).toBeGreaterThan(recorded);
  }, 120_000);

  it('stay as they are when a rebuild finds no room, which says so', async () => {
    const { db } = satchel.services;
    const before = await digestsOf(db, views);
    fill();
    await expect(rebuild()).rejects.toBeInstanceOf(RebuildOutOfRoom);
    expect(await digestsOf(db, views)).toEqual(before);
    free();
    await dropNext(db, views);
    expect((await rebuild()).filter(({ difference }) => difference)).toEqual([]);
    expect(await digestsOf(db, views)).toEqual(before);
  }, 60_000);
});
