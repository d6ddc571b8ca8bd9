import type { ReadModel, ReadModelTransaction } from '../database/readModel.js';
import type { RecordedEvent } from '../eventstore/port.js';
import { readRows, writeRows } from './rows.js';
import type { Lens, Row, View } from './view.js';

/** What a batch makes of one view: rows by key, `undefined` for those to be deleted. */
export type Changes = ReadonlyMap<string, Row | undefined>;

/** A fold threw: the event is poison for this view. */
export class PoisonEvent extends Error {
  override readonly name = 'PoisonEvent';
  constructor(
    readonly view: string,
    readonly event: RecordedEvent,
    cause: unknown,
  ) {
    super(`${view} cannot take in ${event.type} ${event.eventId} at position ${event.position}`, { cause });
  }
}

/**
 * Folds a batch into the rows of one view, in memory.
 * @throws PoisonEvent naming the event that the view cannot take in
 */
export async function foldBatch(
  db: ReadModel,
  view: View,
  events: readonly RecordedEvent[],
  lens: Lens,
): Promise<Changes> {
  const keysOf = keysOfEach(view, events);
  if (keysOf.size === 0) return new Map();
  const keys = new Set([...keysOf.values()].flat());
  const rows: Map<string, Row | undefined> = await readRows(db, view, [...keys]);
  const lastChange = new Map<string, RecordedEvent>();
  for (const [event, touched] of keysOf)
    for (const key of touched) {
      rows.set(
        key,
        guarded(view, event, () => view.fold(rows.get(key), event, key, lens)),
      );
      lastChange.set(key, event);
    }
  const changed = new Map<string, Row | undefined>();
  for (const [key, event] of lastChange) {
    const row = rows.get(key);
    changed.set(key, row && view.complete ? guarded(view, event, () => view.complete?.(row, lens)) : row);
  }
  return changed;
}

/** Keys of the rows that each event touches; most events are nothing to most views. */
function keysOfEach(view: View, events: readonly RecordedEvent[]): ReadonlyMap<RecordedEvent, readonly string[]> {
  const touched = new Map<RecordedEvent, readonly string[]>();
  for (const event of events) {
    const keys = guarded(view, event, () => view.keysOf(event));
    if (keys.length > 0) touched.set(event, keys);
  }
  return touched;
}

function guarded<T>(view: View, event: RecordedEvent, step: () => T): T {
  try {
    return step();
  } catch (cause) {
    throw new PoisonEvent(view.table, event, cause);
  }
}

export const writeChanges = async (
  transaction: ReadModelTransaction,
  changes: ReadonlyMap<View, Changes>,
): Promise<void> => {
  for (const [view, rows] of changes) await writeRows(transaction, view, rows);
};
