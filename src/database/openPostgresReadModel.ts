import { Kysely, PostgresDialect } from 'kysely';
import type { OpenReadModel } from './openReadModel.js';
import { openSession as openOneSession, openPool, type Probe, type SessionOptions } from './postgres.js';
import type { ReadTables } from './readModel.js';

/** The first that ends idle sessions by itself: the lock of a leader that was paused would never be free again. */
const OLDEST_VERSION = 140_000;

const QUESTIONS = `SELECT current_setting('server_version_num')::int AS version,
  coalesce(has_schema_privilege(current_schema(), 'CREATE'), false) AS "mayCreate"`;

const holdsReadModels: Probe = async pool => {
  const { version, mayCreate } = (await pool.query<{ version: number; mayCreate: boolean }>(QUESTIONS)).rows[0]!;
  if (version < OLDEST_VERSION) return 'is on a PostgreSQL that is too old; 14 or later is needed';
  if (!mayCreate) return 'does not let this user make tables; make the user the owner of the database';
  return undefined;
};

/**
 * The read model in a PostgreSQL database. Its tables can be dropped while Satchel is down: they are built anew.
 * @param requestTimeout longest time for a statement of a request, in milliseconds; 0 for no limit
 * @throws DatabaseUnusable naming the address without its password
 */
export async function openPostgresReadModel(
  connectionString: string,
  { requestTimeout = 0 }: { readonly requestTimeout?: number | undefined } = {},
): Promise<OpenReadModel> {
  const open = async (statementTimeoutMs: number) => {
    const pool = await openPool(connectionString, holdsReadModels, { statementTimeoutMs });
    const db = new Kysely<ReadTables>({ dialect: new PostgresDialect({ pool }) });
    const close = async () => {
      await db.destroy();
      // Kysely lets go of what it has used, and the process would wait for the rest.
      if (!pool.ended) await pool.end();
    };
    return { db, close };
  };
  const openSession = (options: SessionOptions) => openOneSession(connectionString, options);
  const { db, close } = await open(0);
  if (requestTimeout === 0) return { db, forRequests: db, openSession, close };
  try {
    const requests = await open(requestTimeout);
    const closeBoth = async () => {
      await Promise.all([close(), requests.close()]);
    };
    return { db, forRequests: requests.db, openSession, close: closeBoth };
  } catch (error) {
    await close();
    throw error;
  }
}
