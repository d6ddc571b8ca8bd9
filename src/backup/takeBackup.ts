import { join } from 'node:path';
import { copyVault } from '../access/vault/copyVault.js';
import { isPostgresAddress } from '../database/postgresAddress.js';
import { type CopyOptions, copyEvents } from '../eventstore/copy/copyEvents.js';
import type { Position } from '../kernel/position.js';
import { copyControl } from '../policies/control/copyControl.js';
import { type EventsLocation, openEvents } from '../server/openEvents.js';
import { controlPlaceOf, FILES, type StoreLocations, vaultPlaceOf } from '../server/stores.js';
import { hashFile, removeEmptyLog } from './files.js';
import { fillFolder } from './folder.js';
import { type Manifest, writeManifest } from './manifest.js';
import { programVersion } from './programVersion.js';

/** Where events, vault and control store are. */
export type BackupSource = EventsLocation & Pick<StoreLocations, 'database' | 'vault' | 'control'>;

export interface BackupOptions {
  readonly source: BackupSource;
  /** Where it goes: a folder that is not there yet. */
  readonly folder: string;
  /** Told the position of the last event at the beginning, and given what wants to know how far it is. */
  readonly onBegin: (head: Position) => NonNullable<CopyOptions['onProgress']>;
  /** Ends the work by throwing its reason. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Takes a backup of stores that may be in use: the events up to a moment, a vault with the keys of them all, and a
 * control store that has come no further than they do.
 *
 * The control store first: whatever it has taken in, or dropped since it is recorded, is then among the events.
 *
 * Events before the vault: the key of a personal value is on disk before the event that holds the value, so that a vault taken
 * after the events has the key of each. The other way round, events that come in between would have none. A key that is
 * destroyed in between is gone from the backup too, as it should be.
 * @throws BackupRefused naming the folder; nothing is left of the backup then, nor when the signal ends it
 */
export function takeBackup({ source, folder, signal, onBegin }: BackupOptions): Promise<Manifest> {
  return fillFolder(folder, async partial => {
    const control = await backUpControl(source, join(partial, FILES.control));
    const events = await backUpEvents(source, join(partial, FILES.events), onBegin, signal);
    signal?.throwIfAborted();
    const vault = await backUpVault(source, join(partial, FILES.vault));
    const takenAt = new Date().toISOString();
    return writeManifest(partial, { satchel: programVersion(), takenAt, events, vault, ...(control && { control }) });
  });
}

async function backUpEvents(
  location: EventsLocation,
  file: string,
  onBegin: BackupOptions['onBegin'],
  signal: AbortSignal | undefined,
): Promise<Manifest['events']> {
  const source = await openEvents(location, { readOnly: true });
  let copied: Awaited<ReturnType<typeof copyEvents>>;
  try {
    // It is put on disk as a whole when it is complete.
    const target = await openEvents({ data: join(file, '..') }, { disposable: true });
    try {
      copied = await copyEvents(source, target, {
        onProgress: onBegin(await source.head()),
        ...(signal && { signal }),
      });
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
  const { count, through: position, digest, receiptsLeftOut } = copied;
  const from = location.eventStore ? 'EventStoreDB' : 'SQLite';
  return { ...(await describe(file, FILES.events)), from, count, position, digest, receiptsLeftOut };
}

async function backUpVault(source: BackupSource, file: string): Promise<Manifest['vault']> {
  const at = vaultPlaceOf(source);
  const keys = await copyVault(at, file);
  return { ...(await describe(file, FILES.vault)), from: isPostgresAddress(at) ? 'PostgreSQL' : 'SQLite', keys };
}

async function backUpControl(source: BackupSource, file: string): Promise<Manifest['control']> {
  const at = controlPlaceOf(source);
  // Positions in the backup are those of a file, from 1 on without a gap, as in any other file.
  const timers = await copyControl(at, file, source.eventStore === undefined);
  if (timers === undefined) return undefined;
  return { ...(await describe(file, FILES.control)), from: isPostgresAddress(at) ? 'PostgreSQL' : 'SQLite', timers };
}

async function describe(path: string, file: string) {
  removeEmptyLog(path);
  return { file, ...(await hashFile(path)) };
}
