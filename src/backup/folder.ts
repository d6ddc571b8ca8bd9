import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { BackupRefused } from './errors.js';
import { asDiskError, removeIfEmpty, sync } from './files.js';

/** @throws BackupRefused unless there is nothing of this name, or an empty folder that can be replaced */
function requireFree(folder: string): void {
  const found = statSync(folder, { throwIfNoEntry: false });
  if (!found) return;
  if (!found.isDirectory()) throw new BackupRefused(`${folder}: is not a folder; name one that is not there yet`);
  if (readdirSync(folder).length > 0)
    throw new BackupRefused(
      `${folder}: is not empty; each backup is a folder of its own, so name one that is not there yet`,
    );
  if (statSync(dirname(folder)).dev !== found.dev)
    throw new BackupRefused(
      `${folder}: is where a disk is mounted; name a folder in it, such as ${join(folder, 'today')}`,
    );
}

const PARTIAL = /^\..+\.partial-\w{6}$/;

/** Folders beside this one that a backup which was killed has left, or in which one is at work now; they hold keys. */
export function partialsBeside(name: string): readonly string[] {
  const parent = dirname(resolve(name));
  if (!existsSync(parent)) return [];
  return readdirSync(parent)
    .filter(each => PARTIAL.test(each))
    .map(each => join(parent, each));
}

/**
 * Fills a folder that bears its name only once it is whole and on disk: until then it lies beside, under another name,
 * and is gone again when the work fails.
 * @throws BackupRefused when the name is taken, or the disk is full
 */
export async function fillFolder<Result>(name: string, fill: (partial: string) => Promise<Result>): Promise<Result> {
  const folder = resolve(name);
  requireFree(folder);
  const parent = dirname(folder);
  const madeParent = !existsSync(parent) && mkdirSync(parent, { recursive: true, mode: 0o700 });
  const partial = mkdtempSync(join(parent, `.${basename(folder)}.partial-`));
  try {
    const result = await fill(partial);
    for (const file of readdirSync(partial)) sync(join(partial, file));
    sync(partial);
    requireFree(folder);
    renameSync(partial, folder);
    sync(parent);
    return result;
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    if (madeParent) removeIfEmpty(parent);
    throw asDiskError(error, folder);
  }
}
