import type { AllStreamResolvedEvent, ResolvedEvent, RecordedEvent as StoredEvent } from '@eventstore/db-client';
import { StoreUnavailable } from '../errors.js';
import { batchesOf, type Source } from './batches.js';
import type { Client } from './client.js';
import type { Connection } from './connection.js';
import { isNoStream, lasting, reasonOf, understood } from './failures.js';
import type { Patience } from './patience.js';
import { jittered, pauseUnless } from './waiting.js';

/** A read of the client's; it must be cancelled to be over. */
export type ClientRead = Source & { cancel(): Promise<void> };

export interface Reading<At> {
  readonly from: At;
  readonly open: (client: Client, at: At) => ClientRead;
  /** Where to go on after this event, when the connection breaks. */
  readonly after: (event: StoredEvent) => At;
  readonly batchSize: number;
}

/**
 * The events of a read, in batches, to its end; a broken connection is mended in between.
 * @throws StoreUnavailable when it cannot be mended
 */
export async function* readEvents<At>(
  connection: Connection,
  patience: Patience,
  { from, open, after, batchSize }: Reading<At>,
): AsyncGenerator<readonly StoredEvent[]> {
  let at = from;
  for (let failed = 0; ; ) {
    const session = connection.session();
    try {
      const read = open(session.client, at);
      for await (const batch of batchesOf<ResolvedEvent | AllStreamResolvedEvent>(read, {
        batchSize,
        silenceMs: () => patience.answerMs,
        signals: [connection.released, session.over],
        leave: () => read.cancel(),
      })) {
        const events = batch.map(({ event }) => event).filter(event => event !== undefined);
        const last = events.at(-1);
        if (last === undefined) continue;
        const next = after(last);
        // A server that answers and then hangs has got nowhere when it answers the same again.
        if (next !== at) failed = 0;
        at = next;
        yield events;
      }
      return;
    } catch (reason) {
      const error = understood(reason);
      if (isNoStream(error)) return;
      const final = lasting(error, connection, session);
      if (final) throw final;
      failed++;
      if (failed >= patience.attempts) {
        throw new StoreUnavailable(`${connection.shown} cannot be read: ${reasonOf(error)}; try again`, {
          cause: error,
        });
      }
      await pauseUnless(jittered(patience.backoff, failed), connection.released);
    }
  }
}
