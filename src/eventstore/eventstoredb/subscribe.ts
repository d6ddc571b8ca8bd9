import type { RecordedEvent as StoredEvent } from '@eventstore/db-client';
import { comparePositions, type Position, START } from '../../kernel/position.js';
import { LogPutBack, StoreUnavailable } from '../errors.js';
import type { SubscribeOptions } from '../port.js';
import type { Connection } from './connection.js';
import { lasting, understood } from './failures.js';
import { head } from './head.js';
import type { Patience } from './patience.js';
import { logPosition, positionOf } from './positions.js';
import { readStream } from './readStream.js';
import { isOfSystem, metadataOf, type Read } from './storedEvents.js';
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
  let last: StoredEvent | undefined;
  for (let failed = 0; !ended(); ) {
    let session = connection.session();
    try {
      if (failed > 0) {
        await requireSameLog(connection, patience, after, last);
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
        last = fresh.at(-1)!;
        place.at = positionOf(last.position);
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

/**
 * A server that was put back from an older copy answers at the same address. What it takes in then lies before what was
 * read, or in its place.
 */
async function requireSameLog(
  connection: Connection,
  patience: Patience,
  after: Position,
  last: StoredEvent | undefined,
): Promise<void> {
  const at = last ? positionOf(last.position) : after;
  const end = await head(connection, patience);
  if (isAfter(at, end) || (last && !(await isThere(connection, patience, last))))
    throw new LogPutBack(connection.shown, at, end);
}

/** Asked of its stream: a position at which nothing stands is no place to read from. */
async function isThere(connection: Connection, patience: Patience, event: StoredEvent): Promise<boolean> {
  const place = { fromRevision: Number(event.revision), maxCount: 1 };
  for await (const [found] of readStream(connection, patience, each => each, event.streamId, place))
    return found !== undefined && isSame(found, event);
  return false;
}

/** Its id is not enough: a command that is sent again gives its event the same. */
const isSame = (one: StoredEvent, other: StoredEvent): boolean =>
  one.id === other.id &&
  positionOf(one.position) === positionOf(other.position) &&
  metadataOf(one).appendId === metadataOf(other).appendId;

const isAfter = (a: Position, b: Position): boolean => comparePositions(a, b) > 0;

const untilAborted = (...signals: AbortSignal[]): Promise<undefined> =>
  new Promise(resolve => {
    const any = AbortSignal.any(signals);
    if (any.aborted) resolve(undefined);
    any.addEventListener('abort', () => resolve(undefined));
  });
