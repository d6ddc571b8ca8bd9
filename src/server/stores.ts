import { join } from 'node:path';
import type { Vault } from '../access/vault/vault.js';
import { openPostgresReadModel } from '../database/openPostgresReadModel.js';
import { type OpenReadModel, openSqliteReadModel } from '../database/openReadModel.js';
import { isPostgresAddress } from '../database/postgresAddress.js';
import type { EventStore, StoreObserver } from '../eventstore/port.js';
import { openControl } from '../policies/control/openControl.js';
import type { ControlStore } from '../policies/control/port.js';
import type { Leadership } from '../projections/leadership.js';
import { leadershipOn } from '../projections/leadershipOn.js';
import { dropAll } from '../projections/tables.js';
import { EVENTS_FILE, type EventsLocation, openEvents } from './openEvents.js';
import { requireOwnVersion, requireSameOrigin } from './readModelOrigin.js';
import { makeVaultFor, openVaultIfThere, requireKeysOf } from './vaultOfEvents.js';

/** What outlasts the process. */
export interface Stores {
  readonly events: EventStore;
  readonly vault: Vault;
  readonly readModel: OpenReadModel;
  /** What policies wait for, and how far they have come. */
  readonly control: ControlStore;
  /** Who runs the projections into the read model, and the policies. */
  readonly leadership: Leadership;
  close(): Promise<void>;
}

export interface StoreLocations extends EventsLocation {
  /** Connection string of a PostgreSQL database for the read models; a file in the directory, if left out. */
  readonly database?: string | undefined;
  /** Where the keys of personal data are: a file, or a PostgreSQL database; with the read models, if left out. */
  readonly vault?: string | undefined;
  /** Where policies keep what they wait for: a file, or a PostgreSQL database; with the read models, if left out. */
  readonly control?: string | undefined;
  /** 32 bytes. */
  readonly masterKey: Buffer;
  /** Longest time for a request, in milliseconds; 0, or left out, for no limit. */
  readonly requestTimeout?: number;
  /** Events that can be made again, such as sample data on its way in: appends do not wait for the disk. */
  readonly disposable?: boolean;
}

/** Names of the files in the data directory. */
export const FILES = {
  events: EVENTS_FILE,
  vault: 'vault.db',
  control: 'control.db',
  readModel: 'readmodel.db',
} as const;

/** What the read model is called where it is not a file. */
const REMOTE = 'The database of SATCHEL_DATABASE';

/** `postgres://…` or the path of a file. */
export const vaultPlaceOf = ({ data, database, vault }: Pick<StoreLocations, 'data' | 'database' | 'vault'>): string =>
  vault ?? database ?? join(data, FILES.vault);

/** The same for the control store. */
export const controlPlaceOf = ({
  data,
  database,
  control,
}: Pick<StoreLocations, 'data' | 'database' | 'control'>): string => control ?? database ?? join(data, FILES.control);

/**
 * Opens the read models: once, or once more for a connection that sees them as they are at one moment.
 * @throws DatabaseUnusable naming the file or the database
 */
export const openReadModel = async ({
  data,
  database,
}: Pick<StoreLocations, 'data' | 'database'>): Promise<OpenReadModel> =>
  database ? openPostgresReadModel(database) : openSqliteReadModel(join(data, FILES.readModel));

export interface OpenStoresOptions {
  readonly observer?: StoreObserver;
  /**
   * Lets go of all read models first, whatever they were built from, and has policies begin with the first event; what is
   * of a newer Satchel is refused all the same.
   */
  readonly fromNothing?: boolean;
}

/**
 * Opens the stores, in the order in which they can go wrong for a reason that a person can mend.
 * @throws StoreCorrupt, DatabaseUnusable, ReadModelNewer, OtherHistory, WrongMasterKey, VaultUnusable, ControlUnusable
 * naming the file or the database, or what `openEvents` throws; nothing is left open
 */
export async function openStores(
  locations: StoreLocations,
  { observer, fromNothing = false }: OpenStoresOptions = {},
): Promise<Stores> {
  const { data, database, masterKey, disposable = false, requestTimeout } = locations;
  const opened: { close(): unknown }[] = [];
  const keep = <T extends { close(): unknown }>(store: T): T => {
    opened.unshift(store);
    return store;
  };
  const close = async () => {
    for (const store of opened) await store.close();
  };
  try {
    // First, so that no file is made as long as the database cannot be reached, or used.
    const remote = database ? keep(await openPostgresReadModel(database, { requestTimeout })) : undefined;
    if (remote) await requireOwnVersion(REMOTE, remote.db);
    const controlPlace = controlPlaceOf(locations);
    const remoteControl = isPostgresAddress(controlPlace) ? keep(await openControl(controlPlace)) : undefined;
    const vaultOptions = { at: vaultPlaceOf(locations), masterKey };
    const vaultThere = await openVaultIfThere(vaultOptions);
    if (vaultThere) keep(vaultThere);
    const events = keep(await openEvents(locations, { disposable, observer }));
    const vault = vaultThere ?? keep(await makeVaultFor(events, vaultOptions));
    await requireKeysOf(events, vault);
    const file = join(data, FILES.readModel);
    const readModel = remote ?? keep(openSqliteReadModel(file));
    if (!remote) await requireOwnVersion(file, readModel.db);
    const control = remoteControl ?? keep(await openControl(controlPlace));
    if (fromNothing) {
      // First, since read models that are still there are refused, and a control store of another log may not be.
      await control.forgetAll();
      await dropAll(readModel.db);
    }
    await requireSameOrigin(remote ? REMOTE : file, readModel.db, events);
    const leadership = keep(await leadershipOn(readModel));
    return { events, vault, readModel, control, leadership, close };
  } catch (error) {
    await close();
    throw error;
  }
}
