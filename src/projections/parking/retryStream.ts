import { beOnlyWriter } from '../../database/differences.js';
import { isUnstorable } from '../../database/outage.js';
import type { ReadModel, ReadModelTransaction } from '../../database/readModel.js';
import type { EventStore, RecordedEvent } from '../../eventstore/port.js';
import { beginEpoch } from '../checkpoints.js';
import { OtherHistory } from '../history.js';
import { foldBatch, PoisonEvent } from '../project.js';
import { writeRows } from '../rows.js';
import type { Lens, View } from '../view.js';
import { firstParkedEvents, type ParkedEvent, readParkedEvents, renewReason, unpark } from './parkedEvents.js';

/** What parked events are taken into, and from where. */
export interface RetryServices {
  readonly store: Pick<EventStore, 'readStream'>;
  readonly db: ReadModel;
  readonly views: readonly View[];
  readonly lens: Lens;
}

export interface Retried {
  /** Events that were taken in, by all projections that had parked them. */
  readonly taken: number;
  /** Why the rest could not be taken in this time, by projection. */
  readonly failed: readonly PoisonEvent[];
}

const BATCH = 500;

/** Someone else retries the same stream at this moment, and has taken these events in. */
class RetriedElsewhere extends Error {
  override readonly name = 'RetriedElsewhere';
}

async function eventsOf(
  store: RetryServices['store'],
  parked: readonly ParkedEvent[],
): Promise<readonly RecordedEvent[]> {
  const [first] = parked;
  const ids = new Set(parked.map(({ eventId }) => eventId));
  const events: RecordedEvent[] = [];
  if (first)
    for await (const batch of store.readStream(first.streamId, {
      fromRevision: first.revision,
      maxCount: parked.length,
    }))
      events.push(...batch);
  if (first && !events.every(({ eventId }) => ids.has(eventId)))
    throw new OtherHistory(
      'The read model',
      `has set aside events of ${first.streamId} that the event store does not have`,
    );
  return events;
}

/** Rows of these events, all or none; each runner then begins again from what is stored. */
async function takeIn({ db, lens }: RetryServices, view: View, events: readonly RecordedEvent[]): Promise<void> {
  const last = events.at(-1);
  if (!last) return;
  await db.transaction().execute(async (transaction: ReadModelTransaction) => {
    await beOnlyWriter(transaction);
    // A write first: SQLite then lets no other writer in between what is read here and what is written.
    await beginEpoch(transaction, view.table);
    const { streamId, revision } = last;
    const gone = await unpark(transaction, { projection: view.table, streamId, revision });
    if (gone !== events.length) throw new RetriedElsewhere(`${streamId} is being retried by someone else`);
    await writeRows(transaction, view, await foldBatch(transaction, view, events, lens));
  });
}

/** The one event that a projection cannot take in still, of those that it was given; none when it could. */
async function poisonIn(services: RetryServices, view: View, events: readonly RecordedEvent[]) {
  try {
    await takeIn(services, view, events);
    return undefined;
  } catch (error) {
    if (error instanceof PoisonEvent) return error;
    if (!isUnstorable(error) || events.length > 1) throw error;
    return new PoisonEvent(view.table, events[0] as RecordedEvent, error);
  }
}

async function retryFor(services: RetryServices, view: View, streamId: string): Promise<Retried> {
  let taken = 0;
  for (let size = BATCH; ; ) {
    const parked = await firstParkedEvents(services.db, view.table, streamId, size);
    const events = await eventsOf(services.store, parked);
    if (events.length === 0) return { taken, failed: [] };
    let poison: PoisonEvent | undefined;
    let good = events;
    try {
      poison = await poisonIn(services, view, events);
      if (poison) good = events.slice(0, events.indexOf(poison.event));
      if (poison) await takeIn(services, view, good);
    } catch (error) {
      // Whoever was faster may have left some.
      if (error instanceof RetriedElsewhere) continue;
      if (!isUnstorable(error)) throw error;
      // Which of them the database refuses is found out one by one.
      size = 1;
      continue;
    }
    taken += good.length;
    const stuck = parked[good.length];
    if (!poison || !stuck) continue;
    await renewReason(services.db, stuck, poison.reason);
    return { taken, failed: [poison] };
  }
}

/**
 * Takes the parked events of a stream in, in order, a transaction a batch, into every projection that set them aside.
 * What still cannot be taken in stays parked, with all behind it.
 * Two who retry the same one share the work.
 * @throws OtherHistory, and what store and database throw while they are away
 */
export async function retryStream(services: RetryServices, streamId: string): Promise<Retried> {
  const parked = await readParkedEvents(services.db, services.views);
  const tables = new Set(parked.filter(event => event.streamId === streamId).map(event => event.projection));
  const all: Retried[] = [];
  for (const view of services.views) if (tables.has(view.table)) all.push(await retryFor(services, view, streamId));
  return { taken: all.reduce((sum, each) => sum + each.taken, 0), failed: all.flatMap(each => each.failed) };
}
