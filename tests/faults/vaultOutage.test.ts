import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openVault } from '../../src/access/vault/openVault.js';
import { lensOf } from '../../src/access/vault/sealFields.js';
import { openSqliteReadModel } from '../../src/database/openReadModel.js';
import { newUuid } from '../../src/kernel/ids.js';
import { digestsOf } from '../../src/projections/digest.js';
import { ProjectionRunner } from '../../src/projections/runner.js';
import { views } from '../../src/server/registry.js';
import { startPostgres, type TestPostgres } from '../harness/postgres.js';
import { numberOf, registerResident } from '../harness/residents.js';
import { type SampleStation, sampleStation } from '../harness/sampleStation.js';
import { newId, TestSatchel } from '../harness/testSatchel.js';

const WAIT_MS = 20_000;

describe('a vault on PostgreSQL, apart from everything else, that goes away', () => {
  let postgres: TestPostgres;
  let satchel: TestSatchel;
  let people: SampleStation;
  let address: string;

  beforeAll(async () => {
    postgres = await startPostgres();
    address = await postgres.makeDatabase('vault');
    satchel = await TestSatchel.start(undefined, { SATCHEL_VAULT: address });
    people = await sampleStation(satchel);
  }, 60_000);
  afterAll(async () => {
    await satchel.close();
    await postgres.stop();
  });

  const nameOf = (id: string) => satchel.ask(people.officer, `{ resident(id: "${id}") { name } }`);
  const readiness = async () => {
    const response = await fetch(`${satchel.url}/readyz`);
    return { status: response.status, ...((await response.json()) as object) };
  };
  const registration = (commandId: string, id: string) =>
    satchel.ask(
      people.officer,
      'mutation R($input: RegisterResidentInput!) { registerResident(input: $input) { resident { name } errors { code } } }',
      { input: { commandId, id, name: '赵样本', birthDate: '1980-01-01' } },
    );

  it('holds up what needs a new key, without where it is, and lets it be done once it is back', async () => {
    const [commandId, id] = [newUuid(), newId('resident')];
    expect(await readiness()).toMatchObject({ status: 200 });
    await postgres.restart(async () => {
      const answer = await registration(commandId, id);
      expect(answer.errors).toMatchObject([{ extensions: { code: 'DATABASE_UNAVAILABLE' } }]);
      expect(JSON.stringify(answer)).not.toMatch(/127\.0\.0\.1|ECONN|terminat/);
      expect(await readiness()).toMatchObject({
        status: 503,
        parts: { vault: { state: 'AWAY', text: 'the database does not answer' } },
      });
    });
    await expect.poll(readiness, { timeout: WAIT_MS }).toMatchObject({ status: 200 });
    expect((await registration(commandId, id)).data).toEqual({
      registerResident: { resident: { name: '赵某' }, errors: [] },
    });
    expect((await nameOf(id)).data).toEqual({ resident: { name: '赵某' } });
  }, 60_000);

  it('makes projections wait that have to open something, and stops none', async () => {
    for (let index = 0; index < 5; index++)
      await registerResident(satchel, people.officer, { name: '钱样本', number: numberOf('1948-03-05', index) });
    const cold = await openVault({ at: address, masterKey: satchel.config.masterKey as Buffer });
    const beside = openSqliteReadModel(join(satchel.directory, 'beside.db'));
    const { store } = satchel.services;
    const told: Error[] = [];
    const runner = new ProjectionRunner({
      store,
      db: beside.db,
      views,
      lens: await lensOf(cold),
      onError: error => told.push(error),
    });
    await postgres.restart(async () => {
      await runner.start();
      await expect.poll(() => told.length, { timeout: WAIT_MS }).toBeGreaterThan(0);
    });
    expect(await runner.reached(await store.head(), WAIT_MS)).toBe(true);
    expect(runner.status().filter(({ stopped }) => stopped)).toEqual([]);
    expect(await digestsOf(beside.db, views)).toEqual(await digestsOf(satchel.services.db, views));
    await runner.stop();
    await beside.close();
    await cold.close();
  }, 60_000);
});
