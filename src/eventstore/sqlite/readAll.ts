import { setImmediate as nextTurn } from 'node:timers/promises';
import { isPosition, type Position, START } from '../../kernel/position.js';
import type { RawEvent, ReadAllOptions } from '../port.js';
import type { Connection } from './connection.js';
import { RAW_COLUMNS, type RawRow, rawEvent } from './rawEvent.js';

/** A step through the log: what it found, and how far it has looked (it may find nothing for a rare category). */
export interface Step {
  readonly events: readonly RawEvent[];
  readonly lookedTo: number;
}

export interface LogReader {
  head(): number;
  /** Looks at positions above `after` and up to `to`. */
  step(after: number, to: number, options: ReadAllOptions): Step;
}

/** Positions that one query looks at when it filters, so that a rare category does not hold up the process. */
const REACH = 10_000;
const BATCH_SIZE = 1_000;

export function prepareLogReader(connection: Connection): LogReader {
  const last = connection.query<[number]>('SELECT coalesce(max(position), 0) FROM events');
  const any = connection.query<RawRow>(
    `SELECT ${RAW_COLUMNS} FROM events WHERE position > ? AND position <= ? ORDER BY position LIMIT ?`,
  );
  const ofCategories = connection.query<RawRow>(
    `SELECT ${RAW_COLUMNS} FROM events WHERE position > ? AND position <= ?
       AND substr(stream_id, 1, instr(stream_id, '-') - 1) IN (SELECT value FROM json_each(?))
     ORDER BY position LIMIT ?`,
  );
  return {
    head: () => last.first([])![0],
    step: (after, to, { categories, batchSize = BATCH_SIZE }) => {
      const end = categories ? Math.min(to, after + REACH) : to;
      const rows = categories
        ? ofCategories.all([after, end, JSON.stringify(categories), batchSize])
        : any.all([after, end, batchSize]);
      return { events: rows.map(rawEvent), lookedTo: rows.length < batchSize ? end : rows.at(-1)![0] };
    },
  };
}

/** Everything that is there when the reading begins. */
export async function* readAll(log: LogReader, options: ReadAllOptions = {}): AsyncGenerator<readonly RawEvent[]> {
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
