import { setImmediate as nextTurn } from 'node:timers/promises';
import type { RawEvent, ReadStreamOptions, RecordedEvent } from '../port.js';
import type { Connection } from './connection.js';
import { RAW_COLUMNS, type RawRow, rawEvent } from './rawEvent.js';

export type ReadStream = (streamId: string, options?: ReadStreamOptions) => AsyncGenerator<RecordedEvent>;

const PAGE = 500;

export function prepareReadStream(connection: Connection, decode: (raw: RawEvent) => RecordedEvent): ReadStream {
  const page = connection.query<RawRow>(
    `SELECT ${RAW_COLUMNS} FROM events WHERE stream_id = ? AND revision >= ? ORDER BY revision LIMIT ?`,
  );
  return async function* readStream(streamId, { fromRevision = 0, maxCount = Number.MAX_SAFE_INTEGER } = {}) {
    for (let from = fromRevision, left = maxCount; left > 0; ) {
      const limit = Math.min(PAGE, left);
      const rows = page.all([streamId, from, limit]);
      for (const row of rows) yield decode(rawEvent(row));
      if (rows.length < limit) return;
      from += limit;
      left -= limit;
      await nextTurn();
    }
  };
}
