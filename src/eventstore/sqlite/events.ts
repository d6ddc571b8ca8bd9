import type { SqlValue } from '../../database/libsql.js';
import { decodeEvent, toCurrentVersion, type Writable } from '../codec.js';
import type { RawEvent, RecordedEvent } from '../port.js';
import type { Upcasters } from '../upcasting.js';
import type { Connection } from './connection.js';

/** Prepares a query for the events that a clause selects, in the form in which they are wanted. */
export type PrepareEvents<Event> = (connection: Connection, clause: string) => EventsQuery<Event>;
export type EventsQuery<Event> = (parameters: readonly SqlValue[]) => Event[];

type Row = [position: number, eventId: string, streamId: string, revision: number, bytes: Buffer];

export const rawEvents: PrepareEvents<RawEvent> = (connection, clause) => {
  const rows = connection.query<Row>(
    `SELECT position, event_id, stream_id, revision, bytes FROM events WHERE ${clause}`,
  );
  return parameters =>
    rows.all(parameters).map(([position, eventId, streamId, revision, bytes]) => ({
      position: String(position),
      eventId,
      streamId,
      revision,
      bytes,
    }));
};

/**
 * Brings all events over as one text: half the time of a buffer for each. It comes as a blob,
 * since the driver brings the process down when it meets text that is no UTF-8.
 */
export const decodedEvents =
  (upcasters: Upcasters): PrepareEvents<RecordedEvent> =>
  (connection, clause) => {
    const oneByOne = rawEvents(connection, clause);
    const together = connection.query<[positions: string | null, events: Buffer | null]>(
      `SELECT group_concat(position), CAST(group_concat(bytes) AS BLOB) FROM (SELECT position, bytes FROM events WHERE ${clause})`,
    );
    return parameters => {
      const [positions, events] = together.first(parameters)!;
      if (positions === null || events === null) return [];
      return (
        parseTogether(positions, events)?.map(event => toCurrentVersion(event, upcasters)) ??
        // One of them is damaged: whoever parses each by itself finds out which.
        oneByOne(parameters).map(raw => decodeEvent(raw, upcasters))
      );
    };
  };

function parseTogether(positions: string, events: Buffer): Writable<RecordedEvent>[] | undefined {
  try {
    const all = positions.split(',');
    const parsed = JSON.parse(`[${events.toString('utf8')}]`) as Writable<RecordedEvent>[];
    if (parsed.length !== all.length) return undefined;
    parsed.forEach((event, index) => {
      event.position = all[index]!;
    });
    return parsed;
  } catch {
    return undefined;
  }
}
