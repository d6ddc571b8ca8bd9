import { statSync } from 'node:fs';
import { Kysely, SqliteDialect } from 'kysely';
import { closeDatabase, type Database, DatabaseUnusable, findDamage, isDamage, openDatabase } from './libsql.js';
import type { Session, SessionOptions } from './postgres.js';
import type { ReadModel, ReadTables } from './readModel.js';
import { statementCache } from './statementCache.js';

export interface OpenReadModel {
  readonly db: ReadModel;
  /** The same tables, for requests: where the database can do it, a statement ends when a request would. */
  readonly forRequests: ReadModel;
  /** Another connection to the same database, where several processes may share it; absent where one has it for itself. */
  readonly openSession?: (options: SessionOptions) => Promise<Session>;
  close(): Promise<void>;
}

/** Above this size the check of every page would delay the start for too long. */
const CHECKED_UP_TO_BYTES = 256 * 1024 * 1024;

const damaged = (file: string, what: string, options?: ErrorOptions) =>
  new DatabaseUnusable(file, `is damaged (${what}); delete it, and it is built anew from the events`, options);

function open(file: string): Database {
  let database: Database | undefined;
  try {
    // A power cut may cost the last rows, never the order: they are projected again from the events.
    database = openDatabase(file, { disposable: true });
    const damage = statSync(file).size <= CHECKED_UP_TO_BYTES ? findDamage(database) : undefined;
    if (damage !== undefined) throw damaged(file, damage);
    return database;
  } catch (error) {
    database?.close();
    const cause = error instanceof DatabaseUnusable ? (error.cause ?? error) : error;
    throw isDamage(cause) ? damaged(file, (cause as Error).message, { cause }) : error;
  }
}

/**
 * The read model in a SQLite file. It can be deleted at any time while Satchel is down: it is built anew.
 * @throws DatabaseUnusable naming the file
 */
export function openSqliteReadModel(file: string): OpenReadModel {
  const database = open(file);
  const db = new Kysely<ReadTables>({
    dialect: new SqliteDialect({
      database: { prepare: statementCache(database), close: () => closeDatabase(database) },
    }),
  });
  return { db, forRequests: db, close: () => db.destroy() };
}
