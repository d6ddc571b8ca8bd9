import { textColumn } from '../database/differences.js';
import type { ReadModel, ReadModelTransaction } from '../database/readModel.js';
import { type Position, START } from '../kernel/position.js';
import type { View } from './view.js';

const TABLE = 'projection_checkpoint';

export interface Checkpoint {
  readonly version: number;
  /** Position of the last event that is in the table. */
  readonly position: Position;
}

/** Another runner has moved a checkpoint; nothing of this batch was written. */
export class CheckpointMoved extends Error {
  override readonly name = 'CheckpointMoved';
}

const ensureTable = (db: ReadModel) =>
  db.schema
    .createTable(TABLE)
    .ifNotExists()
    .addColumn('projection', textColumn(db), column => column.primaryKey().notNull())
    .addColumn('version', 'integer', column => column.notNull())
    .addColumn('position', textColumn(db), column => column.notNull())
    .execute();

export async function readCheckpoints(db: ReadModel): Promise<ReadonlyMap<string, Checkpoint>> {
  await ensureTable(db);
  const rows = await db.selectFrom(TABLE).selectAll().execute();
  return new Map(
    rows.map(row => [row.projection as string, { version: row.version as number, position: row.position as Position }]),
  );
}

export const startCheckpoint = (db: ReadModel, view: View) =>
  db.insertInto(TABLE).values({ projection: view.table, version: view.version, position: START }).execute();

export const dropCheckpoint = (db: ReadModel, projection: string) =>
  db.deleteFrom(TABLE).where('projection', '=', projection).execute();

/**
 * Moves checkpoints that all stand at `from`, in the transaction that writes the rows.
 * Compare-and-set: two runners cannot both advance.
 * @throws CheckpointMoved when one of them stands elsewhere
 */
export async function moveCheckpoints(
  transaction: ReadModelTransaction,
  projections: readonly string[],
  from: Position,
  to: Position,
): Promise<void> {
  const moved = await transaction
    .updateTable(TABLE)
    .set({ position: to })
    .where('projection', 'in', [...projections])
    .where('position', '=', from)
    .executeTakeFirst();
  if (Number(moved.numUpdatedRows) !== projections.length)
    throw new CheckpointMoved(`A checkpoint is no longer at ${from}`);
}
