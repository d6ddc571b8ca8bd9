import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lensOf } from '../../src/access/vault/sealFields.js';
import { openPostgresReadModel } from '../../src/database/openPostgresReadModel.js';
import { type OpenReadModel, openSqliteReadModel } from '../../src/database/openReadModel.js';
import { readCheckpoints } from '../../src/projections/checkpoints.js';
import { digestOf, digestsOf } from '../../src/projections/digest.js';
import { alwaysLeads } from '../../src/projections/leadership.js';
import { ProjectionRunner } from '../../src/projections/runner.js';
import { emptyView, prepareTables } from '../../src/projections/tables.js';
import type { View } from '../../src/projections/view.js';
import { loadSampleCounty, sampleCounty } from '../../src/sample/index.js';
import { sampleQueries } from '../../src/sample/queries.js';
import { codeOf } from '../../src/server/errors.js';
import { views } from '../../src/server/registry.js';
import { freePort, startPostgres, type TestPostgres } from '../harness/postgres.js';
import { type Anything, newId, TestSatchel } from '../harness/testSatchel.js';

const SIZE = 300;
const AFTERWARDS = new Date('2023-04-03T01:00:00Z');
const { people } = sampleCounty;
const personAs = (role: string): string => people.find(person => person.role === role)?.id ?? '';
const chief = personAs('COUNTY_CHIEF');
const fail = (error: Error) => {
  throw error;
};

let postgres: TestPostgres;
let onSqlite: TestSatchel;

beforeAll(async () => {
  postgres = await startPostgres();
  onSqlite = await TestSatchel.start();
  await onSqlite.record((open, clock) => loadSampleCounty(open, clock, { size: SIZE }));
  onSqlite.clock.set(AFTERWARDS);
}, 180_000);
afterAll(async () => {
  await onSqlite?.close();
  await postgres?.stop();
});

/** The events of a Satchel, projected into another database as well. */
const runnerOn = async (model: OpenReadModel, source = onSqlite): Promise<ProjectionRunner> =>
  new ProjectionRunner({
    store: source.services.store,
    db: model.db,
    views,
    lens: await lensOf(source.stores.vault),
    onError: fail,
  });

/** Rows are put in by hand. */
const letterView: View = {
  table: 'letter_stand_in',
  version: 1,
  columns: { size: 'integer' },
  indexes: [],
  keysOf: () => [],
  fold: () => undefined,
};

const digestsOnSqlite = () => digestsOf(onSqlite.services.db, views);

