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
  const open = async (statementTimeoutMs: number) =>
    new Kysely<ReadTables>({
      dialect: new PostgresDialect({ pool: await openPool(connectionString, { statementTimeoutMs }) }),
    });
  const db = await open(0);
  const openSession = (options: SessionOptions) => openOneSession(connectionString, options);
  if (requestTimeout === 0) return { db, forRequests: db, openSession, close: () => db.destroy() };
  try {
    const forRequests = await open(requestTimeout);
    const close = async () => {
      await Promise.all([db.destroy(), forRequests.destroy()]);
    };
    return { db, forRequests, openSession, close };
  } catch (error) {
    await db.destroy();
    throw error;
  }
}
