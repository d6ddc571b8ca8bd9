import { VaultNotThere } from './errors.js';
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
 * goes, there must be none. How many keys there are.
 * @throws VaultUnusable, DatabaseUnusable
 */
export async function copyVault(from: string, to: string): Promise<number> {
  const contents = await onStorage(from, false, storage => storage.readAll());
  await onStorage(to, true, storage => storage.fill(contents));
  return contents.keys.filter(({ wrapped }) => wrapped !== null).length;
}
