import { ADVISORY_LOCKS } from '../../../database/advisoryLocks.js';
import type { Pool } from '../../../database/postgres.js';
import { VaultNotThere, VaultUnusable, vaultOfVersion } from '../errors.js';
import type { KeyStorageOptions } from '../keyStorage.js';

/** Apart from the read model's tables, which may be dropped at any time. */
export const SCHEMA = 'satchel_vault';
const SCHEMA_VERSION = 1;

const TABLES = `
CREATE TABLE ${SCHEMA}.about (version integer NOT NULL);
INSERT INTO ${SCHEMA}.about VALUES (${SCHEMA_VERSION});
CREATE TABLE ${SCHEMA}.keys (
  key_id text COLLATE "C" PRIMARY KEY,
  wrapped bytea,
  created_at timestamptz NOT NULL,
  destroyed_at timestamptz,
  CHECK ((wrapped IS NULL) = (destroyed_at IS NOT NULL))
);
CREATE TABLE ${SCHEMA}.secrets (name text COLLATE "C" PRIMARY KEY, wrapped bytea NOT NULL);`;

interface Found {
  readonly schema: boolean;
  readonly tables: boolean;
}

// Not by to_regclass(): it may answer from what this connection remembers of the time before it waited for the lock.
const LOOK = `SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = '${SCHEMA}') AS schema,
  EXISTS (SELECT FROM pg_tables WHERE schemaname = '${SCHEMA}' AND tablename = 'about') AS tables`;

/** All or nothing; whoever comes second finds them there. */
async function makeTables(pool: Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await client.query('SELECT pg_advisory_xact_lock($1)', [ADVISORY_LOCKS.vaultTables]);
    const found = (await client.query(LOOK)).rows[0] as Found;
    // One that an administrator has made is used; to say IF NOT EXISTS would ask for the right to make it all the same.
    if (!found.schema) await client.query(`CREATE SCHEMA ${SCHEMA}`);
    if (!found.tables) await client.query(TABLES);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}

/** SQLSTATE of a right that is missing. */
const NOT_ALLOWED = '42501';

function asVaultError(error: unknown, place: string): unknown {
  if ((error as { code?: string }).code !== NOT_ALLOWED) return error;
  return new VaultUnusable(
    place,
    `does not let this user use the schema ${SCHEMA}; make the user the owner of the database or of that schema`,
    { cause: error },
  );
}

/**
 * Makes the tables where there are none and they may be made, and sees that they are of this version.
 * @throws VaultUnusable
 */
export async function prepareSchema(pool: Pool, place: string, { make }: KeyStorageOptions): Promise<void> {
  try {
    const { tables } = (await pool.query(LOOK)).rows[0] as Found;
    if (!tables && !make) throw new VaultNotThere(place);
    if (!tables) await makeTables(pool);
    const version = (await pool.query(`SELECT version FROM ${SCHEMA}.about`)).rows[0]?.version as number;
    if (version !== SCHEMA_VERSION) throw vaultOfVersion(place, version, SCHEMA_VERSION);
  } catch (error) {
    throw asVaultError(error, place);
  }
}
