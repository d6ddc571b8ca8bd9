import type { Services } from '../graphql/context.js';
import { countedIn, distance, type Position } from '../kernel/position.js';

export interface Lag {
  /** Counted up to a bound, where positions say nothing of how many lie between them. */
  readonly events: number;
  /** Since the first event that is missing was recorded. */
  readonly seconds: number;
}

type Sources = Pick<Services, 'store' | 'clock'>;

const NONE: Lag = { events: 0, seconds: 0 };

async function lagAt({ store, clock }: Sources, position: Position, head: Position, countUpTo: number): Promise<Lag> {
  if (distance(position, head) === 0) return NONE;
  const counts = countedIn(head) === 'events';
  let since = clock.now().getTime();
  let events = 0;
  // An EventStoreDB hands over what has arrived, and a batch is seldom as large as was asked for.
  for await (const batch of store.readAll({ after: position, batchSize: counts ? 1 : countUpTo })) {
    if (events === 0) since = Date.parse(batch[0]?.recordedAt ?? '');
    events += batch.length;
    if (counts || events >= countUpTo) break;
  }
  return {
    events: counts ? distance(position, head) : Math.min(events, countUpTo),
    seconds: Math.max(0, clock.now().getTime() - since) / 1000,
  };
}

/**
 * How far behind the head the positions of read models are. They mostly stand at one place, which is then looked at once.
 * @param countUpTo events that are counted one by one, where positions count bytes
 */
export async function lagsOf(
  sources: Sources,
  all: readonly { readonly position: Position }[],
  head: Position,
  countUpTo: number,
): Promise<ReadonlyMap<Position, Lag>> {
  const positions = [...new Set(all.map(({ position }) => position))];
  return new Map(
    await Promise.all(positions.map(async at => [at, await lagAt(sources, at, head, countUpTo)] as const)),
  );
}
