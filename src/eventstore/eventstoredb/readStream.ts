import { StoreCorrupt } from '../errors.js';
import type { ReadStreamOptions } from '../port.js';
import type { Connection } from './connection.js';
import type { Patience } from './patience.js';
import { readEvents } from './reading.js';
import type { Read } from './storedEvents.js';

const BATCH_SIZE = 500;

/** @throws StoreCorrupt when an event of the stream is missing */
export async function* readStream<Event>(
  connection: Connection,
  patience: Patience,
  read: Read<Event>,
  streamId: string,
  { fromRevision = 0, maxCount = Number.MAX_SAFE_INTEGER }: ReadStreamOptions = {},
): AsyncGenerator<readonly Event[]> {
  if (maxCount <= 0) return;
  const end = fromRevision + maxCount;
  let next = fromRevision;
  const batches = readEvents(connection, patience, {
    from: fromRevision,
    batchSize: BATCH_SIZE,
    after: ({ revision }) => Number(revision) + 1,
    open: (client, from) =>
      client.readStream(
        streamId,
        { fromRevision: BigInt(from), maxCount: Math.min(end - from, Number.MAX_SAFE_INTEGER), requiresLeader: true },
        { highWaterMark: BATCH_SIZE },
      ),
  });
  for await (const events of batches) {
    for (const event of events) {
      if (Number(event.revision) !== next) {
        throw new StoreCorrupt(
          `${connection.shown}: revision ${next} of ${streamId} is missing, deleted by another program; restore it`,
        );
      }
      next++;
    }
    if (events.length > 0) yield events.map(read);
    // The break came after the last event that was asked for.
    if (next === end) return;
  }
}
