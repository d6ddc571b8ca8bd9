import { isOutage } from '../database/outage.js';
import type { ReadModel, ReadModelTransaction } from '../database/readModel.js';
import { storable } from '../database/storable.js';
import type { RecordedEvent } from '../eventstore/port.js';
import { openAll } from './openAll.js';
import { readRows, writeRows } from './rows.js';
import type { FoldLens, Lens, Row, View } from './view.js';

/** What a batch makes of one view: rows by key, `undefined` for those to be deleted. */
export type Changes = ReadonlyMap<string, Row | undefined>;

/** A fold threw, or the database refuses what it gave: the event is poison for this view. */
export class PoisonEvent extends Error {
  override readonly name = 'PoisonEvent';
  /** What went wrong and where, without the message of it: that may repeat what was sealed. */
  readonly reason: string;

  constructor(
    readonly view: string,
    readonly event: RecordedEvent,
    cause: unknown,
  ) {
    const reason = reasonOf(cause);
    super(`${view} cannot take in ${event.type} ${event.eventId} at position ${event.position}: ${reason}`);
    this.reason = reason;
  }
}

/** `TypeError at fold (views.js:31:9)`, or with the code of a database. */
function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return 'it threw what is no error';
  const { name, stack = '', code } = cause as NodeJS.ErrnoException;
  const place = /\n\s+at (?:(\S+) \()?\S*?([^/\\\s]+:\d+:\d+)\)?/.exec(stack);
  const where = place ? ` at ${[place[1], place[2]].filter(Boolean).join(' ')}` : '';
  return `${name}${typeof code === 'string' ? ` ${code}` : ''}${where}`;
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
  const opened = await openedFor(view, [...keysOf.keys()], lens);
  const lastChange = new Map<string, RecordedEvent>();
  for (const [event, touched] of keysOf)
    for (const key of touched) {
      rows.set(
        key,
        guarded(view, event, () => view.fold(rows.get(key), event, key, opened)),
      );
      lastChange.set(key, event);
    }
  const changed = new Map<string, Row | undefined>();
  for (const [key, event] of lastChange) {
    const row = rows.get(key);
    changed.set(key, row && view.complete ? guarded(view, event, () => view.complete?.(row)) : row);
  }
  return changed;
}

/** Keys of the rows that each event touches; most events are nothing to most views. */
function keysOfEach(view: View, events: readonly RecordedEvent[]): ReadonlyMap<RecordedEvent, readonly string[]> {
  const touched = new Map<RecordedEvent, readonly string[]>();
  for (const event of events) {
    const keys = guarded(view, event, () => view.keysOf(event).map(storable));
    if (keys.length > 0) touched.set(event, keys);
  }
  return touched;
}

async function openedFor(view: View, events: readonly RecordedEvent[], lens: Lens): Promise<FoldLens> {
  const values = events.flatMap(event => (view.opens ? guarded(view, event, () => view.opens?.(event) ?? []) : []));
  return { open: await openAll(lens, values), blindIndex: lens.blindIndex };
}

function guarded<T>(view: View, event: RecordedEvent, step: () => T): T {
  try {
    return step();
  } catch (cause) {
    // Personal values are opened with keys out of a store, which may be away for now: that is not the event's fault.
    if (isOutage(cause)) throw cause;
    throw new PoisonEvent(view.table, event, cause);
  }
}

export const writeChanges = async (
  transaction: ReadModelTransaction,
  changes: ReadonlyMap<View, Changes>,
): Promise<void> => {
  for (const [view, rows] of changes) await writeRows(transaction, view, rows);
};
