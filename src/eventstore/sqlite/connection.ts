import {
  closeDatabase,
  type Database,
  DatabaseUnusable,
  findDamage,
  isDamage,
  isDiskFull,
  openDatabase,
  prepareQuery,
  prepareStatement,
  type Query,
  type Statement,
  sqlCode,
} from '../../database/libsql.js';
import { AppendRefused, EventStoreError, StoreClosed, StoreCorrupt, StoreFull, StoreUnavailable } from '../errors.js';
import { prepareSchema } from './schema.js';

/** The store's one connection. What it hands out throws the store's own errors, and StoreClosed after `close`. */
export interface Connection {
  query<Row extends readonly unknown[]>(sql: string): Query<Row>;
  /** Runs the work in one transaction that holds the write lock. Any error undoes all of it. */
  transaction<Result>(work: () => Result): Result;
  /** Runs work that is a single statement, and so needs no transaction around it. */
  statementAlone<Result>(work: () => Result): Result;
  /** For use within a transaction: errors are SQLite's own. */
  statement(sql: string): Statement;
  close(): void;
}

/** Above this size the check of every page would delay the start for too long. */
const CHECKED_UP_TO_BYTES = 256 * 1024 * 1024;

export interface ConnectOptions {
  readonly readOnly: boolean;
  readonly disposable: boolean;
}

/** @throws StoreCorrupt naming the file when it cannot be used as an event store */
export function connect(file: string, options: ConnectOptions): Connection {
  const db = open(file, options);
  const begin = prepareStatement(db, 'BEGIN IMMEDIATE');
  const commit = prepareStatement(db, 'COMMIT');
  let closed = false;

  const guarded = <Result>(read: () => Result): Result => {
    if (closed) throw new StoreClosed();
    try {
      return read();
    } catch (error) {
      throw asStoreError(error, file);
    }
  };

  return {
    query: <Row extends readonly unknown[]>(sql: string) => {
      const query = prepareQuery<Row>(db, sql);
      return {
        all: parameters => guarded(() => query.all(parameters)),
        first: parameters => guarded(() => query.first(parameters)),
      };
    },
    statement: sql => prepareStatement(db, sql),
    statementAlone: guarded,
    transaction: work =>
      guarded(() => {
        begin.run([]);
        try {
          const result = work();
          commit.run([]);
          return result;
        } catch (error) {
          // SQLite has undone it already after a full disk or a refusal by a trigger.
          if (db.inTransaction) db.exec('ROLLBACK');
          throw error;
        }
      }),
    close: () => {
      if (!closed) closeDatabase(db);
      closed = true;
    },
  };
}

function open(file: string, options: ConnectOptions): Database {
  let db: Database | undefined;
  try {
    db = openDatabase(file, options);
    prepareSchema(db, file, options.readOnly);
    checkPages(db, file);
    return db;
  } catch (error) {
    db?.close();
    if (error instanceof DatabaseUnusable) throw new StoreCorrupt(error.message, { cause: error });
    throw asStoreError(error, file);
  }
}

function checkPages(db: Database, file: string): void {
  const [bytes] = prepareQuery<[number]>(
    db,
    'SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()',
  ).first([])!;
  const damage = bytes <= CHECKED_UP_TO_BYTES ? findDamage(db) : undefined;
  if (damage !== undefined) throw new StoreCorrupt(`${file}: is damaged (${damage}); restore it from a backup`);
}

function asStoreError(error: unknown, file: string): EventStoreError {
  if (error instanceof EventStoreError) return error;
  const message = error instanceof Error ? error.message : String(error);
  if (isDamage(error)) {
    return new StoreCorrupt(`${file}: is damaged (${message}); restore it from a backup`, { cause: error });
  }
  if (sqlCode(error)?.startsWith('SQLITE_CONSTRAINT')) return new AppendRefused(message, { cause: error });
  if (isDiskFull(error))
    return new StoreFull(`${file}: the disk is full; nothing was written. Make room on it, and try again`, {
      cause: error,
    });
  return new StoreUnavailable(`${file}: ${message}; nothing was written, try again`, { cause: error });
}
