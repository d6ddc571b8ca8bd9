import { textColumn } from '../../database/differences.js';
import type { ReadModel, ReadModelTransaction } from '../../database/readModel.js';
import type { RecordedEvent } from '../../eventstore/port.js';
import { systemClock } from '../../kernel/clock.js';
import type { Position } from '../../kernel/position.js';
import { portions } from '../statements.js';

const TABLE = 'parked_event';

/** An event that a projection could not take in, or that came behind one in the same stream. */
export interface ParkedEvent {
  readonly projection: string;
  readonly streamId: string;
  readonly revision: number;
  readonly position: Position;
  readonly eventId: string;
  readonly type: string;
  /** What went wrong with it, without any value; null for one that only waits behind another. */
  readonly reason: string | null;
  /** ISO 8601, by the clock of the machine. */
  readonly parkedAt: string;
}

export const parkedEvent = (projection: string, event: RecordedEvent, reason: string | null): ParkedEvent => ({
  projection,
  streamId: event.streamId,
  revision: event.revision,
  position: event.position,
  eventId: event.eventId,
  type: event.type,
  reason,
  parkedAt: systemClock.now().toISOString(),
});

export async function prepareParkedEvents(db: ReadModel): Promise<void> {
  const text = textColumn(db);
  await db.schema
    .createTable(TABLE)
    .ifNotExists()
    .addColumn('projection', text, column => column.notNull())
    .addColumn('streamId', text, column => column.notNull())
    .addColumn('revision', 'bigint', column => column.notNull())
    .addColumn('position', text, column => column.notNull())
    .addColumn('eventId', text, column => column.notNull())
    .addColumn('type', text, column => column.notNull())
    .addColumn('reason', text)
    .addColumn('parkedAt', text, column => column.notNull())
    .addPrimaryKeyConstraint(`${TABLE}_key`, ['projection', 'streamId', 'revision'])
    .execute();
}

/** Those of these projections, in order of stream and revision. */
export async function readParkedEvents(
  db: ReadModel,
  projections: readonly { readonly table: string }[],
): Promise<readonly ParkedEvent[]> {
  const rows = await db
    .selectFrom(TABLE)
    .selectAll()
    .where(
      'projection',
      'in',
      projections.map(({ table }) => table),
    )
    .orderBy('projection')
    .orderBy('streamId')
    .orderBy('revision')
    .execute();
  return rows as unknown as ParkedEvent[];
}

/** The first of one stream that are parked for one projection, in order. */
export async function firstParkedEvents(
  db: ReadModel,
  projection: string,
  streamId: string,
  limit: number,
): Promise<readonly ParkedEvent[]> {
  const rows = await db
    .selectFrom(TABLE)
    .selectAll()
    .where('projection', '=', projection)
    .where('streamId', '=', streamId)
    .orderBy('revision')
    .limit(limit)
    .execute();
  return rows as unknown as ParkedEvent[];
}

export async function park(transaction: ReadModelTransaction, events: readonly ParkedEvent[]): Promise<void> {
  for (const some of portions(events))
    await transaction
      .insertInto(TABLE)
      .values(some.map(event => ({ ...event })))
      .execute();
}

/** Takes events of one stream out again, up to a revision. @returns how many there were */
export async function unpark(
  transaction: ReadModelTransaction,
  { projection, streamId, revision }: Pick<ParkedEvent, 'projection' | 'streamId' | 'revision'>,
): Promise<number> {
  const gone = await transaction
    .deleteFrom(TABLE)
    .where('projection', '=', projection)
    .where('streamId', '=', streamId)
    .where('revision', '<=', revision)
    .executeTakeFirst();
  return Number(gone.numDeletedRows);
}

/** Notes why it could not be taken in this time. */
export const renewReason = (db: ReadModel, { projection, streamId, revision }: ParkedEvent, reason: string) =>
  db
    .updateTable(TABLE)
    .set({ reason })
    .where('projection', '=', projection)
    .where('streamId', '=', streamId)
    .where('revision', '=', revision)
    .execute();

export const dropParkedEvents = (db: ReadModel, projection: string) =>
  db.deleteFrom(TABLE).where('projection', '=', projection).execute();

export const renameParkedEvents = (transaction: ReadModelTransaction, from: string, to: string) =>
  transaction.updateTable(TABLE).set({ projection: to }).where('projection', '=', from).execute();
