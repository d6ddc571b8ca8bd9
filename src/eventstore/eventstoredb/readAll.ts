import type { RecordedEvent as StoredEvent } from '@eventstore/db-client';
import { categoryOf } from '../../kernel/ids.js';
import { comparePositions, type Position, START } from '../../kernel/position.js';
import { StoreUnavailable } from '../errors.js';
import type { ReadAllOptions } from '../port.js';
import type { Connection } from './connection.js';
import { head } from './head.js';
import type { Patience } from './patience.js';
import { logPosition, positionOf } from './positions.js';
import { readEvents } from './reading.js';
import { isOfSystem, type Read } from './storedEvents.js';

const BATCH_SIZE = 1_000;

/** Everything that is there when the reading begins. The client filters subscriptions only, so it is done here. */
export async function* readAll<Event>(
  connection: Connection,
  patience: Patience,
  read: Read<Event>,
  { after = START, categories, batchSize = BATCH_SIZE }: ReadAllOptions = {},
): AsyncGenerator<readonly Event[]> {
  logPosition(after);
  if (categories?.length === 0) return;
  const end = await head(connection, patience);
  let at = after;
  if (comparePositions(at, end) >= 0) return;
  const isWanted = (event: StoredEvent): boolean =>
    !isOfSystem(event) && (categories?.includes(categoryOf(event.streamId)) ?? true);
  const batches = readEvents<Position>(connection, patience, {
    from: at,
    batchSize,
    after: event => positionOf(event.position),
    // Inclusive, unlike a subscription: what was read already is left out below.
    open: (client, from) =>
      client.readAll({ fromPosition: logPosition(from), requiresLeader: true }, { highWaterMark: batchSize }),
  });
  for await (const events of batches) {
    const [from, last] = [at, positionOf(events.at(-1)!.position)];
    const wanted = events.filter(event => isBetween(positionOf(event.position), from, end) && isWanted(event));
    if (comparePositions(last, at) > 0) at = last;
    if (wanted.length > 0) yield wanted.map(read);
    if (comparePositions(at, end) >= 0) return;
  }
  // Less than there is must not be taken for all.
  throw new StoreUnavailable(`${connection.shown} ended a read of all events before the last one; try again`);
}

const isBetween = (position: Position, after: Position, to: Position): boolean =>
  comparePositions(position, after) > 0 && comparePositions(position, to) <= 0;
