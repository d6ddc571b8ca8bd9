import type { ReadModelTransaction } from '../../database/readModel.js';
import type { EventStore, RecordedEvent } from '../../eventstore/port.js';
import { upTo } from '../../eventstore/upTo.js';
import { comparePositions, type Position } from '../../kernel/position.js';
import { BEGINNING, type Checkpoint, moveCheckpoints } from '../checkpoints.js';
import { foldOrPark } from '../parking/foldOrPark.js';
import { park, readParkedEvents } from '../parking/parkedEvents.js';
import { ParkedStreams } from '../parking/parkedStreams.js';
import { writeRows } from '../rows.js';
import type { Lens, View } from '../view.js';

export interface RestServices {
  readonly store: Pick<EventStore, 'readAll'>;
  readonly lens: Lens;
}

async function readBetween(
  store: RestServices['store'],
  after: Position,
  end: Position,
): Promise<readonly RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for await (const batch of upTo(store.readAll({ after }), end)) events.push(...batch);
  return events;
}

/** The few events that a view lacks up to a position, in a transaction that lets nobody else write. */
export async function takeRest(
  transaction: ReadModelTransaction,
  { store, lens }: RestServices,
  views: readonly View[],
  known: ReadonlyMap<string, Checkpoint>,
  end: Position,
): Promise<void> {
  const parked = new ParkedStreams(await readParkedEvents(transaction, views));
  for (const view of views) {
    const from = known.get(view.table) ?? BEGINNING;
    if (comparePositions(from.position, end) >= 0) continue;
    const events = await readBetween(store, from.position, end);
    const last = events.at(-1);
    if (!last) continue;
    const taken = await foldOrPark(transaction, view, events, lens, parked);
    await writeRows(transaction, view, taken.changes);
    await park(transaction, taken.parked);
    await moveCheckpoints(transaction, [view.table], from, last);
  }
}
