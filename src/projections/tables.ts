import { randomBytes } from 'node:crypto';
import { changeTables, textColumn } from '../database/differences.js';
import type { ReadModel } from '../database/readModel.js';
import { textIndexesOn } from '../database/textIndex/textIndexesOn.js';
import { dropCheckpoint, prepareCheckpoints, readCheckpoints, startCheckpoint } from './checkpoints.js';
import type { Term } from './leadership.js';
import { requireNotNewer } from './newer.js';
import { dropParkedEvents, prepareParkedEvents } from './parking/parkedEvents.js';
import type { View } from './view.js';

async function createTable(db: ReadModel, view: View): Promise<void> {
  const text = textColumn(db);
  let table = db.schema.createTable(view.table).addColumn('id', text, column => column.primaryKey().notNull());
  for (const [name, type] of Object.entries(view.columns))
    table = table.addColumn(name, type === 'integer' ? 'bigint' : text);
  await table.execute();
  // A table is renamed when it is served or kept, and its indexes are not: so each has a name of its own.
  const unique = randomBytes(4).toString('hex');
  for (const columns of view.indexes)
    await db.schema
      .createIndex(`${unique}_${view.table}_by_${columns.join('_')}`)
      .on(view.table)
      .columns([...columns])
      .execute();
}

/** The table, and what no database drops with it. */
export async function dropTable(db: ReadModel, { table }: Pick<View, 'table'>): Promise<void> {
  await db.schema.dropTable(table).ifExists().execute();
  await textIndexesOn(db).dropOrphans(db);
}

async function makeAnew(db: ReadModel, view: View): Promise<void> {
  // In this order, since on SQLite each is done by itself: whoever is killed in between leaves no checkpoint of a table
  // that is not there.
  await dropCheckpoint(db, view.table);
  await dropParkedEvents(db, view.table);
  await dropTable(db, view);
  await createTable(db, view);
  await startCheckpoint(db, view);
}

/** @throws LeadershipLost */
export const emptyView = (db: ReadModel, view: View, term: Term): Promise<void> =>
  changeTables(db, async inside => {
    await term.fence(inside);
    await bookkeeping(inside);
    await makeAnew(inside, view);
  });

async function bookkeeping(db: ReadModel): Promise<void> {
  await prepareCheckpoints(db);
  await prepareParkedEvents(db);
}

/** Makes the tables in which projections say how far they have come; those of views stay as they are. */
export const prepareBookkeeping = (db: ReadModel): Promise<void> => changeTables(db, bookkeeping);

/**
 * Makes the tables that are missing. A view of another version is dropped, to be built anew, by the leader alone:
 * another process may still keep it up.
 * @throws LeadershipLost, ReadModelNewer
 */
export const prepareTables = (db: ReadModel, views: readonly View[], term: Term | undefined): Promise<void> =>
  changeTables(db, async inside => {
    await term?.fence(inside);
    await bookkeeping(inside);
    const checkpoints = await readCheckpoints(inside);
    requireNotNewer('The read model', views, checkpoints);
    for (const view of views) {
      const found = checkpoints.get(view.table);
      if (!found || (term && found.version !== view.version)) await makeAnew(inside, view);
    }
  });

/** Lets go of every table that a projection of any name and version has filled, and of how far each has come. */
export const dropAll = (db: ReadModel): Promise<void> =>
  changeTables(db, async inside => {
    await bookkeeping(inside);
    for (const table of (await readCheckpoints(inside)).keys()) {
      await dropCheckpoint(inside, table);
      await dropParkedEvents(inside, table);
      await dropTable(inside, { table });
    }
  });
