import { join } from 'node:path';
import { openEventStoreDb } from '../eventstore/eventstoredb/open.js';
import type { EventStore, StoreObserver } from '../eventstore/port.js';
import { openSqliteEventStore } from '../eventstore/sqlite/open.js';
import { upcasters } from './registry.js';

/** A server that keeps the events. */
export interface EventStoreServer {
  /** As `parseAddress` reads it; may hold a password. */
  readonly address: string;
  readonly caFile?: string | undefined;
}

/** Where the events are: in the data directory, unless a server is named. */
export interface EventsLocation {
  readonly data: string;
  readonly eventStore?: EventStoreServer | undefined;
}

export interface EventsOptions {
  /** Of the file alone: it is not made, and nothing is appended. */
  readonly readOnly?: boolean;
  /** Of the file alone: appends do not wait for the disk. */
  readonly disposable?: boolean;
  readonly observer?: StoreObserver | undefined;
}

/** Name of the events' file in the data directory. */
export const EVENTS_FILE = 'events.db';

/** @throws StoreCorrupt naming the file; StoreMisconfigured, StoreUnavailable naming the server, never its password */
export async function openEvents(
  { data, eventStore }: EventsLocation,
  options: EventsOptions = {},
): Promise<EventStore> {
  if (!eventStore) return openSqliteEventStore({ file: join(data, EVENTS_FILE), upcasters, ...options });
  const { address, caFile } = eventStore;
  const { observer } = options;
  return openEventStoreDb({ connectionString: address, upcasters, observer, ...(caFile && { caFile }) });
}
