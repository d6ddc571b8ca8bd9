import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ReadStreamOptions, RecordedEvent } from '../port.js';
import type { Connection } from './connection.js';
import type { PrepareEvents } from './events.js';

export type ReadStream = (streamId: string, options?: ReadStreamOptions) => AsyncGenerator<readonly RecordedEvent[]>;

const PAGE = 500;

export function prepareReadStream(connection: Connection, prepareEvents: PrepareEvents<RecordedEvent>): ReadStream {
  const page = prepareEvents(connection, 'stream_id = ? AND revision >= ? ORDER BY revision LIMIT ?');
  return async function* readStream(streamId, { fromRevision = 0, maxCount = Number.MAX_SAFE_INTEGER } = {}) {
    for (let from = fromRevision, left = maxCount; left > 0; ) {
      const limit = Math.min(PAGE, left);
      const events = page([streamId, from, limit]);
      if (events.length > 0) yield events;
      if (events.length < limit) return;
      from += limit;
      left -= limit;
      await nextTurn();
    }
  };
}
