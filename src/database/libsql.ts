import { closeSync, existsSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import Libsql from 'libsql';

/** A connection to one SQLite file. This is the only file that knows which driver is behind it. */
export type Database = Libsql.Database;

export type SqlValue = string | number | bigint | Buffer | null;

/** A prepared query; its rows are tuples in the order of the columns. */
export interface Query<Row extends readonly unknown[]> {
  all(parameters: readonly SqlValue[]): Row[];
  first(parameters: readonly SqlValue[]): Row | undefined;
}

export interface Ran {
  /** How many rows it changed. */
  readonly changes: number;
  /** The key of the row that was inserted last. */
  readonly lastInsertRowid: number | bigint;
}

/** A prepared statement without rows. */
export interface Statement {
  run(parameters: readonly SqlValue[]): Ran;
}

/** The file cannot be used as a database; the message names it and says what to do. */
export class DatabaseUnusable extends Error {
  override readonly name = 'DatabaseUnusable';
  constructor(
    readonly file: string,
    reason: string,
    options?: ErrorOptions,
  ) {
    super(`${file}: ${reason}`, options);
  }
}

export interface OpenDatabaseOptions {
  /** Refuses writes, and a file that is not there; false by default. */
  readonly readOnly?: boolean;
  /** Holds what can be made again: a commit does not wait for the disk, and a log without its file is let go; false by default. */
  readonly disposable?: boolean;
  /** How long a statement waits for another process's lock, in milliseconds; 5,000 by default. */
  readonly busyTimeoutMs?: number;
}

/**
 * A file, and what SQLite keeps beside it: the log, the index of that, and what would be undone. SQLite goes by their
 * names alone: beside another file they are written into that one.
 */
export const withWhatIsBeside = (file: string): readonly string[] => [
  file,
  `${file}-wal`,
  `${file}-shm`,
  `${file}-journal`,
];

/**
 * Opens a file in WAL mode with `synchronous=FULL`: what is committed is on disk, unless it is disposable.
 * A file that is not there is made, with its directory, readable by its owner alone.
 * While it is open, nothing else in the process may open and close the same file:
 * POSIX would drop the locks that SQLite holds on it.
 * @throws DatabaseUnusable when the file is no database, is damaged, or cannot be reached
 */
export function openDatabase(
  file: string,
  { readOnly = false, disposable = false, busyTimeoutMs = 5_000 }: OpenDatabaseOptions = {},
): Database {
  if (!existsSync(file)) {
    if (!disposable) requireNoLog(file);
    createFile(file, readOnly);
  } else if (!statSync(file).isFile()) throw new DatabaseUnusable(file, 'is not a file; give the path of a database');
  let db: Database | undefined;
  try {
    // Resolved, since the driver reads `:memory:`, `file:…` and `http:…` in a way of its own.
    db = new Libsql(resolve(file), { timeout: busyTimeoutMs });
    switchToWriteAheadLog(db, busyTimeoutMs);
    // Checkpoints at 16 MiB instead of 4: pages that are written over and over reach the file once.
    db.exec('PRAGMA wal_autocheckpoint = 4000');
    // On macOS a plain fsync leaves the data in the drive's cache; elsewhere the pragma does nothing.
    db.exec(disposable ? 'PRAGMA synchronous = NORMAL' : 'PRAGMA synchronous = FULL; PRAGMA fullfsync = ON');
    if (readOnly) db.exec('PRAGMA query_only = ON');
    return db;
  } catch (error) {
    db?.close();
    throw new DatabaseUnusable(file, `cannot be opened (${messageOf(error)}); ${adviceFor(error)}`, { cause: error });
  }
}

/** Writes the log back into the file and lets go of it. */
export function closeDatabase(db: Database): void {
  try {
    // The driver keeps the file open until its statements are collected, so the log is emptied here and now.
    db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').all([]);
  } catch {
    // Another process writes, or the file is read-only: the log stays, and the next to open it reads it.
  }
  db.close();
}

/** Reads every page and says what is wrong with the first that is damaged; about 1 ms a megabyte. */
export function findDamage(db: Database): string | undefined {
  const finding = prepareQuery<[string]>(db, 'PRAGMA quick_check(1)').first([])?.[0];
  // The first line of a finding names the database, which is always `main`.
  return finding === 'ok' ? undefined : (finding?.split('\n').at(-1) ?? 'the check gave no answer');
}

// Parameters go as one array: the driver flattens anything else, which costs as much as a small insert.

export function prepareQuery<Row extends readonly unknown[]>(db: Database, sql: string): Query<Row> {
  const statement = db.prepare(sql).raw();
  return {
    all: parameters => statement.all(parameters) as Row[],
    first: parameters => statement.get(parameters) as Row | undefined,
  };
}

export function prepareStatement(db: Database, sql: string): Statement {
  const statement = db.prepare(sql);
  return { run: parameters => statement.run(parameters) };
}

/** Runs the work in one transaction that holds the write lock; any error undoes all of it. */
export function inTransaction<Result>(db: Database, work: () => Result): Result {
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    // SQLite has undone it already after a full disk or a refusal by a trigger.
    if (db.inTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

/** Whether nothing was ever made in the file. */
export const isEmpty = (db: Database): boolean =>
  prepareQuery(db, 'SELECT 1 FROM sqlite_schema LIMIT 1').first([]) === undefined;

/** What a pragma that is a number says, such as `user_version`. */
export const pragma = (db: Database, name: string): number =>
  prepareQuery<[number]>(db, `PRAGMA ${name}`).first([])![0];

/** `SQLITE_FULL`, `SQLITE_CONSTRAINT_UNIQUE`…, or undefined when the error is not SQLite's. */
export function sqlCode(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && code.startsWith('SQLITE_') ? code : undefined;
}

/** Whether the error says that the file itself is damaged, so that trying again is of no use. */
export const isDamage = (error: unknown): boolean => /^SQLITE_(CORRUPT|NOTADB)/.test(sqlCode(error) ?? '');

/** What was committed last may stand in the log alone, and SQLite takes away that of an empty file. */
function requireNoLog(file: string): void {
  const log = `${file}-wal`;
  if ((statSync(log, { throwIfNoEntry: false })?.size ?? 0) === 0) return;
  const wayOut = 'put back the file that it belongs to, or move the log away too';
  throw new DatabaseUnusable(
    file,
    `is not there, but its log is (${log}), which may hold what was written last; ${wayOut}`,
  );
}

/** Whether the error says that there is no room: for the file or its log, or for the index beside the log. */
export const isDiskFull = (error: unknown): boolean => /^SQLITE_(FULL|IOERR_SHMSIZE)$/.test(sqlCode(error) ?? '');

function createFile(file: string, readOnly: boolean): void {
  if (readOnly) throw new DatabaseUnusable(file, 'does not exist; check the path');
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    closeSync(openSync(file, 'wx', 0o600));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST' && existsSync(file)) return;
    throw new DatabaseUnusable(file, `cannot be created (${messageOf(error)})`, { cause: error });
  }
}

/** SQLite does not wait for a lock when it changes the journal mode, and two processes may open a new file at once. */
function switchToWriteAheadLog(db: Database, busyTimeoutMs: number): void {
  const giveUpAt = Date.now() + busyTimeoutMs;
  for (;;) {
    try {
      prepareQuery(db, 'PRAGMA journal_mode = WAL').all([]);
      return;
    } catch (error) {
      if (sqlCode(error) !== 'SQLITE_BUSY' || Date.now() > giveUpAt) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}

const adviceFor = (error: unknown): string =>
  isDamage(error) ? 'restore it from a backup, or give another path' : 'check the path, its permissions and the disk';

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
