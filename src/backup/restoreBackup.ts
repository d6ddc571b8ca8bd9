import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { copyVault } from '../access/vault/copyVault.js';
import { isPostgresAddress } from '../database/postgresAddress.js';
import { copyEvents } from '../eventstore/copy/copyEvents.js';
import { OutcomeUnknown, StoreUnavailable } from '../eventstore/errors.js';
import { copyControl, emptyControl } from '../policies/control/copyControl.js';
import { openEvents } from '../server/openEvents.js';
import { controlPlaceOf, FILES, type StoreLocations, vaultPlaceOf } from '../server/stores.js';
import { BackupRefused } from './errors.js';
import { asDiskError, removeEmptyLog, removeIfEmpty } from './files.js';
import { type Manifest, readManifest } from './manifest.js';
import {
  type Placing,
  placeAll,
  requireNoControl,
  requireNoEvents,
  requireNoFiles,
  requireNoReadModels,
  requireNoVault,
  STAGE,
} from './place.js';
import { holdsEvents, type Staged, stage } from './stage.js';
import type { BackupOptions } from './takeBackup.js';

export interface RestoreOptions extends Pick<BackupOptions, 'folder' | 'onBegin' | 'signal'> {
  /** On whatever engines; empty. */
  readonly target: StoreLocations;
  /** Goes on with a restore onto EventStoreDB that was cut off: the events there must be the first of the backup. */
  readonly resume: boolean;
}

/**
 * Puts a backup in place, after it was looked at: events, then the control store, then the vault, so that nobody can
 * serve them before the restore is through. Read models are built at the next start.
 * @throws BackupDamaged, BackupRefused, WrongMasterKey before anything is in place
 */
export async function restoreBackup({ folder, target, resume, onBegin, signal }: RestoreOptions): Promise<Manifest> {
  const manifest = readManifest(folder);
  requireNoFiles(target);
  // Events first: where a server is at work, nobody is to be told how to clear away what can be built anew.
  if (target.eventStore && !resume) await onServer(target, requireNoEvents);
  if (target.database) await requireNoReadModels(target.database);
  await requireNoVault(vaultPlaceOf(target));
  // Of a restore that was cut off there may be one; nobody is at work with it, since there is no vault yet.
  if (!resume) await requireNoControl(controlPlaceOf(target));
  const made = mkdirSync(target.data, { recursive: true, mode: 0o700 });
  const work = mkdtempSync(join(target.data, STAGE));
  try {
    const staged = await stage({ backup: folder, folder: work, manifest, masterKey: target.masterKey, signal });
    if (target.eventStore) await copyToServer(staged, target, { onBegin, signal });
    signal?.throwIfAborted();
    await placeAll(filesFor(staged, target, manifest), () => copyToDatabases(staged, target, resume));
    return manifest;
  } catch (error) {
    throw asDiskError(error, target.data);
  } finally {
    rmSync(work, { recursive: true, force: true });
    if (made) removeIfEmpty(target.data);
  }
}

async function onServer<Result>(
  target: StoreLocations,
  work: (store: Awaited<ReturnType<typeof openEvents>>) => Promise<Result>,
): Promise<Result> {
  const store = await openEvents(target);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/**
 * Both sides are compared at the end.
 * @throws BackupRefused when the server goes away in between
 */
async function copyToServer(
  { folder }: Staged,
  target: StoreLocations,
  { onBegin, signal }: Pick<RestoreOptions, 'onBegin' | 'signal'>,
): Promise<void> {
  const source = await openEvents({ data: folder }, { readOnly: true });
  try {
    const onProgress = onBegin(await source.head());
    await onServer(target, store => copyEvents(source, store, { onProgress, ...(signal && { signal }) }));
  } catch (error) {
    if (!(error instanceof StoreUnavailable || error instanceof OutcomeUnknown)) throw error;
    throw new BackupRefused(
      `${error.message}. Events may be there already: the same command with --resume goes on from them`,
      { cause: error },
    );
  } finally {
    await source.close();
  }
}

/** What is no file: both, or neither if the database answers. */
async function copyToDatabases(staged: Staged, target: StoreLocations, resume: boolean): Promise<void> {
  const [vault, control] = [vaultPlaceOf(target), controlPlaceOf(target)];
  const isRemote = isPostgresAddress(control);
  if (isRemote && resume) await emptyControl(control);
  if (isRemote && staged.control) await copyControl(staged.control, control);
  try {
    if (isPostgresAddress(vault)) await copyVault(staged.vault, vault);
  } catch (error) {
    // Whoever tries again is not to be refused because of it.
    if (isRemote && staged.control) await emptyControl(control).catch(() => undefined);
    throw error;
  }
}

/** Events first, so that they are looked at while there is no vault, and nobody serves or adds to them. */
function filesFor({ events, vault, control }: Staged, target: StoreLocations, manifest: Manifest): readonly Placing[] {
  const [vaultPlace, controlPlace] = [vaultPlaceOf(target), controlPlaceOf(target)];
  const eventsPlace = join(target.data, FILES.events);
  const check = async () => {
    const isAsItWas = await holdsEvents(target.data, manifest).finally(() => removeEmptyLog(eventsPlace));
    if (!isAsItWas)
      throw new BackupRefused(`${eventsPlace}: another program changed it while it was restored; end that`);
  };
  return [
    ...(target.eventStore ? [] : [{ from: events, to: eventsPlace, check }]),
    ...(control && !isPostgresAddress(controlPlace) ? [{ from: control, to: controlPlace }] : []),
    ...(isPostgresAddress(vaultPlace) ? [] : [{ from: vault, to: vaultPlace }]),
  ];
}
