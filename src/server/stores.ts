import { join } from 'node:path';
import { openVault } from '../access/vault/sqliteVault.js';
import type { Vault } from '../access/vault/vault.js';
import { openPostgresReadModel } from '../database/openPostgresReadModel.js';
import { type OpenReadModel, openSqliteReadModel } from '../database/openReadModel.js';
import type { EventStore } from '../eventstore/port.js';
import { openSqliteEventStore } from '../eventstore/sqlite/open.js';
import { upcasters } from './registry.js';

/** What lies on disk, or in a database. */
export interface Stores {
  readonly events: EventStore;
  readonly vault: Vault;
  readonly readModel: OpenReadModel;
  close(): Promise<void>;
}

export interface StoreLocations {
  /** Directory of the stores. */
  readonly data: string;
  /** Connection string of a PostgreSQL database for the read models; a file in the directory, if left out. */
  readonly database?: string | undefined;
  /** 32 bytes. */
  readonly masterKey: Buffer;
  /** Events that can be made again, such as sample data on its way in: appends do not wait for the disk. */
  readonly disposable?: boolean;
}

/** Names of the files in the data directory. */
export const FILES = { events: 'events.db', vault: 'vault.db', readModel: 'readmodel.db' } as const;

/**
 * Opens the stores, in the order in which they can go wrong for a reason that a person can mend.
 * @throws StoreCorrupt, DatabaseUnusable, WrongMasterKey naming the file or the address; nothing is left open
 */
export async function openStores({ data, database, masterKey, disposable = false }: StoreLocations): Promise<Stores> {
  const opened: { close(): unknown }[] = [];
  const keep = <T extends { close(): unknown }>(store: T): T => {
    opened.unshift(store);
    return store;
  };
  const close = async () => {
    for (const store of opened) await store.close();
  };
  try {
    // First, so that no file is made as long as the database cannot be reached.
    const remote = database ? keep(await openPostgresReadModel(database)) : undefined;
    const vault = keep(openVault({ file: join(data, FILES.vault), masterKey }));
    const events = keep(openSqliteEventStore({ file: join(data, FILES.events), upcasters, disposable }));
    const readModel = remote ?? keep(openSqliteReadModel(join(data, FILES.readModel)));
    return { events, vault, readModel, close };
  } catch (error) {
    await close();
    throw error;
  }
}
