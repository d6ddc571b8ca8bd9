import type { ReadModel } from '../../database/readModel.js';
import { canonicalJson } from '../../kernel/canonicalJson.js';
import { pagesOf, toRow } from '../rows.js';
import { BOOKKEEPING, type View } from '../view.js';

/** How a table that was built differs from the one that is served. */
export interface Comparison {
  readonly table: string;
  readonly same: number;
  readonly differ: number;
  readonly added: number;
  readonly gone: number;
  /** Of the first row, in order of keys, that is not the same. */
  readonly firstKey?: string | undefined;
}

interface Side {
  readonly db: ReadModel;
  readonly table: string;
}

async function columnsOf({ db, table }: Side): Promise<readonly string[]> {
  const [row] = await db.selectFrom(table).selectAll().limit(1).execute();
  return row ? Object.keys(row) : [];
}

/** Columns to compare by: those of the view that both have; a table without rows says nothing about its own. */
async function sharedColumns(view: View, sides: readonly Side[]): Promise<readonly string[]> {
  const wanted = ['id', ...Object.keys(view.columns).filter(name => !BOOKKEEPING.includes(name))];
  const known = (await Promise.all(sides.map(columnsOf))).filter(columns => columns.length > 0);
  return wanted.filter(name => known.every(columns => columns.includes(name)));
}

async function* rowsOf(
  { db, table }: Side,
  view: View,
  columns: readonly string[],
): AsyncGenerator<[key: string, row: string]> {
  for await (const rows of pagesOf(db, table, columns))
    for (const row of rows) yield [String(row.id), canonicalJson(toRow(view, row))];
}

/** Both databases order keys by their bytes; text in memory is ordered by its code units. */
const compareKeys = (one: string, other: string): number => Buffer.compare(Buffer.from(one), Buffer.from(other));

/** Goes through both in order of their keys; neither is held in memory. */
export async function compareTables(view: View, served: Side, built: Side): Promise<Comparison> {
  const columns = await sharedColumns(view, [served, built]);
  const [before, after] = [rowsOf(served, view, columns), rowsOf(built, view, columns)];
  const found = { same: 0, differ: 0, added: 0, gone: 0 };
  let firstKey: string | undefined;
  let [left, right] = [await before.next(), await after.next()];
  while (!left.done || !right.done) {
    const order = left.done ? 1 : right.done ? -1 : compareKeys(left.value[0], right.value[0]);
    const key = (order <= 0 ? left : right).value[0] as string;
    const kind = order < 0 ? 'gone' : order > 0 ? 'added' : left.value[1] === right.value[1] ? 'same' : 'differ';
    found[kind]++;
    if (kind !== 'same') firstKey ??= key;
    if (order <= 0) left = await before.next();
    if (order >= 0) right = await after.next();
  }
  return { table: view.table, ...found, firstKey };
}
