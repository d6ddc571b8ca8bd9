import type { Cell, ReadModel, ReadModelTransaction } from '../database/readModel.js';
import { canonicalJson } from '../kernel/canonicalJson.js';
import type { Row, View } from './view.js';

/** Keys or rows in one statement: well under what either database allows. */
const CHUNK = 200;

const chunks = <T>(items: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(items.length / CHUNK) }, (_, i) => items.slice(i * CHUNK, (i + 1) * CHUNK));

export function toRow(view: View, cells: Readonly<Record<string, Cell>>): Row {
  const row: Record<string, unknown> = { ...cells };
  for (const [name, type] of Object.entries(view.columns))
    if (type === 'json' && row[name] !== null) row[name] = JSON.parse(row[name] as string);
  return row;
}

function toCells(view: View, key: string, row: Row): Record<string, Cell> {
  const cells: Record<string, Cell> = { id: key };
  for (const [name, type] of Object.entries(view.columns)) {
    const value = row[name] ?? null;
    cells[name] = type === 'json' && value !== null ? canonicalJson(value) : (value as Cell);
  }
  return cells;
}

export async function readRows(db: ReadModel, view: View, keys: readonly string[]): Promise<Map<string, Row>> {
  const found = new Map<string, Row>();
  for (const some of chunks(keys))
    for (const cells of await db.selectFrom(view.table).selectAll().where('id', 'in', some).execute())
      found.set(cells.id as string, toRow(view, cells));
  return found;
}

/** Writes each changed row once, however many events changed it; `undefined` deletes. */
export async function writeRows(
  transaction: ReadModelTransaction,
  view: View,
  changed: ReadonlyMap<string, Row | undefined>,
): Promise<void> {
  const kept = [...changed].flatMap(([key, row]) => (row ? [toCells(view, key, row)] : []));
  const gone = [...changed].flatMap(([key, row]) => (row ? [] : [key]));
  const columns = Object.keys(view.columns);
  for (const some of chunks(kept))
    await transaction
      .insertInto(view.table)
      .values(some)
      .onConflict(conflict =>
        conflict
          .column('id')
          .doUpdateSet(eb => Object.fromEntries(columns.map(name => [name, eb.ref(`excluded.${name}`)]))),
      )
      .execute();
  for (const some of chunks(gone)) await transaction.deleteFrom(view.table).where('id', 'in', some).execute();
}
