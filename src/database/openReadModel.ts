import { Kysely, SqliteDialect } from 'kysely';
import { closeDatabase, openDatabase } from './libsql.js';
import type { ReadModel, ReadTables } from './readModel.js';
import { statementCache } from './statementCache.js';

export interface OpenReadModel {
  readonly db: ReadModel;
  close(): Promise<void>;
}

/**
 * The read model in a SQLite file. It can be deleted at any time while Satchel is down: it is built anew.
 * @throws DatabaseUnusable naming the file
 */
export function openSqliteReadModel(file: string): OpenReadModel {
  const database = openDatabase(file);
  // A power cut may cost the last rows, never the order: they are projected again from the events.
  database.exec('PRAGMA synchronous = NORMAL');
  const db = new Kysely<ReadTables>({
    dialect: new SqliteDialect({
      database: { prepare: statementCache(database), close: () => closeDatabase(database) },
    }),
  });
  return { db, close: () => db.destroy() };
}
