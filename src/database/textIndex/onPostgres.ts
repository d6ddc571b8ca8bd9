import { randomBytes } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import { ADVISORY_LOCKS } from '../advisoryLocks.js';
import { changeTables } from '../differences.js';
import type { ReadModel } from '../readModel.js';
import { MANY, type TextColumn, type TextIndexes } from './port.js';

// A GIN index over a function of the column. The condition asks for the same function, so that it is right with and
// without the index. Of a tsvector, whose words are bytes to the server: statistics of arrays are looked up in the order
// of the database's locale, and not found.

const BIGRAMS = sql.table('satchel_bigrams');

interface Explained {
  readonly 'QUERY PLAN': readonly [{ readonly Plan: { readonly 'Plan Rows': number } }];
}

/** How many rows there are by the statistics of the server, which does not look at any. */
async function estimate(db: ReadModel, table: string, condition: RawBuilder<boolean>): Promise<number> {
  const explain = sql<Explained>`explain (format json) select from ${sql.table(table)} where ${condition}`;
  return (await explain.execute(db)).rows[0]?.['QUERY PLAN'][0].Plan['Plan Rows'] ?? 0;
}

const createFunction = (db: ReadModel) =>
  sql`create or replace function ${BIGRAMS}(text) returns tsvector
    language sql immutable strict parallel safe
    as $$ select array_to_tsvector(array(
      select substr($1, place, 2) from generate_series(1, length($1) - 1) as place)) $$`.execute(db);

const tsqueryOf = (bigrams: readonly string[]): string =>
  bigrams.map(bigram => `'${bigram.replace(/['\\]/g, sign => sign + sign)}'`).join(' & ');

/** What was begun, or made and never used, stays with the table and costs every writer. */
async function dropLeftovers(session: ReadModel, table: string): Promise<void> {
  const { rows } = await sql<{ readonly name: string }>`
    select relname as name from pg_index join pg_class on pg_class.oid = indexrelid
    where indrelid = to_regclass(${table}) and relname like 'text\\_%'`.execute(session);
  for (const { name } of rows) await sql`drop index concurrently if exists ${sql.table(name)}`.execute(session);
}

/** Nobody waits for it meanwhile, but it for everybody. False once `signal` aborts: the server is told to stop. */
async function createConcurrently(
  { db, session, signal }: { readonly db: ReadModel; readonly session: ReadModel; readonly signal: AbortSignal },
  index: string,
  { table, column }: TextColumn,
): Promise<boolean> {
  const { rows } = await sql<{ readonly pid: number }>`select pg_backend_pid() as pid`.execute(session);
  const cancel = () => void sql`select pg_cancel_backend(${rows[0]?.pid})`.execute(db).catch(() => undefined);
  signal.addEventListener('abort', cancel, { once: true });
  try {
    if (signal.aborted) return false;
    await sql`create index concurrently ${sql.table(index)} on ${sql.table(table)}
      using gin (${BIGRAMS}(${sql.ref(column)}))`.execute(session);
    await sql`analyze ${sql.table(table)}`.execute(session);
    return true;
  } catch (error) {
    if (signal.aborted) return false;
    throw error;
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}

export const postgresTextIndexes: TextIndexes = {
  async make(db, at, signal) {
    await changeTables(db, createFunction);
    return db.connection().execute(async session => {
      const { rows } = await sql<{
        readonly mine: boolean;
      }>`select pg_try_advisory_lock(${ADVISORY_LOCKS.textIndex}) as mine`.execute(session);
      if (!rows[0]?.mine) return undefined;
      try {
        await dropLeftovers(session, at.table);
        const index = `text_${randomBytes(4).toString('hex')}`;
        return (await createConcurrently({ db, session, signal }, index, at)) ? index : undefined;
      } finally {
        await sql`select pg_advisory_unlock(${ADVISORY_LOCKS.textIndex})`.execute(session);
      }
    });
  },
  isOf: (index, table) => sql`exists (select from pg_index
    where indexrelid = to_regclass(quote_ident(${index})) and indrelid = to_regclass(${table}) and indisvalid)`,
  // An index goes with its table.
  dropOrphans: async () => {},
  async holding(db, _index, { table, column }, bigrams) {
    const holding = sql<boolean>`${BIGRAMS}(${sql.ref(column)}) @@ ${tsqueryOf(bigrams)}::tsquery`;
    return (await estimate(db, table, holding)) < MANY ? holding : undefined;
  },
};
