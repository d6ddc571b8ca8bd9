import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openVault } from '../../src/access/vault/openVault.js';
import { openPostgresReadModel } from '../../src/database/openPostgresReadModel.js';
import { leadershipOn } from '../../src/projections/leadershipOn.js';
import { startPostgres, type TestPostgres } from '../harness/postgres.js';
import { itIsAVault, type StoredKey } from './vaultContract.js';

let postgres: TestPostgres;
let databases = 0;

beforeAll(async () => {
  postgres = await startPostgres();
}, 60_000);
afterAll(() => postgres?.stop());

const newDatabase = () => postgres.makeDatabase(`vault_${databases++}`);

// biome-ignore lint/suspicious/noExplicitAny: rows are as the query of the test asks for them
async function query(place: string, ...statements: readonly string[]): Promise<readonly any[]> {
  const client = new pg.Client({ connectionString: place });
  await client.connect();
  try {
    let rows: readonly unknown[] = [];
    for (const statement of statements) rows = (await client.query(statement)).rows;
    return rows;
  } finally {
    await client.end();
  }
}

const shown = (place: string) => place.replace(/:[^:@]+@/, '@');
const masterKey = randomBytes(32);
const KEYS = 'SELECT key_id, wrapped, created_at, destroyed_at FROM satchel_vault.keys ORDER BY key_id';

describe('on PostgreSQL', () => {
  itIsAVault({
    newPlace: newDatabase,
    keysIn: async place =>
      (await query(place, KEYS)).map(
        (row): StoredKey => ({
          keyId: row.key_id,
          wrapped: row.wrapped,
          createdAt: row.created_at.toISOString(),
          destroyedAt: row.destroyed_at?.toISOString() ?? null,
        }),
      ),
    change: async (place, sql) => void (await query(place, 'SET search_path = satchel_vault', sql)),
    makeNewer: async place => void (await query(place, 'UPDATE satchel_vault.about SET version = 9')),
    shown,
  });
});

describe('the schema of a vault', () => {
  const refusal = (at: string): Promise<Error> =>
    openVault({ at, masterKey }).then(
      () => {
        throw new Error('It was opened');
      },
      (error: Error) => error,
    );

  it('is made while another process leads in the same database', async () => {
    const at = await newDatabase();
    const model = await openPostgresReadModel(at);
    const leadership = await leadershipOn(model);
    expect(await leadership.tryLead()).toBeDefined();
    const vault = await openVault({ at, masterKey });
    expect(leadership.leads).toBe(true);
    await vault.close();
    await leadership.close();
    await model.close();
  });

  it('outlives the tables of the read model, and all else in the database', async () => {
    const at = await newDatabase();
    const vault = await openVault({ at, masterKey });
    const key = (await vault.sealingKeys(['resident-1'])).get('resident-1');
    await vault.close();
    await query(at, 'DROP SCHEMA public CASCADE', 'CREATE SCHEMA public');
    const again = await openVault({ at, masterKey });
    expect((await again.openingKey('resident-1'))?.secret.equals(key!.secret)).toBe(true);
    await again.close();
  });

  it('is enough for a user who may do nothing else there', async () => {
    const at = await newDatabase();
    await query(
      at,
      "CREATE ROLE keeper LOGIN PASSWORD 'keeper-secret'",
      "CREATE ROLE guest LOGIN PASSWORD 'guest-secret'",
      'CREATE SCHEMA satchel_vault AUTHORIZATION keeper',
    );
    const as = (user: string) => at.replace(/\/\/[^@]+@/, `//${user}:${user}-secret@`);
    const vault = await openVault({ at: as('keeper'), masterKey });
    expect((await vault.sealingKeys(['resident-1'])).size).toBe(1);
    await vault.close();
    const error = await refusal(as('guest'));
    expect(error).toMatchObject({ code: 'VAULT_UNUSABLE' });
    expect(error.message).toContain('does not let this user use the schema satchel_vault');
    expect(error.message).not.toContain('guest-secret');
  });

  it('is not made where this user may not make one', async () => {
    const at = await newDatabase();
    await query(at, "CREATE ROLE passer LOGIN PASSWORD 'passer-secret'");
    const error = await refusal(at.replace(/\/\/[^@]+@/, '//passer:passer-secret@'));
    expect(error.message).toContain('make the user the owner of the database or of that schema');
    expect(await query(at, "SELECT 1 FROM pg_namespace WHERE nspname = 'satchel_vault'")).toEqual([]);
  });

  it('is refused where a commit does not wait for the disk', async () => {
    const at = await newDatabase();
    await query(at, `ALTER DATABASE ${at.split('/').at(-1)} SET synchronous_commit = off`);
    expect((await refusal(at)).message).toContain('set synchronous_commit to on there');
    expect(await query(at, "SELECT 1 FROM pg_namespace WHERE nspname = 'satchel_vault'")).toEqual([]);
  });
});
