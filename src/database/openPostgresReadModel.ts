import { Kysely, PostgresDialect } from 'kysely';
import type { OpenReadModel } from './openReadModel.js';
import { openSession as openOneSession, openPool, type SessionOptions } from './postgres.js';
import type { ReadTables } from './readModel.js';

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
    const pool = await openPool(connectionString, { statementTimeoutMs });
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
