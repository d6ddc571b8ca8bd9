import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { lensOf } from '../../src/access/vault/sealFields.js';
import { locationsOf } from '../../src/cli/locations.js';
import { loadConfig } from '../../src/config.js';
import { openPostgresReadModel } from '../../src/database/openPostgresReadModel.js';
import { digestsOf } from '../../src/projections/digest.js';
import { ProjectionRunner } from '../../src/projections/runner.js';
import { views } from '../../src/server/registry.js';
import { FILES, openStores } from '../../src/server/stores.js';
import type { Cluster } from './cluster.js';

type Digests = ReadonlyMap<string, string>;

/** Of the read models that the processes share. */
export async function sharedDigests({ settings }: Cluster): Promise<Digests> {
  const { db, close } = await openPostgresReadModel(settings.SATCHEL_DATABASE as string);
  const digests = await digestsOf(db, views);
  await close();
  return digests;
}

/** Of the same record, built anew in a file of its own. */
export async function rebuiltDigests({ settings }: Cluster): Promise<Digests> {
  const { SATCHEL_DATABASE: _shared, ...rest } = settings;
  const stores = await openStores(locationsOf(loadConfig(rest)));
  const { db } = stores.readModel;
  const runner = new ProjectionRunner({
    store: stores.events,
    db,
    views,
    lens: await lensOf(stores.vault),
    onError: error => {
      throw error;
    },
  });
  await runner.start();
  const caughtUp = await runner.reached(await stores.events.head(), 60_000);
  await runner.stop();
  const digests = await digestsOf(db, views);
  await stores.close();
  for (const left of ['', '-wal', '-shm'])
    rmSync(join(settings.SATCHEL_DATA as string, FILES.readModel + left), { force: true });
  if (!caughtUp) throw new Error('The rebuild did not come to its end');
  return digests;
}
