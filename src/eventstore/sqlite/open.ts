import type { EventStore, StoreObserver } from '../port.js';
import type { Upcasters } from '../upcasting.js';
import { prepareAppender } from './append.js';
import { watchCommits } from './commits.js';
import { connect } from './connection.js';
import { decodedEvents, rawEvents } from './events.js';
import { prepareFindReceipt } from './findReceipt.js';
import { groupCommit } from './groupCommit.js';
import { positionNumber, prepareLogReader, readAll } from './readAll.js';
import { prepareReadStream } from './readStream.js';
import { watchRoom } from './room.js';
import { subscribe } from './subscribe.js';

export interface SqliteEventStoreOptions {
  /** Made when it is not there, unless `readOnly`. */
  readonly file: string;
  readonly upcasters: Upcasters;
  /** Appends are then refused with StoreUnavailable; false by default. */
  readonly readOnly?: boolean;
  /** Its events can be made again: an append does not wait for the disk; false by default. */
  readonly disposable?: boolean;
  readonly observer?: StoreObserver | undefined;
}

/**
 * The event store in one SQLite file, which several processes may have open.
 * @throws StoreCorrupt naming the file when it cannot be used: damaged, of a newer version, or not an event store
 */
export function openSqliteEventStore(options: SqliteEventStoreOptions): EventStore {
  const { file, upcasters, readOnly = false, disposable = false, observer } = options;
  const connection = connect(file, { readOnly, disposable });
  const findReceipt = prepareFindReceipt(connection);
  const readStream = prepareReadStream(connection, decodedEvents(upcasters));
  const log = prepareLogReader(connection, decodedEvents(upcasters));
  const rawLog = prepareLogReader(connection, rawEvents);
  const commits = watchCommits(connection);
  const appender = watchRoom(prepareAppender(connection, findReceipt), file);
  const group = groupCommit(appender, commits.announce, observer);

  return {
    append: group.append,
    appendInOrder: group.appendInOrder,
    largestEventBytes: Number.POSITIVE_INFINITY,
    largestAppendBytes: Number.POSITIVE_INFINITY,
    hasRoom: appender.hasRoom,
    refusesAppends: () => false,
    readStream,
    readAll: options => readAll(log, options),
    readAllRaw: options => readAll(rawLog, options),
    subscribe: options => subscribe(log, commits, options),
    findReceipt: async ({ commandId }) => findReceipt(commandId),
    head: async () => String(log.head()),
    holds: async position => log.holds(positionNumber(position)),
    async close() {
      group.close();
      commits.close();
      connection.close();
    },
  };
}
