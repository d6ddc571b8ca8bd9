import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lensOf } from '../../src/access/vault/sealFields.js';
import { openPostgresReadModel } from '../../src/database/openPostgresReadModel.js';
import type { OpenReadModel } from '../../src/database/openReadModel.js';
import { digestsOf } from '../../src/projections/digest.js';
import { ProjectionRunner } from '../../src/projections/runner.js';
import { views } from '../../src/server/registry.js';
import { startPostgres, type TestPostgres } from '../harness/postgres.js';
import { sampleStation } from '../harness/sampleStation.js';
import { newId, TestSatchel } from '../harness/testSatchel.js';

const WAIT_MS = 20_000;

describe('read models on a PostgreSQL that goes away', () => {
  let postgres: TestPostgres;
  let satchel: TestSatchel;
  let remote: OpenReadModel;
  let runner: ProjectionRunner;
  let address: string;
  const county = newId('orgunit');
  const told: Error[] = [];

  beforeAll(async () => {
    postgres = await startPostgres();
    address = await postgres.makeDatabase('outage');
    satchel = await TestSatchel.start();
    await satchel.bySystem('registerOrgUnit', {
      id: county,
      name: '康县公安局',
      level: 'COUNTY',
      divisionCode: '621224',
    });
    remote = await openPostgresReadModel(address);
    runner = new ProjectionRunner({
      store: satchel.services.store,
      db: remote.db,
      views,
      lens: await lensOf(satchel.stores.vault),
      onError: error => told.push(error),
    });
    await runner.start();
  }, 60_000);
  afterAll(async () => {
    await runner.stop();
    await remote.close();
    await satchel.close();
    await postgres.stop();
  });

  const record = async (count: number) => {
    for (let index = 0; index < count; index++)
      await satchel.bySystem('registerOrgUnit', { name: '望关派出所', level: 'STATION', parentId: county });
  };
  const caughtUp = async () => runner.reached(await satchel.services.store.head(), WAIT_MS);
  const waiting = () => runner.status().filter(({ stopped }) => stopped).length;

  it('say that they wait, and take in once what was recorded meanwhile', async () => {
    await record(5);
    expect(await caughtUp()).toBe(true);
    await postgres.restart(async () => {
      await record(5);
      await expect.poll(waiting, { timeout: WAIT_MS }).toBe(views.length);
    });
    await record(5);
    expect(await caughtUp()).toBe(true);
    expect(waiting()).toBe(0);
    expect(told).not.toEqual([]);
    expect(await digestsOf(remote.db, views)).toEqual(await digestsOf(satchel.services.db, views));
  }, 60_000);

  it('are said to be away over HTTP, without where they are, and answer again afterwards', async () => {
    const served = await TestSatchel.start(undefined, { SATCHEL_DATABASE: await postgres.makeDatabase('served') });
    const people = await sampleStation(served);
    const asked = () => served.ask(people.officer, '{ visits(first: 5) { nodes { id } } }');
    const ready = async () => (await fetch(`${served.url}/readyz`)).status;
    expect(await asked()).toMatchObject({ status: 200, data: { visits: { nodes: [] } } });
    expect(await ready()).toBe(200);
    await postgres.restart(async () => {
      expect(await ready()).toBe(503);
      const answer = await asked();
      expect(answer.errors).toMatchObject([{ extensions: { code: 'DATABASE_UNAVAILABLE' } }]);
      expect(JSON.stringify(answer)).not.toMatch(/127\.0\.0\.1|ECONN|terminat/);
    });
    await expect.poll(async () => (await asked()).data, { timeout: WAIT_MS }).toEqual({ visits: { nodes: [] } });
    await expect.poll(ready, { timeout: WAIT_MS }).toBe(200);
    await served.close();
  }, 60_000);

  it('end while they wait when they are told to', async () => {
    const other = await openPostgresReadModel(await postgres.makeDatabase('ended'));
    const { store } = satchel.services;
    const ended = new ProjectionRunner({
      store,
      db: other.db,
      views,
      lens: await lensOf(satchel.stores.vault),
      onError: () => {},
    });
    await ended.start();
    expect(await ended.reached(await store.head(), WAIT_MS)).toBe(true);
    await postgres.restart(async () => {
      await record(1);
      await expect.poll(() => ended.status().some(({ stopped }) => stopped), { timeout: WAIT_MS }).toBe(true);
      await ended.stop();
    });
    await other.close();
    expect(await caughtUp()).toBe(true);
  }, 60_000);
});
