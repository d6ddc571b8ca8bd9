import { randomBytes } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type RawBuilder, sql } from 'kysely';
import type { ReadModel, ReadModelTransaction } from '../readModel.js';
import { MANY, type TextColumn, type TextIndexes } from './port.js';

// A table of FTS5 that keeps no text, beside the indexed one: triggers keep it up, whoever writes, and stay with the
// table when it is renamed. Its rows are told by their rowid, which neither an upsert changes nor VACUUM, in a table
// whose key has an index.

/** A letter first: FTS5 takes no digit there. */
const BEGINNING = 'text_';
const LIKE_ITS_NAME = 'text\\_%';
const LIKE_ITS_TRIGGER = 'text\\_%\\_insert';
const TRIGGERS = ['insert', 'update', 'delete'] as const;
/** At a time; a few milliseconds, in which nothing else is served. */
const SLICE = 200;

const tokenOf = (bigram: string): string => Buffer.from(bigram).toString('hex');

/** Each two characters of a text as the hex digits of their bytes: a word for every tokenizer. */
const tokensOf = (text: string): RawBuilder<string> => sql`(
  select group_concat(hex(substr(${sql.ref(text)}, place.key + 1, 2)), ' ')
  from json_each('[' || substr(replace(hex(zeroblob(length(${sql.ref(text)}) - 1)), '00', ',0'), 2) || ']') as place)`;

async function createIndex(db: ReadModelTransaction, index: string, { table, column }: TextColumn): Promise<void> {
  const [into, on] = [sql.table(index), sql.table(table)];
  const trigger = (verb: (typeof TRIGGERS)[number]) => sql.table(`${index}_${verb}`);
  const put = sql`insert or replace into ${into} (rowid, bigrams) values (new.rowid, ${tokensOf(`new.${column}`)})`;
  const [before, now] = [sql.ref(`old.${column}`), sql.ref(`new.${column}`)];
  await sql`create virtual table ${into} using fts5 (
    bigrams, content = '', contentless_delete = 1, detail = none, tokenize = unicode61)`.execute(db);
  await sql`create trigger ${trigger('insert')} after insert on ${on} begin ${put}; end`.execute(db);
  await sql`create trigger ${trigger('update')} after update of ${sql.ref(column)} on ${on}
    when ${before} is not ${now} begin ${put}; end`.execute(db);
  await sql`create trigger ${trigger('delete')} after delete on ${on}
    begin delete from ${into} where rowid = old.rowid; end`.execute(db);
}

/** In this order and all or none: a trigger whose index is gone would let nobody write. */
const dropIndex = (db: ReadModel, index: string): Promise<void> =>
  db.transaction().execute(async transaction => {
    for (const verb of TRIGGERS)
      await sql`drop trigger if exists ${sql.table(`${index}_${verb}`)}`.execute(transaction);
    await sql`drop table if exists ${sql.table(index)}`.execute(transaction);
  });

async function dropAll(db: ReadModel, found: RawBuilder<{ readonly name: string }>): Promise<void> {
  for (const { name } of (await found.execute(db)).rows) await dropIndex(db, name);
}

const indexesOf = (table: string) => sql<{ readonly name: string }>`
  select substr(name, 1, length(name) - length('_insert')) as name from sqlite_master
  where type = 'trigger' and tbl_name = ${table} and name like ${LIKE_ITS_TRIGGER} escape '\\'`;

const orphans = sql<{ readonly name: string }>`
  select name from sqlite_master as one
  where type = 'table' and name like ${LIKE_ITS_NAME} escape '\\' and sql like 'create virtual table%'
    and not exists (select 1 from sqlite_master where type = 'trigger' and name = one.name || '_insert')`;

async function lastRow(db: ReadModel, table: string): Promise<number> {
  const { rows } = await sql<{ readonly last: number | null }>`
    select max(rowid) as last from ${sql.table(table)}`.execute(db);
  return rows[0]?.last ?? 0;
}

/** Puts in what was there before its triggers were; those see to the rest. False once `signal` aborts. */
async function fill(db: ReadModel, index: string, { table, column }: TextColumn, signal: AbortSignal) {
  const last = await lastRow(db, table);
  for (let after = 0; after < last; after += SLICE) {
    if (signal.aborted) return false;
    await sql`insert or replace into ${sql.table(index)} (rowid, bigrams)
      select rowid, ${tokensOf(`${table}.${column}`)} from ${sql.table(table)}
      where rowid > ${after} and rowid <= ${Math.min(after + SLICE, last)}`.execute(db);
    await nextTurn();
  }
  return !signal.aborted;
}

const rowsWith = (index: string, bigrams: readonly string[]) => sql<{ readonly rowid: number }>`
  select rowid from ${sql.table(index)} where ${sql.table(index)} match ${bigrams.map(tokenOf).join(' ')}`;

export const sqliteTextIndexes: TextIndexes = {
  async make(db, at, signal) {
    await dropAll(db, indexesOf(at.table));
    await dropAll(db, orphans);
    const index = `${BEGINNING}${randomBytes(4).toString('hex')}`;
    await db.transaction().execute(transaction => createIndex(transaction, index, at));
    if (await fill(db, index, at, signal)) return index;
    await dropIndex(db, index);
    return undefined;
  },
  isOf: (index, table) => sql`exists (select 1 from sqlite_master
    where type = 'trigger' and name = ${`${index}_insert`} and tbl_name = ${table})`,
  dropOrphans: db => dropAll(db, orphans),
  async holding(db, index, { table }, bigrams) {
    const rows = rowsWith(index, bigrams);
    const some = await sql<{ readonly found: number }>`
      select count(*) as found from (${rows} limit ${MANY})`.execute(db);
    return (some.rows[0]?.found ?? 0) < MANY ? sql`${sql.ref(`${table}.rowid`)} in (${rows})` : undefined;
  },
};
