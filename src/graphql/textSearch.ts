import { sql } from 'kysely';
import type { ReadModel } from '../database/readModel.js';
import { storable } from '../database/storable.js';
import { bigramsOf } from '../database/textIndex/bigrams.js';
import { textIndexesOn } from '../database/textIndex/textIndexesOn.js';
import { readTextIndex } from '../projections/checkpoints.js';
import type { View } from '../projections/view.js';
import type { RowQuery } from './connection.js';

/** Leaves those of the rows that hold a text. */
export type RowFilter = (rows: RowQuery) => RowQuery;

const escapeLike = (text: string): string => text.replace(/[\\%_]/g, character => `\\${character}`);

const like =
  (column: string, wanted: string): RowFilter =>
  rows =>
    rows.where(sql<boolean>`${sql.ref(column)} like ${`%${escapeLike(wanted)}%`} escape '\\'`);

/**
 * Reads rows whose searched column holds a text, in whatever case. An index of the table leaves few rows to look at; they
 * are looked at all the same, so that the answer hangs on the text alone.
 */
export async function searched<T>(
  db: ReadModel,
  { table, searched: column }: View,
  text: string | null | undefined,
  read: (filter: RowFilter) => Promise<T>,
): Promise<T> {
  // As it would be stored, which is how it is found.
  const wanted = storable(text?.trim().toLowerCase());
  if (!wanted) return read(rows => rows);
  if (column === undefined) throw new TypeError(`${table} has no column to search`);
  const plain = like(column, wanted);
  const bigrams = bigramsOf(wanted);
  const index = bigrams.length > 0 ? await readTextIndex(db, table) : undefined;
  if (index === undefined) return read(plain);
  // Between two statements a rebuild may put another table in the place of the one whose index this is.
  const isStillThere = async () => (await readTextIndex(db, table)) === index;
  try {
    const holding = await textIndexesOn(db).holding(db, index, { table, column }, bigrams);
    const found = await read(rows => plain(holding ? rows.where(holding) : rows));
    if (await isStillThere()) return found;
  } catch (error) {
    if (await isStillThere()) throw error;
  }
  return read(plain);
}
