import { isDeepStrictEqual } from 'node:util';
import { VaultNotThere, VaultUnusable } from './errors.js';
import type { KeyStorage } from './keyStorage.js';
import { openStorage } from './openStorage.js';

async function onStorage<Result>(at: string, make: boolean, work: (storage: KeyStorage) => Promise<Result>) {
  const storage = await openStorage(at, { make });
  try {
    return await work(storage);
  } finally {
    await storage.close();
  }
}

/** @param at `postgres://…`, or the path of a file */
export async function isVaultThere(at: string): Promise<boolean> {
  try {
    return await onStorage(at, false, async () => true);
  } catch (error) {
    if (error instanceof VaultNotThere) return false;
    throw error;
  }
}

/**
 * Copies a vault, its keys as they are wrapped, while others use it; nothing of a destroyed key comes along. Where it
 * goes, there must be none; it is read again at the end, and compared. How many keys there are.
 * @throws VaultUnusable, DatabaseUnusable
 */
export async function copyVault(from: string, to: string): Promise<number> {
  const contents = await onStorage(from, false, storage => storage.readAll());
  await onStorage(to, true, async storage => {
    await storage.fill(contents);
    if (isDeepStrictEqual(await storage.readAll(), contents)) return;
    throw new VaultUnusable(storage.place, 'does not hold what was copied into it: another program changed it');
  });
  return contents.keys.filter(({ wrapped }) => wrapped !== null).length;
}
