import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { BackupRefused } from './errors.js';

const CHUNK_BYTES = 1024 * 1024;
const OWNER_ALONE = 0o600;

/** What a file holds. */
export interface Hashed {
  readonly bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

/** Reads a file, and writes it to another one if one is named, which must not be there yet; it is on disk then. */
export async function hashFile(path: string, copyTo?: string, signal?: AbortSignal): Promise<Hashed> {
  const source = await open(path, 'r');
  const target = copyTo === undefined ? undefined : await open(copyTo, 'wx', OWNER_ALONE);
  try {
    const hash = createHash('sha256');
    const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
    let bytes = 0;
    for (;;) {
      signal?.throwIfAborted();
      const { bytesRead } = await source.read(buffer, 0, CHUNK_BYTES, bytes);
      if (bytesRead === 0) break;
      const chunk = buffer.subarray(0, bytesRead);
      hash.update(chunk);
      await target?.writeFile(chunk);
      bytes += bytesRead;
    }
    await target?.sync();
    return { bytes, sha256: hash.digest('hex') };
  } finally {
    await target?.close();
    await source.close();
  }
}

/** Waits until a file, or the names in a folder, are on disk. */
export function sync(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

export function writeDurably(path: string, text: string): void {
  writeFileSync(path, text, { mode: OWNER_ALONE, flag: 'wx', flush: true });
}

/** Takes away a folder that is empty; in any other, somebody else has put something meanwhile. */
export function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST', 'ENOENT'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}

/** Takes away what SQLite leaves beside a file that is closed: its log, emptied before, and the index of that. */
export function removeEmptyLog(file: string): void {
  const log = `${file}-wal`;
  const bytes = statSync(log, { throwIfNoEntry: false })?.size ?? 0;
  if (bytes > 0) throw new Error(`${log} still holds ${bytes} bytes`);
  for (const beside of [log, `${file}-shm`]) rmSync(beside, { force: true });
}

const FULL = /^(ENOSPC|EDQUOT|EFBIG|SQLITE_FULL)$/;

/** Says of a full disk what to do about it; any other error is given back as it is. */
export function asDiskError(error: unknown, folder: string): unknown {
  for (let each: unknown = error; each instanceof Error; each = each.cause)
    if (FULL.test((each as NodeJS.ErrnoException).code ?? ''))
      return new BackupRefused(
        `${folder}: the disk is full; what was written is gone again. Make room, or use another disk`,
        {
          cause: error,
        },
      );
  return error;
}
