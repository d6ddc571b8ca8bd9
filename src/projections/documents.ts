import { LRUCache } from 'lru-cache';
import type { Cell, ReadModel } from '../database/readModel.js';
import type { Snapshot } from '../kernel/decider.js';
import { SNAPSHOT_CELLS, snapshotOf } from './documentView.js';
import { toRow } from './rows.js';
import { keyPortions, statementOnce } from './statements.js';
import type { View } from './view.js';

/** A document as a list of its view finds it. */
export interface FoundDocument {
  readonly id: string;
  readonly revision: number;
}

/** Characters of stored documents that are kept parsed for one database. */
const KEPT = 8 * 1024 * 1024;

const kept = new WeakMap<ReadModel, LRUCache<string, Snapshot>>();

function keptOf(db: ReadModel): LRUCache<string, Snapshot> {
  const known = kept.get(db) ?? new LRUCache<string, Snapshot>({ maxSize: KEPT });
  kept.set(db, known);
  return known;
}

/** For when tables have been exchanged: what they hold of a revision may then be something else. */
export const forgetDocuments = (db: ReadModel): void => void kept.delete(db);

/**
 * The documents that were found, as of then or newer. A document of a revision is the same whenever it is read, so
 * those that were parsed before are not even fetched.
 */
export async function documentsOf(
  db: ReadModel,
  view: View,
  found: readonly FoundDocument[],
): Promise<ReadonlyMap<string, Snapshot>> {
  const cache = keptOf(db);
  const documents = new Map<string, Snapshot>();
  const missing: string[] = [];
  for (const { id, revision } of found) {
    const known = cache.get(`${view.table}/${id}`);
    if (known?.revision === revision) documents.set(id, known);
    else missing.push(id);
  }
  for (const cells of await cellsOf(db, view, SNAPSHOT_CELLS, missing)) {
    const snapshot = snapshotOf(toRow(view, cells));
    documents.set(snapshot.id, snapshot);
    cache.set(`${view.table}/${snapshot.id}`, snapshot, { size: (cells.state as string).length });
  }
  return documents;
}

/** Documents by id; those that are not there are left out. */
export async function readDocuments(
  db: ReadModel,
  view: View,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Snapshot>> {
  const found = await cellsOf(db, view, ['id', 'revision'], ids);
  return documentsOf(db, view, found as unknown as FoundDocument[]);
}

async function cellsOf(
  db: ReadModel,
  view: View,
  columns: readonly string[],
  ids: readonly string[],
): Promise<readonly Readonly<Record<string, Cell>>[]> {
  const all: Readonly<Record<string, Cell>>[] = [];
  for (const some of keyPortions(ids)) {
    const select = statementOnce(db, `${columns.join()} of ${view.table} ${view.version} ${some.length}`, () =>
      db
        .selectFrom(view.table)
        .select([...columns])
        .where('id', 'in', some),
    );
    all.push(...(await db.executeQuery(select(some))).rows);
  }
  return all;
}
