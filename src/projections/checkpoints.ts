import type { RawBuilder } from 'kysely';
import { ensureColumn, textColumn } from '../database/differences.js';
import type { ReadModel, ReadModelTransaction } from '../database/readModel.js';
import type { RecordedEvent } from '../eventstore/port.js';
import { highest, type Position, START } from '../kernel/position.js';
import { type Landmark, landmarkOf } from './history.js';
import type { View } from './view.js';

const TABLE = 'projection_checkpoint';

/** How far a table has come, and whose doing that is. */
export interface Place {
  /** Position of the last event that is in the table. */
  readonly position: Position;
  /** Moves when someone else than its runner changed what stands in the table, such as a retry of parked events. */
  readonly epoch: number;
  /** The last event that a release which remembers it has taken in; at `position`, unless an older one runs beside. */
  readonly landmark?: Landmark | undefined;
}

export interface Checkpoint extends Place {
  readonly version: number;
  /** Name of the index for text search that belongs to the table; absent until there is one, and it is whole. */
  readonly textIndex?: string | undefined;
}

export const BEGINNING: Place = { position: START, epoch: 0 };

/** Someone else has moved a checkpoint; nothing of this batch was written. */
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
    .addColumn('epoch', 'integer', column => column.notNull().defaultTo(0))
    .execute();

/** Makes the table, or brings one of an earlier release up to date. */
export async function prepareCheckpoints(db: ReadModel): Promise<void> {
  await ensureTable(db);
  await ensureColumn(db, TABLE, 'epoch', 'integer not null default 0');
  await ensureColumn(db, TABLE, 'textIndex', 'text');
  await ensureColumn(db, TABLE, 'landmark', 'text');
}

const parsedLandmark = (stored: string | null | undefined): Landmark | undefined =>
  stored ? (JSON.parse(stored) as Landmark) : undefined;

export async function readCheckpoints(db: ReadModel): Promise<ReadonlyMap<string, Checkpoint>> {
  const rows = await db.selectFrom(TABLE).selectAll().execute();
  return new Map(
    rows.map(row => [
      row.projection as string,
      {
        version: row.version as number,
        position: row.position as Position,
        epoch: (row.epoch as number | undefined) ?? 0,
        landmark: parsedLandmark(row.landmark as string | null | undefined),
        textIndex: (row.textIndex as string | null | undefined) ?? undefined,
      },
    ]),
  );
}

/** The same where none may ever have been kept; makes nothing. */
export async function readCheckpointsIfThere(db: ReadModel): Promise<ReadonlyMap<string, Checkpoint>> {
  const tables = await db.introspection.getTables();
  return tables.some(({ name }) => name === TABLE) ? readCheckpoints(db) : new Map();
}

/** Where the first of these projections is. */
export const furthest = (views: readonly View[], known: ReadonlyMap<string, Checkpoint>): Position =>
  highest(views.map(({ table }) => known.get(table)?.position ?? START));

export const startCheckpoint = (db: ReadModel, view: View) =>
  db.insertInto(TABLE).values({ projection: view.table, version: view.version, position: START }).execute();

export const dropCheckpoint = (db: ReadModel, projection: string) =>
  db.deleteFrom(TABLE).where('projection', '=', projection).execute();

/**
 * Moves checkpoints that all stand at `from` to the last event taken in, in the transaction that writes the rows.
 * Compare-and-set: two runners cannot both advance, and none writes over what a retry has taken in.
 * @throws CheckpointMoved when one of them stands elsewhere
 */
export async function moveCheckpoints(
  transaction: ReadModelTransaction,
  projections: readonly string[],
  from: Place,
  last: RecordedEvent,
): Promise<void> {
  const moved = await transaction
    .updateTable(TABLE)
    .set({ position: last.position, landmark: JSON.stringify(landmarkOf(last)) })
    .where('projection', 'in', [...projections])
    .where('position', '=', from.position)
    .where('epoch', '=', from.epoch)
    .executeTakeFirst();
  if (Number(moved.numUpdatedRows) !== projections.length)
    throw new CheckpointMoved(`A checkpoint is no longer at ${from.position}`);
}

/** Makes the next batch of every runner of this projection fail, so that each begins again from what is stored. */
export const beginEpoch = (transaction: ReadModelTransaction, projection: string, after?: number) =>
  transaction
    .updateTable(TABLE)
    .set(eb => ({ epoch: after === undefined ? eb('epoch', '+', 1) : after + 1 }))
    .where('projection', '=', projection)
    .execute();

export const renameCheckpoint = (transaction: ReadModelTransaction, from: string, to: string) =>
  transaction.updateTable(TABLE).set({ projection: to }).where('projection', '=', from).execute();

/** The index for text search of a table; undefined when going through the table has to do. */
export async function readTextIndex(db: ReadModel, projection: string): Promise<string | undefined> {
  const row = await db.selectFrom(TABLE).select('textIndex').where('projection', '=', projection).executeTakeFirst();
  return (row?.textIndex as string | null | undefined) ?? undefined;
}

/** Says that a table has an index for text search, if `isSo` holds by then. It is renamed and dropped with the checkpoint. */
export const noteTextIndex = (db: ReadModel, projection: string, index: string, isSo: RawBuilder<boolean>) =>
  db.updateTable(TABLE).set({ textIndex: index }).where('projection', '=', projection).where(isSo).execute();
