import { statSync } from 'node:fs';
import { join } from 'node:path';
import { WrongMasterKey } from '../access/vault/errors.js';
import { openVault } from '../access/vault/openVault.js';
import { EventsDigest } from '../eventstore/copy/eventsDigest.js';
import { openControl } from '../policies/control/openControl.js';
import { openEvents } from '../server/openEvents.js';
import { BackupDamaged } from './errors.js';
import { hashFile, removeEmptyLog } from './files.js';
import type { BackupFile, Manifest } from './manifest.js';

/** A copy of a backup's files to work on: SQLite writes into whatever it opens, and the backup stays as it is. */
export interface Staged {
  readonly folder: string;
  readonly events: string;
  readonly vault: string;
  /** Absent in a backup of before there were policies. */
  readonly control?: string | undefined;
}

export interface StageOptions {
  /** The folder of the backup. */
  readonly backup: string;
  /** Where the copy goes. */
  readonly folder: string;
  readonly manifest: Manifest;
  readonly masterKey: Buffer;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Copies the files, and looks at them in three ways: whether each is what was written, whether its events are those
 * that were in the store, and whether the master key opens its vault.
 * @throws BackupDamaged naming the file; WrongMasterKey
 */
export async function stage(options: StageOptions): Promise<Staged> {
  const { backup, folder, manifest, masterKey } = options;
  const events = await copyChecked(options, manifest.events);
  const vault = await copyChecked(options, manifest.vault);
  const control = manifest.control && (await copyChecked(options, manifest.control));
  if (!(await holdsEvents(folder, manifest)))
    throw new BackupDamaged(
      `${join(backup, manifest.events.file)}: does not hold the events that ${manifest.events.digest} stands for; use another backup`,
    );
  try {
    await (await openVault({ at: vault, masterKey, make: false })).close();
  } catch (error) {
    throw error instanceof WrongMasterKey ? new WrongMasterKey(join(backup, manifest.vault.file)) : error;
  }
  if (control) await (await openControl(control, { make: false })).close();
  for (const file of [events, vault, ...(control ? [control] : [])]) removeEmptyLog(file);
  return { folder, events, vault, control };
}

async function copyChecked({ backup, folder, signal }: StageOptions, expected: BackupFile): Promise<string> {
  const [from, to] = [join(backup, expected.file), join(folder, expected.file)];
  if (!statSync(from, { throwIfNoEntry: false })?.isFile())
    throw new BackupDamaged(`${from}: is missing; take another copy of the backup`);
  const { bytes, sha256 } = await hashFile(from, to, signal);
  if (bytes === expected.bytes && sha256 === expected.sha256) return to;
  throw new BackupDamaged(
    `${from}: is not as it was written (${bytes} of ${expected.bytes} bytes, SHA-256 ${sha256}); take another copy of the backup`,
  );
}

/** Whether the events in a folder are those of the manifest, read one by one. */
export async function holdsEvents(folder: string, { events }: Manifest): Promise<boolean> {
  const store = await openEvents({ data: folder }, { readOnly: true });
  const digest = new EventsDigest();
  try {
    for await (const batch of store.readAllRaw()) for (const event of batch) digest.add(event);
  } finally {
    await store.close();
  }
  return digest.count === events.count && digest.hex() === events.digest;
}
