import { afterAll, beforeAll, expect, it } from 'vitest';
import { lensOf } from '../../src/access/vault/sealFields.js';
import { openPostgresReadModel } from '../../src/database/openPostgresReadModel.js';
import type { OpenReadModel } from '../../src/database/openReadModel.js';
import { START } from '../../src/kernel/position.js';
import type { Leadership } from '../../src/projections/leadership.js';
import { leadershipOn } from '../../src/projections/leadershipOn.js';
import { ProjectionRunner } from '../../src/projections/runner.js';
import type { View } from '../../src/projections/view.js';
import { startPostgres, type TestPostgres } from '../harness/postgres.js';
import { sampleStation } from '../harness/sampleStation.js';
import { TestSatchel } from '../harness/testSatchel.js';

const WAIT_MS = 20_000;

/** Units, each with the version of the view that wrote it. */
const unitViewOf = (version: number): View => ({
  table: 'unit_stand_in',
  version,
  columns: { by: 'integer' },
  indexes: [],
  keysOf: event => (event.type === 'OrgUnitRegistered' ? [event.streamId] : []),
  fold: (_row, _event, key) => ({ id: key, by: version }),
});

/** A process of one version, as far as projections go. */
interface Process {
  readonly model: OpenReadModel;
  readonly leadership: Leadership;
  readonly runner: ProjectionRunner;
  readonly told: Error[];
}

let postgres: TestPostgres;
let satchel: TestSatchel;
const processes: Process[] = [];

beforeAll(async () => {
  postgres = await startPostgres();
  satchel = await TestSatchel.start();
  await sampleStation(satchel);
}, 60_000);
afterAll(async () => {
  for (const { runner, leadership, model } of processes) {
    await runner.stop();
    await leadership.close();
    await model.close();
  }
  await satchel.close();
  await postgres.stop();
});

async function start(address: string, version: number): Promise<Process> {
  const model = await openPostgresReadModel(address);
  const leadership = await leadershipOn(model);
  const told: Error[] = [];
  const runner = new ProjectionRunner({
    store: satchel.services.store,
    db: model.db,
    views: [unitViewOf(version)],
    lens: await lensOf(satchel.stores.vault),
    onError: error => told.push(error),
    leadership,
  });
  const process = { model, leadership, runner, told };
  processes.push(process);
  await runner.start();
  return process;
}

const writtenBy = async ({ model: { db } }: Process) =>
  new Set((await db.selectFrom('unit_stand_in').select('by').execute()).map(({ by }) => by));

it('a newer version waits until the older one is gone, and the older one leaves alone what the newer one made', async () => {
  const address = await postgres.makeDatabase('rolling');
  const head = await satchel.services.store.head();
  const older = await start(address, 1);
  expect(await older.runner.reached(head, WAIT_MS)).toBe(true);
  const newer = await start(address, 2);
  expect([older.leadership.leads, newer.leadership.leads]).toEqual([true, false]);
  // It has nothing of its own yet, and says so.
  expect(newer.runner.position).toBe(START);
  expect(await writtenBy(older)).toEqual(new Set([1]));

  const olderToo = await start(address, 1);
  expect(await olderToo.runner.reached(head, WAIT_MS)).toBe(true);
  await older.runner.stop();
  const leading = () => [olderToo, newer].filter(({ leadership }) => leadership.leads).length;
  await expect.poll(leading, { timeout: WAIT_MS }).toBe(1);
  await olderToo.runner.stop();
  expect(await newer.runner.reached(head, WAIT_MS)).toBe(true);
  expect(await writtenBy(newer)).toEqual(new Set([2]));

  await expect(start(address, 1)).rejects.toThrow(/made by a newer Satchel \(unit_stand_in is of version 2 there/);
  expect(await writtenBy(newer)).toEqual(new Set([2]));
});

it('an older version that was running takes no lead of what a newer one has made, and says why', async () => {
  const address = await postgres.makeDatabase('back');
  const head = await satchel.services.store.head();
  const newer = await start(address, 1);
  const older = await start(address, 1);
  expect(await newer.runner.reached(head, WAIT_MS)).toBe(true);
  // As the newer one leaves it.
  await newer.model.db.updateTable('projection_checkpoint').set({ version: 2 }).execute();
  await newer.runner.stop();
  await expect.poll(() => older.runner.status()[0]?.stopped, { timeout: WAIT_MS }).toContain('newer Satchel');
  expect(older.told.map(({ name }) => name)).toEqual(['ReadModelNewer']);
  expect(older.leadership.leads).toBe(false);
  expect(await writtenBy(older)).toEqual(new Set([1]));
});
