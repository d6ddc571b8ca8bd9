import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { closeDatabase, openDatabase } from '../../src/database/libsql.js';
import { ControlUnusable } from '../../src/policies/control/errors.js';
import { readCheckpoints, startCheckpoint } from '../../src/projections/checkpoints.js';
import { prepareBookkeeping } from '../../src/projections/tables.js';
import { views } from '../../src/server/registry.js';
import { FILES, openReadModel, openStores } from '../../src/server/stores.js';

it('beside a control store of a newer program, a rebuild from nothing is refused before it lets go of anything', async () => {
  const data = mkdtempSync(join(tmpdir(), 'satchel-newer-control-'));
  const locations = { data, masterKey: randomBytes(32) };
  const stores = await openStores(locations);
  await prepareBookkeeping(stores.readModel.db);
  for (const view of views) await startCheckpoint(stores.readModel.db, view);
  await stores.close();
  const control = openDatabase(join(data, FILES.control));
  control.exec('UPDATE about SET version = 9');
  closeDatabase(control);

  await expect(openStores(locations, { fromNothing: true })).rejects.toBeInstanceOf(ControlUnusable);
  const { db, close } = await openReadModel(locations);
  expect((await readCheckpoints(db).finally(close)).size).toBe(views.length);
  rmSync(data, { recursive: true });
});
