import { setTimeout as delay } from 'node:timers/promises';
import type { ReadModel } from '../../database/readModel.js';
import type { RecordedEvent } from '../../eventstore/port.js';
import { type Changes, foldBatch, PoisonEvent } from '../project.js';
import type { Lens, View } from '../view.js';
import { type ParkedEvent, parkedEvent } from './parkedEvents.js';
import type { ParkedStreams } from './parkedStreams.js';

/** What a batch comes to for one view: rows to write, and events to set aside. */
export interface Taken {
  readonly changes: Changes;
  readonly parked: readonly ParkedEvent[];
}

/** A fold is pure, but what it opens personal values with need not be. */
const TRIES = 3;
const PAUSE_MS = 10;

async function foldWithRetry(...batch: Parameters<typeof foldBatch>): Promise<Changes | PoisonEvent> {
  for (let tries = 1; ; tries++)
    try {
      return await foldBatch(...batch);
    } catch (error) {
      if (!(error instanceof PoisonEvent)) throw error;
      if (tries === TRIES) return error;
      await delay(PAUSE_MS);
    }
}

/**
 * Folds a batch into the rows of one view. An event that the view cannot take in is set aside, with all that follow it
 * in its stream, in order; so are events of streams that are parked already.
 */
export async function foldOrPark(
  db: ReadModel,
  view: View,
  events: readonly RecordedEvent[],
  lens: Lens,
  known: ParkedStreams,
): Promise<Taken> {
  const reasons = new Map<RecordedEvent, string>();
  const poisoned = new Set<string>();
  const isAside = ({ streamId }: RecordedEvent) => known.has(view.table, streamId) || poisoned.has(streamId);
  const aside = new Set(events.filter(isAside));
  for (;;) {
    const wanted = aside.size === 0 ? events : events.filter(event => !aside.has(event));
    const folded = await foldWithRetry(db, view, wanted, lens);
    if (!(folded instanceof PoisonEvent)) {
      const parked = events.filter(event => aside.has(event));
      return {
        changes: folded,
        parked: parked.map(event => parkedEvent(view.table, event, reasons.get(event) ?? null)),
      };
    }
    const { event: poison, reason } = folded;
    reasons.set(poison, reason);
    poisoned.add(poison.streamId);
    for (const event of wanted.slice(wanted.indexOf(poison))) if (event.streamId === poison.streamId) aside.add(event);
  }
}
