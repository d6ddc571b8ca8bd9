import { Kysely, PostgresDialect } from 'kysely';
import { ADVISORY_LOCKS } from '../../database/advisoryLocks.js';
import { openPool, type Pool } from '../../database/postgres.js';
import { parsePostgresAddress } from '../../database/postgresAddress.js';
import { ControlNotThere, ControlUnusable, controlOfVersion } from './errors.js';
import { type ControlTables, type OpenControl, type OpenControlOptions, SCHEMA_VERSION, tablesIn } from './tables.js';

/** Apart from the read model's tables, which may be dropped at any time. */
export const SCHEMA = 'satchel_control';

/** One runner writes, and one who looks on reads. */
const CONNECTIONS = 2;

interface Found {
  readonly schema: boolean;
  readonly tables: boolean;
}

const LOOK = `SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = '${SCHEMA}') AS schema,
  EXISTS (SELECT FROM pg_tables WHERE schemaname = '${SCHEMA}' AND tablename = 'about') AS tables`;

/** All or nothing; whoever comes second finds them there. */
async function makeTables(pool: Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await client.query('SELECT pg_advisory_xact_lock($1)', [ADVISORY_LOCKS.controlTables]);
    const found = (await client.query(LOOK)).rows[0] as Found;
    // One that an administrator has made is used; to say IF NOT EXISTS would ask for the right to make it all the same.
    if (!found.schema) await client.query(`CREATE SCHEMA ${SCHEMA}`);
    if (!found.tables) await client.query(tablesIn(`${SCHEMA}.`, 'text COLLATE "C"'));
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

function asControlError(error: unknown, place: string): unknown {
  if ((error as { code?: string }).code !== NOT_ALLOWED) return error;
  return new ControlUnusable(
    place,
    `does not let this user use the schema ${SCHEMA}; make the user the owner of the database or of that schema`,
    { cause: error },
  );
}

async function prepareSchema(pool: Pool, place: string, make: boolean): Promise<void> {
  const { tables } = (await pool.query(LOOK)).rows[0] as Found;
  if (!tables && !make) throw new ControlNotThere(place);
  if (!tables) await makeTables(pool);
  const version = (await pool.query(`SELECT version FROM ${SCHEMA}.about`)).rows[0]?.version as number;
  if (version !== SCHEMA_VERSION) throw controlOfVersion(place, version, SCHEMA_VERSION);
}

/**
 * In a schema of its own in a PostgreSQL database.
 * @throws DatabaseUnusable, ControlUnusable naming the address without its password
 */
export async function openPostgresControl(address: string, { make }: OpenControlOptions): Promise<OpenControl> {
  const place = parsePostgresAddress(address)?.shown ?? 'The address of the control store';
  const pool = await openPool(address, async () => undefined, { connections: CONNECTIONS });
  try {
    await prepareSchema(pool, place, make);
  } catch (error) {
    await pool.end();
    throw asControlError(error, place);
  }
  const db = new Kysely<ControlTables>({ dialect: new PostgresDialect({ pool }) });
  const close = async () => {
    await db.destroy();
    // Kysely lets go of what it has used, and the process would wait for the rest.
    if (!pool.ended) await pool.end();
  };
  return { place, db: db.withSchema(SCHEMA), close };
}
