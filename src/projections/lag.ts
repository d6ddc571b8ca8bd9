import type { EventStore } from '../eventstore/port.js';
import { comparePositions, type Position } from '../kernel/position.js';

/** How far something that follows the record is behind it. */
export interface Lag {
  /** Events that it lacks, counted up to COUNTED_UP_TO. */
  readonly events: number;
  /** Since the oldest of them was recorded; 0 when there is none. */
  readonly seconds: number;
}

export const COUNTED_UP_TO = 1_000;

/** Costs a look at the head of the store, and one batch of events when there is a lag. */
export async function lagOf(store: EventStore, position: Position, now: Date): Promise<Lag> {
  if (comparePositions(position, await store.head()) < 0)
    for await (const [oldest, ...others] of store.readAll({ after: position, batchSize: COUNTED_UP_TO }))
      if (oldest) return { events: 1 + others.length, seconds: secondsSince(oldest.recordedAt, now) };
  return { events: 0, seconds: 0 };
}

/** Clocks of several machines differ a little. */
const secondsSince = (at: string, now: Date): number => Math.max(0, (now.getTime() - Date.parse(at)) / 1_000);
