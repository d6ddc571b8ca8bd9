import {
  constants,
  copyFileSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { isVaultThere } from '../access/vault/copyVault.js';
import { withWhatIsBeside } from '../database/libsql.js';
import { openPostgresReadModel } from '../database/openPostgresReadModel.js';
import { isPostgresAddress, parsePostgresAddress } from '../database/postgresAddress.js';
import type { EventStore } from '../eventstore/port.js';
import { START } from '../kernel/position.js';
import { isControlThere } from '../policies/control/copyControl.js';
import { readCheckpointsIfThere } from '../projections/checkpoints.js';
import { controlPlaceOf, FILES, type StoreLocations, vaultPlaceOf } from '../server/stores.js';
import { BackupRefused } from './errors.js';
import { sync } from './files.js';

/** Begins the name of the folder in which a restore works. */
export const STAGE = '.restoring-';

const WAY_OUT =
  'a restore overwrites nothing. End the server, if one is at work there, and move all of that away, or name another place';

const isThere = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false }) !== undefined;

/**
 * Of every file that a restore makes, and of what SQLite keeps beside each: a log that was left there would be written
 * into what is restored.
 * @throws BackupRefused naming all that are there
 */
export function requireNoFiles(target: StoreLocations): void {
  const { data, eventStore, database } = target;
  const [vault, control] = [vaultPlaceOf(target), controlPlaceOf(target)];
  const files = [
    ...(eventStore ? [] : [join(data, FILES.events)]),
    ...(database ? [] : [join(data, FILES.readModel)]),
    ...(isPostgresAddress(vault) ? [] : [vault]),
    ...(isPostgresAddress(control) ? [] : [control]),
  ];
  requireNone(files.flatMap(withWhatIsBeside), 'there already');
  const stages = existsSync(data) ? readdirSync(data).filter(name => name.startsWith(STAGE)) : [];
  requireNone(
    stages.map(name => join(data, name)),
    'left by a restore that was cut off, or that is still going on',
  );
}

function requireNone(paths: readonly string[], what: string): void {
  const found = paths.filter(isThere);
  if (found.length === 0) return;
  const are = found.length === 1 ? 'is' : 'are';
  throw new BackupRefused(`${found.join(', ')}: ${are} ${what}, and ${WAY_OUT} (SATCHEL_DATA or --data)`);
}

/** @throws BackupRefused naming the database without its password */
export async function requireNoVault(at: string): Promise<void> {
  if (isPostgresAddress(at) && (await isVaultThere(at)))
    throw new BackupRefused(
      `${parsePostgresAddress(at)?.shown}: holds a vault already, and ${WAY_OUT} (SATCHEL_VAULT or SATCHEL_DATABASE)`,
    );
}

/** @throws BackupRefused naming the database without its password */
export async function requireNoControl(at: string): Promise<void> {
  if (isPostgresAddress(at) && (await isControlThere(at)))
    throw new BackupRefused(
      `${parsePostgresAddress(at)?.shown}: holds a control store already, and ${WAY_OUT} (SATCHEL_CONTROL or SATCHEL_DATABASE)`,
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
    const filled = [...(await readCheckpointsIfThere(db)).values()].some(({ position }) => position !== START);
    if (filled)
      throw new BackupRefused(
        'The database of SATCHEL_DATABASE holds read models already, of other events: end the server, if one is at work there, and drop its tables, or name an empty one. They are built anew at the next start',
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

/** A file on its way to its place. */
export interface Placing {
  readonly from: string;
  readonly to: string;
  /** Looks at it where it is then, before the next one is put in place. */
  readonly check?: () => Promise<void>;
}

/** Puts files where they belong, and then what is no file: all or none. */
export async function placeAll(files: readonly Placing[], andThen: () => Promise<void>): Promise<void> {
  const placed: string[] = [];
  try {
    for (const { from, to, check } of files) {
      mkdirSync(dirname(to), { recursive: true, mode: 0o700 });
      const found = withWhatIsBeside(to).find(isThere);
      if (found !== undefined) throw hasCome(found);
      place(from, to);
      placed.push(to);
      sync(dirname(to));
      await check?.();
    }
    await andThen();
  } catch (error) {
    for (const to of placed) rmSync(to);
    throw error;
  }
}
