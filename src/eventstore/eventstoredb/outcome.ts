import type { RecordedEvent as StoredEvent } from '@eventstore/db-client';
import { CommandIdTaken, type EventStoreError, RevisionConflict, StoreCorrupt } from '../errors.js';
import { type Append, type Appended, NO_STREAM } from '../port.js';
import type { Connection } from './connection.js';
import type { Patience } from './patience.js';
import { positionOf } from './positions.js';
import { backwards } from './readBackwards.js';
import { readStream } from './readStream.js';
import { metadataOf, receiptOf } from './storedEvents.js';

/**
 * The server has the events: by this call, or by another that brought the same command.
 * @throws CommandIdTaken, or RevisionConflict when the append has no receipt, if it was another
 */
export async function confirm(
  connection: Connection,
  patience: Patience,
  wanted: Append,
  appendId: string,
  revision: bigint,
): Promise<Appended> {
  const lastRevision = wanted.expectedRevision + wanted.events.length;
  if (Number(revision) < lastRevision) throw notWhereItBelongs(connection, wanted);
  const written = readStream(connection, patience, event => event, wanted.streamId, {
    fromRevision: lastRevision,
    maxCount: 1,
  });
  for await (const event of written) {
    if (metadataOf(event).appendId === appendId) return appended(event);
    throw await otherwise(connection, patience, wanted, revision);
  }
  throw notWhereItBelongs(connection, wanted);
}

/**
 * The server refuses the append as decided on another revision: because of this call's own events, if an earlier
 * attempt of it went through after all; because of the same command; or because of something else.
 * @throws CommandIdTaken, RevisionConflict
 */
export async function settleConflict(
  connection: Connection,
  patience: Patience,
  wanted: Append,
  appendId: string,
  actual: bigint | undefined,
): Promise<Appended> {
  const own = await findInStream(connection, patience, wanted, event => metadataOf(event).appendId === appendId);
  if (own) return appended(own);
  throw await otherwise(connection, patience, wanted, actual);
}

async function otherwise(
  connection: Connection,
  patience: Patience,
  wanted: Append,
  actual: bigint | undefined,
): Promise<EventStoreError> {
  const { streamId, expectedRevision, receipt } = wanted;
  const earlier =
    receipt &&
    (await findInStream(connection, patience, wanted, event => receiptOf(event)?.commandId === receipt.commandId));
  if (earlier) return new CommandIdTaken(receiptOf(earlier)!);
  return new RevisionConflict(streamId, expectedRevision, actual === undefined ? NO_STREAM : Number(actual));
}

async function findInStream(
  connection: Connection,
  patience: Patience,
  { streamId }: Append,
  isSought: (event: StoredEvent) => boolean,
): Promise<StoredEvent | undefined> {
  for await (const event of backwards(connection, patience, streamId)) if (isSought(event)) return event;
  return undefined;
}

const appended = ({ position, revision }: StoredEvent): Appended => ({
  position: positionOf(position),
  lastRevision: Number(revision),
});

const notWhereItBelongs = ({ shown }: Connection, { streamId }: Append): StoreCorrupt =>
  new StoreCorrupt(`${shown}: events of ${streamId} were deleted by another program; restore it`);
