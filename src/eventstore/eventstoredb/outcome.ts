import { CommandIdTaken, RevisionConflict, StoreCorrupt } from '../errors.js';
import type { Append, Appended } from '../port.js';
import type { Connection } from './connection.js';
import type { Patience } from './patience.js';
import { positionOf } from './positions.js';
import { readStream } from './readStream.js';
import type { Receipts } from './receipts.js';
import { metadataOf } from './storedEvents.js';

/** What the server said of an append, with the revision at which the stream is. */
export interface Answer {
  readonly written: boolean;
  readonly revision: number;
}

/**
 * Looks what became of an append, which the answer alone does not tell: "written" is said to whoever repeats a
 * command as to whoever was first, and "conflict" may be with the events of an earlier attempt of this very call.
 * @throws CommandIdTaken when another call brought the same command
 * @throws RevisionConflict when the stream has moved on otherwise
 */
export async function settle(
  connection: Connection,
  patience: Patience,
  receipts: Receipts,
  wanted: Append,
  appendId: string,
  answer: Answer,
): Promise<Appended> {
  const { streamId, expectedRevision, events, receipt } = wanted;
  const lastRevision = expectedRevision + events.length;
  if (answer.revision >= lastRevision) {
    const last = { fromRevision: lastRevision, maxCount: 1 };
    for await (const [event] of readStream(connection, patience, each => each, streamId, last))
      if (event && metadataOf(event).appendId === appendId)
        return { position: positionOf(event.position), lastRevision };
  }
  const earlier = receipt && (await receipts.find({ commandId: receipt.commandId, streamId }));
  if (earlier) throw new CommandIdTaken(earlier);
  if (answer.written && answer.revision !== lastRevision) {
    throw new StoreCorrupt(`${connection.shown}: events of ${streamId} were deleted by another program; restore it`);
  }
  throw new RevisionConflict(streamId, expectedRevision, answer.revision);
}
