import { comparePositions, type Position, START } from '../../kernel/position.js';
import { LogPutBack, StoreUnavailable } from '../errors.js';
import type { SubscribeOptions } from '../port.js';
import type { Connection } from './connection.js';
import { lasting, understood } from './failures.js';
import { head } from './head.js';
import type { Patience } from './patience.js';
import { logPosition, positionOf } from './positions.js';
import { isOfSystem, type Read } from './storedEvents.js';
import { type Place, Quiet, subscribed } from './subscribed.js';
import { jittered, pauseUnless } from './waiting.js';

const BATCH_SIZE = 1_000;

/**
 * Follows the log until it is told to stop or the store closes. However a subscription of the client ends, with an
 * error, in silence or with a plain end, it was dropped, and is made anew from where it stood.
 * @throws StoreCorrupt, StoreMisconfigured, EventUnreadable, LogPutBack
 */
export async function* follow<Event>(
  connection: Connection,
  patience: Patience,
  read: Read<Event>,
  { after = START, categories, batchSize = BATCH_SIZE }: SubscribeOptions,
  stop: AbortSignal,
): AsyncGenerator<readonly Event[], undefined> {
  logPosition(after);
  const place: Place = { at: after };
  const ended = (): boolean => stop.aborted || connection.released.aborted;
  if (categories?.length === 0) return await untilAborted(stop, connection.released);
  let last = after;
  for (let failed = 0; !ended(); ) {
    let session = connection.session();
    try {
      if (failed > 0) {
        await requireSameLog(connection, patience, last);
        session = connection.session();
      }
      for await (const batch of subscribed(session, patience, place, { categories, batchSize }, [
        stop,
        connection.released,
      ])) {
        failed = 0;
        // A server may repeat itself, as when its leader has changed.
        const fresh = batch.filter(event => isAfter(positionOf(event.position), place.at) && !isOfSystem(event));
        if (fresh.length === 0) continue;
        const events = fresh.map(read);
        last = positionOf(fresh.at(-1)!.position);
        place.at = last;
        yield events;
      }
      if (!ended()) connection.reconnecting();
    } catch (reason) {
      if (ended()) return;
      // It had begun, and there was nothing: no failure, and nothing to wait for.
      if (reason instanceof Quiet) {
        failed = 0;
        continue;
      }
      const final = reason instanceof StoreUnavailable ? undefined : lasting(understood(reason), connection, session);
      if (final) throw final;
    }
    failed++;
    await pauseUnless(jittered(patience.backoff, failed), AbortSignal.any([stop, connection.released]));
  }
}

/** A server that was put back from an older copy answers at the same address, and what it takes in then lies before. */
async function requireSameLog(connection: Connection, patience: Patience, last: Position): Promise<void> {
  const end = await head(connection, patience);
  if (isAfter(last, end)) throw new LogPutBack(connection.shown, last, end);
}

const isAfter = (a: Position, b: Position): boolean => comparePositions(a, b) > 0;

const untilAborted = (...signals: AbortSignal[]): Promise<undefined> =>
  new Promise(resolve => {
    const any = AbortSignal.any(signals);
    if (any.aborted) resolve(undefined);
    any.addEventListener('abort', () => resolve(undefined));
  });
