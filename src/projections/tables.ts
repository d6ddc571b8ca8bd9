import type { ReadModel } from '../database/readModel.js';
import { dropCheckpoint, readCheckpoints, startCheckpoint } from './checkpoints.js';
import type { View } from './view.js';

async function createTable(db: ReadModel, view: View): Promise<void> {
  let table = db.schema.createTable(view.table).addColumn('id', 'text', column => column.primaryKey().notNull());
  for (const [name, type] of Object.entries(view.columns))
    table = table.addColumn(name, type === 'integer' ? 'integer' : 'text');
  await table.execute();
  for (const columns of view.indexes)
    await db.schema
      .createIndex(`${view.table}_by_${columns.join('_')}`)
      .on(view.table)
      .columns([...columns])
      .execute();
}

export async function emptyView(db: ReadModel, view: View): Promise<void> {
  await db.schema.dropTable(view.table).ifExists().execute();
  await dropCheckpoint(db, view.table);
  await createTable(db, view);
  await startCheckpoint(db, view);
}

/** Makes the tables that are missing; a view of another version is dropped, to be built anew. */
export async function prepareTables(db: ReadModel, views: readonly View[]): Promise<void> {
  const checkpoints = await readCheckpoints(db);
  for (const view of views) if (checkpoints.get(view.table)?.version !== view.version) await emptyView(db, view);
}