describe('read models on PostgreSQL', () => {
  it('are the same as on SQLite, also where two runners begin at once on an empty database', async () => {
    const address = await postgres.makeDatabase('digests');
    const models = [await openPostgresReadModel(address), await openPostgresReadModel(address)];
    const runners = await Promise.all(models.map(model => runnerOn(model)));
    await Promise.all(runners.map(runner => runner.start()));
    const head = await onSqlite.services.store.head();
    for (const runner of runners) expect(await runner.reached(head, 60_000)).toBe(true);
    const expected = await digestsOnSqlite();
    expect(expected.size).toBe(views.length);
    for (const { db } of models) expect(await digestsOf(db, views)).toEqual(expected);
    for (const runner of runners) await runner.stop();
    for (const model of models) await model.close();
  }, 90_000);

  it('go on from their checkpoint, and build one view anew without the others', async () => {
    const address = await postgres.makeDatabase('checkpoints');
    const first = await openPostgresReadModel(address);
    const runner = await runnerOn(first);
    await runner.start();
    const before = await onSqlite.services.store.head();
    expect(await runner.reached(before, 60_000)).toBe(true);
    await runner.stop();
    const [emptied] = views;
    await emptyView(first.db, emptied!, (await alwaysLeads.tryLead())!);
    await first.close();

    await onSqlite.done(personAs('ADMIN'), 'registerOrgUnit', {
      id: newId('orgunit'),
      parentId: sampleCounty.county.id,
      name: '新设派出所',
      level: 'STATION',
    });
    const again = await openPostgresReadModel(address);
    const checkpoints = await readCheckpoints(again.db);
    for (const { table } of views)
      expect([table, checkpoints.get(table)?.position]).toEqual([table, table === emptied!.table ? '0' : before]);
    const second = await runnerOn(again);
    await second.start();
    expect(await second.reached(await onSqlite.services.store.head(), 60_000)).toBe(true);
    await second.stop();
    expect(await digestsOf(again.db, views)).toEqual(await digestsOnSqlite());
    await again.close();
  }, 90_000);

  it('have keys in the order of their bytes, whatever the order of the database', async () => {
    const ids = ['a', 'B', '_', '张', '李', 'Ä', 'a/1', 'a-1', '0', '\u{1F600}', '\uFF01'];
    const inBytes = [...ids].sort((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)));
    const models = [
      await openPostgresReadModel(await postgres.makeDatabase('orders')),
      openSqliteReadModel(join(onSqlite.directory, 'orders.db')),
    ];
    const digests: string[] = [];
    for (const { db, close } of models) {
      await prepareTables(db, [letterView], await alwaysLeads.tryLead());
      await db
        .insertInto(letterView.table)
        .values(ids.map(id => ({ id, size: 2 ** 40 })))
        .execute();
      const rows = await db.selectFrom(letterView.table).selectAll().orderBy('id').execute();
      expect(rows).toEqual(inBytes.map(id => ({ id, size: 2 ** 40 })));
      digests.push(await digestOf(db, letterView));
      await close();
    }
    expect(new Set(digests).size).toBe(1);
  });
});

/** Every page of a list, with the cursors between them. */
async function walk(satchel: TestSatchel, personId: string, list: string, fields: string): Promise<Anything[]> {
  const pages: Anything[] = [];
  for (let after: string | undefined; ; ) {
    const query = `query W($after: String) { ${list}(first: 7, after: $after${fields}) {
      edges { cursor node { id } } pageInfo { endCursor hasNextPage } } }`;
    const answer = await satchel.read(personId, query, { after });
    pages.push(answer[list]);
    if (!answer[list].pageInfo.hasNextPage) return pages;
    after = answer[list].pageInfo.endCursor;
  }
}

describe('Satchel with its read models on PostgreSQL', () => {
  let onPostgres: TestSatchel;

  beforeAll(async () => {
    onPostgres = await onSqlite.copy({ SATCHEL_DATABASE: await postgres.makeDatabase('served') });
    const head = await onSqlite.services.store.head();
    expect(await onPostgres.services.projections.reached(head, 60_000)).toBe(true);
  }, 90_000);
  afterAll(() => onPostgres?.close());

  it.each([
    ['disputes', ''],
    ['disputes', ', sort: REPORTED'],
    ['disputes', ', text: "纠纷"'],
    ['disputes', ', divisionCode: "621224"'],
    ['certificates', ''],
    ['visits', ''],
    ['needs', ''],
    ['officers', ''],
    ['mediators', ''],
    ['orgUnits', ''],
  ])('lists %s%s with the same cursors', async (list, args) => {
    for (const person of [chief, personAs('OFFICER')]) {
      const expected = await walk(onSqlite, person, list, args);
      if (person === chief) expect(expected[0].edges).not.toEqual([]);
      expect(await walk(onPostgres, person, list, args)).toEqual(expected);
    }
  });

  it('answers the sample queries in the same words', async () => {
    for (const { query, role = 'COUNTY_CHIEF' } of sampleQueries.filter(sample => sample.query.startsWith('query')))
      expect(await onPostgres.read(personAs(role), query)).toEqual(await onSqlite.read(personAs(role), query));
  });

  it('shows a command to whoever sent it, and takes a NUL for a sign like any other', async () => {
    const id = newId('orgunit');
    const name = 'NUL\u0000派出所';
    await onPostgres.done(personAs('ADMIN'), 'registerOrgUnit', {
      id,
      parentId: sampleCounty.county.id,
      name,
      level: 'STATION',
    });
    const query = `{ orgUnit(id: "${id}") { name } }`;
    expect(await onPostgres.read(chief, query)).toEqual({ orgUnit: { name } });
    const beside = openSqliteReadModel(join(onPostgres.directory, 'beside.db'));
    const runner = await runnerOn(beside, onPostgres);
    await runner.start();
    expect(await runner.reached(await onPostgres.services.store.head(), 60_000)).toBe(true);
    await runner.stop();
    expect(await digestsOf(onPostgres.services.db, views)).toEqual(await digestsOf(beside.db, views));
    await beside.close();
    const found = await onPostgres.read(chief, 'query T($text: String) { disputes(text: $text) { nodes { id } } }', {
      text: 'a\u0000b',
    });
    expect(found).toEqual({ disputes: { nodes: [] } });
  });
});

