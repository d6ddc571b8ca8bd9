import { PostgresAdapter, type RawBuilder, sql } from 'kysely';
import { ADVISORY_LOCKS } from './advisoryLocks.js';
import type { ReadModel, ReadModelTransaction } from './readModel.js';

// What the two databases do not have in common, beside how they are opened.

export const isPostgres = (db: ReadModel): boolean => db.getExecutor().adapter instanceof PostgresAdapter;

/** Text in the order of its bytes, as SQLite has it: cursors and digests must not hang on the locale of a database. */
export const textColumn = (db: ReadModel): 'text' | RawBuilder<unknown> =>
  isPostgres(db) ? sql`text collate "C"` : 'text';

/** Who is paused in the middle of a transaction holds back everyone else; after so long the server ends it. */
const LONGEST_PAUSE_MS = 5_000;

/**
 * Holds back every other writer until the end of the transaction: rows and checkpoints are locked by several statements,
 * and two runners would wait for each other for ever. SQLite has one writer by itself. A commit does not wait for the
 * disk: a power cut may cost the last rows, never the order.
 */
export async function beOnlyWriter(transaction: ReadModelTransaction, beside = false): Promise<void> {
  if (!isPostgres(transaction)) return;
  await sql`select set_config('synchronous_commit', 'off', true),
    set_config('idle_in_transaction_session_timeout', ${String(LONGEST_PAUSE_MS)}, true),
    pg_advisory_xact_lock(${beside ? ADVISORY_LOCKS.besideReadModel : ADVISORY_LOCKS.readModel})`.execute(transaction);
}

/**
 * Changes tables so that nobody sees them halfway, nor changes them at the same time: CREATE TABLE IF NOT EXISTS fails
 * on PostgreSQL when two begin at once. SQLite waits for its one writer statement by statement: a transaction that
 * reads first could not.
 */
export const changeTables = <T>(db: ReadModel, change: (db: ReadModel) => Promise<T>): Promise<T> =>
  isPostgres(db)
    ? db.transaction().execute(async transaction => {
        await beOnlyWriter(transaction);
        return change(transaction);
      })
    : change(db);

/** Adds a column that tables of an earlier release lack. `definition` is in the SQL that both databases know. */
export async function ensureColumn(db: ReadModel, table: string, column: string, definition: string): Promise<void> {
  const known = isPostgres(db)
    ? sql`select 1 from information_schema.columns
        where table_schema = current_schema() and table_name = ${table} and column_name = ${column}`
    : sql`select 1 from pragma_table_info(${table}) where name = ${column}`;
  if ((await known.execute(db)).rows.length === 0)
    await sql`alter table ${sql.table(table)} add column ${sql.ref(column)} ${sql.raw(definition)}`.execute(db);
}

/**
 * A change of tables waits for their readers, and new readers wait behind it: so it gives up soon, to try again. Below
 * the time after which PostgreSQL looks for deadlocks, so that it is never a reader that is given up.
 */
export async function waitForReadersNoLonger(transaction: ReadModelTransaction): Promise<void> {
  if (isPostgres(transaction)) await sql`select set_config('lock_timeout', '200ms', true)`.execute(transaction);
}

/** Whether a change of tables gave up waiting for readers, or for another writer. */
export const isLockTimeout = (error: unknown): boolean =>
  error instanceof Error && ['55P03', '40P01', 'SQLITE_BUSY'].includes((error as NodeJS.ErrnoException).code ?? '');
