import { constants, copyFileSync, existsSync, linkSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isVaultThere } from '../access/vault/copyVault.js';
import { openPostgresReadModel } from '../database/openPostgresReadModel.js';
import { isPostgresAddress, parsePostgresAddress } from '../database/postgresAddress.js';
import type { EventStore } from '../eventstore/port.js';
import { START } from '../kernel/position.js';
import { checkpointsIn } from '../server/readModelOrigin.js';
import { FILES, type StoreLocations } from '../server/stores.js';
import { BackupRefused } from './errors.js';
import { sync } from './files.js';

/** Begins the name of the folder in which a restore works. */
export const STAGE = '.restoring-';

const WAY_OUT = 'a restore overwrites nothing. End the server, if one uses it, and move it away, or name another place';

/** @throws BackupRefused naming the file that is there */
export function requireNoFiles({ data, eventStore, database }: StoreLocations): void {
  if (!existsSync(data)) return;
  const names = [
    ...(eventStore ? [] : [FILES.events]),
    ...(database ? [] : [FILES.readModel]),
    ...readdirSync(data).filter(name => name.startsWith(STAGE)),
  ];
  for (const name of names)
    if (existsSync(join(data, name))) {
      const left = name.startsWith(STAGE)
        ? 'was left by a restore that was cut off, or is still going on'
        : 'is there already';
      throw new BackupRefused(`${join(data, name)}: ${left}, and ${WAY_OUT} (SATCHEL_DATA or --data)`);
    }
}

/** @throws BackupRefused naming the file, or the database without its password */
export async function requireNoVault(at: string): Promise<void> {
  if (isPostgresAddress(at) ? await isVaultThere(at) : existsSync(at))
    throw new BackupRefused(
      isPostgresAddress(at)
        ? `${parsePostgresAddress(at)?.shown}: holds a vault already, and ${WAY_OUT} (SATCHEL_VAULT or SATCHEL_DATABASE)`
        : `${at}: is there already, and ${WAY_OUT} (SATCHEL_DATA or --data)`,
    );
}

/** @throws BackupRefused */
export async function requireNoEvents(store: EventStore): Promise<void> {
  if ((await store.head()) !== START)
    throw new BackupRefused(
      `The event store holds events already, and ${WAY_OUT} (SATCHEL_EVENTSTORE). A restore that was cut off goes on with --resume`,
    );
}

/** Of other events they would go on from a place that means nothing here. @throws BackupRefused */
export async function requireNoReadModels(database: string): Promise<void> {
  const { db, close } = await openPostgresReadModel(database);
  try {
    const filled = [...(await checkpointsIn(db)).values()].some(({ position }) => position !== START);
    if (filled)
      throw new BackupRefused(
        'The database of SATCHEL_DATABASE holds read models already, of other events: drop its tables, or name an empty one. They are built anew at the next start',
      );
  } finally {
    await close();
  }
}

const NO_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EXDEV']);

/** Gives a file a second name that nobody has taken; where no link can lead, copies it. @throws BackupRefused */
function place(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') throw hasCome(to);
    if (!NO_LINKS.has(code)) throw error;
    copyTo(from, to);
  }
}

/** Beside it first: half a copy, on a disk that is full, must not bear the name. */
function copyTo(from: string, to: string): void {
  const half = `${to}${STAGE}`;
  try {
    copyFileSync(from, half, constants.COPYFILE_EXCL);
    sync(half);
    if (existsSync(to)) throw hasCome(to);
    renameSync(half, to);
  } catch (error) {
    rmSync(half, { force: true });
    throw error;
  }
}

const hasCome = (file: string): BackupRefused => new BackupRefused(`${file}: has come meanwhile, and ${WAY_OUT}`);

/** Puts files where they belong, and then what is no file: all or none. */
export async function placeAll(files: ReadonlyMap<string, string>, andThen: () => Promise<void>): Promise<void> {
  const placed: string[] = [];
  try {
    for (const [from, to] of files) {
      mkdirSync(dirname(to), { recursive: true, mode: 0o700 });
      place(from, to);
      placed.push(to);
    }
    for (const to of placed) sync(dirname(to));
    await andThen();
  } catch (error) {
    for (const to of placed) rmSync(to);
    throw error;
  }
}