describe('a statement of a request', () => {
  it('ends when the request would, and one of the projections does not', async () => {
    const model = await openPostgresReadModel(await postgres.makeDatabase('deadline'), { requestTimeout: 100 });
    const asleep = (seconds: number) => sql`select pg_sleep(${seconds})`;
    const error = await asleep(30)
      .execute(model.forRequests)
      .catch((reason: unknown) => reason);
    expect(codeOf(error)).toBe('REQUEST_TIMEOUT');
    await asleep(0.2).execute(model.db);
    await model.close();
  });
});

describe('a database that cannot be used', () => {
  const complaint = async (connectionString: string): Promise<Error> => {
    const outcome = await openPostgresReadModel(connectionString).catch((error: Error) => error);
    expect(outcome).toMatchObject({ name: 'DatabaseUnusable' });
    return outcome as Error;
  };
  /** Nowhere in the error nor in what caused it. */
  const expectWithout = (error: Error, secret: string) => {
    for (let told: unknown = error; told instanceof Error; told = told.cause)
      for (const form of [secret, encodeURIComponent(secret)])
        expect(`${told.stack} ${JSON.stringify(told)}`).not.toContain(form);
  };

  it('is named without the password when that is wrong', async () => {
    const error = await complaint(`postgres://satchel:wrong-secret@127.0.0.1:${postgres.port}/postgres`);
    expect(error.message).toContain(`postgres://satchel@127.0.0.1:${postgres.port}/postgres: refuses the user or`);
    expectWithout(error, 'wrong-secret');
  });

  it('is named when nothing listens there, and when the name leads nowhere', async () => {
    const closed = await complaint(`postgres://satchel:some-secret@127.0.0.1:${await freePort()}/postgres`);
    expect(closed.message).toContain('cannot be reached (ECONNREFUSED); check the address');
    expectWithout(closed, 'some-secret');
    const nowhere = await complaint('postgres://satchel:some-secret@nowhere.invalid/postgres');
    expect(nowhere.message).toMatch(/postgres:\/\/satchel@nowhere\.invalid\/postgres: cannot be reached/);
    expectWithout(nowhere, 'some-secret');
  });

  it('is named when there is no such database, and when the user may not make tables in it', async () => {
    const right = await postgres.makeDatabase('locked');
    const missing = await complaint(right.replace(/locked$/, 'missing'));
    expect(missing.message).toContain('is not there; create the database');
    expectWithout(missing, postgres.password);
    const owner = await openPostgresReadModel(right);
    await sql`create role guest login password 'guest-secret'`.execute(owner.db);
    await owner.close();
    const locked = await complaint(`postgres://guest:guest-secret@127.0.0.1:${postgres.port}/locked`);
    expect(locked.message).toContain('does not let this user make tables');
    expectWithout(locked, 'guest-secret');
  });

  it.each([
    'postgres://satchel:1234/secret@127.0.0.1/postgres',
    'postgres://satchel:secret@127.0.0.1',
    'mysql://satchel:secret@127.0.0.1/postgres',
    'secret',
  ])('is not repeated when it is no address: %s', async text => {
    const error = await complaint(text);
    expect(error.message).toContain('must be postgres://');
    expectWithout(error, 'secret@');
    expectWithout(error, '1234');
  });
});
