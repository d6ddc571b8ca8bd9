import { realpathSync, statSync } from 'node:fs';
import { Kysely, SqliteDialect } from 'kysely';
import { diskRoomAt } from './diskRoom.js';
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
  /**
   * Whether there is more room on the disk than is to be left to those who serve. Absent where a server has the disk,
   * which does not tell.
   */
  readonly hasRoomToSpare?: () => boolean;
  close(): Promise<void>;
}

/** For events, keys and rows that come while someone makes room; less where the disk is small. */
const LEFT_TO_OTHERS = { bytes: 64 * 1024 * 1024, part: 0.05 } as const;

function hasRoomToSpare(file: string): boolean {
  const { freeBytes, allBytes } = diskRoomAt(file);
  // What stands in the log is written into the file before the log is let go.
  const logBytes = statSync(`${realpathSync(file)}-wal`, { throwIfNoEntry: false })?.size ?? 0;
  return freeBytes - logBytes > Math.min(LEFT_TO_OTHERS.bytes, allBytes * LEFT_TO_OTHERS.part);
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
  return { db, forRequests: db, hasRoomToSpare: () => hasRoomToSpare(file), close: () => db.destroy() };
}
