import { Kysely, PostgresDialect } from 'kysely';
import type { OpenReadModel } from './openReadModel.js';
import { openPool } from './postgres.js';
import type { ReadTables } from './readModel.js';

/**
 * The read model in a PostgreSQL database. Its tables can be dropped while Satchel is down: they are built anew.
 * @throws DatabaseUnusable naming the address without its password
 */
export async function openPostgresReadModel(connectionString: string): Promise<OpenReadModel> {
  const pool = await openPool(connectionString);
  const db = new Kysely<ReadTables>({ dialect: new PostgresDialect({ pool }) });
  return { db, close: () => db.destroy() };
}
