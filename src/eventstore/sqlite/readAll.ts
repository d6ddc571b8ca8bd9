import { setImmediate as nextTurn } from 'node:timers/promises';
import { isPosition, type Position, START } from '../../kernel/position.js';
import type { ReadAllOptions } from '../port.js';
import type { Connection } from './connection.js';
import type { PrepareEvents } from './events.js';

/** A step through the log: what it found, and how far it has looked (it may find nothing for a rare category). */
export interface Step<Event> {
  readonly events: readonly Event[];
  readonly lookedTo: number;
}

export interface LogReader<Event> {
  head(): number;
  holds(position: number): boolean;
  /** Looks at positions above `after` and up to `to`. */
  step(after: number, to: number, options: ReadAllOptions): Step<Event>;
}

/** Positions that one query looks at when it filters, so that a rare category does not hold up the process. */
const REACH = 10_000;
const BATCH_SIZE = 1_000;

const RANGE = 'position > ? AND position <= ?';
const OF_CATEGORIES = "substr(stream_id, 1, instr(stream_id, '-') - 1) IN (SELECT value FROM json_each(?))";
const IN_ORDER = 'ORDER BY position LIMIT ?';

export function prepareLogReader<Event extends { readonly position: Position }>(
  connection: Connection,
  prepareEvents: PrepareEvents<Event>,
): LogReader<Event> {
  const last = connection.query<[number]>('SELECT coalesce(max(position), 0) FROM events');
  const at = connection.query<[number]>('SELECT 1 FROM events WHERE position = ?');
  const any = prepareEvents(connection, `${RANGE} ${IN_ORDER}`);
  const ofCategories = prepareEvents(connection, `${RANGE} AND ${OF_CATEGORIES} ${IN_ORDER}`);
  return {
    head: () => last.first([])![0],
    holds: position => at.first([position]) !== undefined,
    step: (after, to, { categories, batchSize = BATCH_SIZE }) => {
      const end = categories ? Math.min(to, after + REACH) : to;
      const events = categories
        ? ofCategories([after, end, JSON.stringify(categories), batchSize])
        : any([after, end, batchSize]);
      return { events, lookedTo: events.length < batchSize ? end : Number(events.at(-1)!.position) };
    },
  };
}

/** Everything that is there when the reading begins. */
export async function* readAll<Event>(
  log: LogReader<Event>,
  options: ReadAllOptions = {},
): AsyncGenerator<readonly Event[]> {
  const end = log.head();
  for (let at = positionNumber(options.after); at < end; ) {
    const { events, lookedTo } = log.step(at, end, options);
    at = lookedTo;
    if (events.length > 0) yield events;
    // A consumer that never waits would otherwise keep all else in the process from running.
    await nextTurn();
  }
}

/** @throws RangeError when it is not a position of this kind of store */
export function positionNumber(position: Position = START): number {
  const number = isPosition(position) ? Number(position) : Number.NaN;
  if (!Number.isSafeInteger(number)) throw new RangeError(`${position} is not a position of this store`);
  return number;
}
