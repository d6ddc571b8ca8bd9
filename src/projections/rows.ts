import type { Cell, ReadModel, ReadModelTransaction } from '../database/readModel.js';
import { cellOf } from '../database/storable.js';
import { keyPortions, portions, statementOnce } from './statements.js';
import type { Row, View } from './view.js';

export function toRow(view: View, cells: Readonly<Record<string, Cell>>): Row {
  const row: Record<string, unknown> = { ...cells };
  for (const [name, type] of Object.entries(view.columns))
    if (type === 'json' && row[name] !== null) row[name] = JSON.parse(row[name] as string);
  return row;
}

/** In the order of `id` and the view's columns. */
function toCells(view: View, key: string, row: Row): readonly Cell[] {
  const cells: Cell[] = [cellOf(key, 'id')];
  for (const [name, type] of Object.entries(view.columns)) {
    const value = row[name] ?? null;
    cells.push(cellOf(type === 'json' && value !== null ? JSON.stringify(value) : value, name));
  }
  return cells;
}

export async function readRows(db: ReadModel, view: View, keys: readonly string[]): Promise<Map<string, Row>> {
  const found = new Map<string, Row>();
  for (const some of keyPortions(keys)) {
    const select = statementOnce(db, `select ${view.table} ${view.version} ${some.length}`, () =>
      db.selectFrom(view.table).selectAll().where('id', 'in', some),
    );
    for (const cells of (await db.executeQuery(select(some))).rows) found.set(cells.id as string, toRow(view, cells));
  }
  return found;
}

const PAGE = 1000;

/** The rows of a table in order of their keys, a page at a time: it may be too large to hold. */
export async function* pagesOf(
  db: ReadModel,
  table: string,
  columns: readonly string[],
): AsyncGenerator<readonly Readonly<Record<string, Cell>>[]> {
  for (let last = ''; ; ) {
    const rows = await db
      .selectFrom(table)
      .select([...columns])
      .where('id', '>', last)
      .orderBy('id')
      .limit(PAGE)
      .execute();
    if (rows.length > 0) yield rows;
    if (rows.length < PAGE) return;
    last = String(rows.at(-1)?.id);
  }
}

/** Writes each changed row once, however many events changed it; `undefined` deletes. */
export async function writeRows(
  transaction: ReadModelTransaction,
  view: View,
  changed: ReadonlyMap<string, Row | undefined>,
): Promise<void> {
  const kept: (readonly Cell[])[] = [];
  const gone: string[] = [];
  for (const [key, row] of changed)
    if (row) kept.push(toCells(view, key, row));
    else gone.push(key);
  for (const some of portions(kept))
    await transaction.executeQuery(upsert(transaction, view, some.length)(some.flat()));
  for (const some of keyPortions(gone)) {
    const remove = statementOnce(transaction, `delete ${view.table} ${some.length}`, () =>
      transaction.deleteFrom(view.table).where('id', 'in', some),
    );
    await transaction.executeQuery(remove(some));
  }
}

const upsert = (transaction: ReadModelTransaction, view: View, rows: number) =>
  statementOnce(transaction, `upsert ${view.table} ${view.version} ${rows}`, () => {
    const columns = Object.keys(view.columns);
    const row = Object.fromEntries(['id', ...columns].map(name => [name, '']));
    return transaction
      .insertInto(view.table)
      .values(Array.from({ length: rows }, () => row))
      .onConflict(conflict =>
        conflict
          .column('id')
          .doUpdateSet(eb => Object.fromEntries(columns.map(name => [name, eb.ref(`excluded.${name}`)]))),
      );
  });
