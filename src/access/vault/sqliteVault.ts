import { createSecretKey } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { closeDatabase } from '../../database/libsql.js';
import { type Clock, systemClock } from '../../kernel/clock.js';
import { KeyDestroyed, KeyMissing, VaultUnusable, WrongMasterKey } from './errors.js';
import { DESTROYED, type KeyEntry, keyTable } from './keyTable.js';
import { secretTable } from './secretTable.js';
import type { SealingKey, Vault } from './vault.js';
import { asVaultError, openVaultFile } from './vaultFile.js';

export interface VaultOptions {
  readonly file: string;
  /** 32 bytes; wraps every key in the file. */
  readonly masterKey: Buffer;
  readonly clock?: Clock;
  /** Keys kept unwrapped in memory at the most; 10,000 by default. */
  readonly keysInMemory?: number;
}

/** A secret that only tells whether the master key is the right one. */
const MASTER_KEY_CHECK = 'master-key-check';

/**
 * A vault in one SQLite file: every key random, wrapped by the master key, on disk before it is used.
 * @throws WrongMasterKey when the file was made with another master key
 * @throws VaultUnusable when the file is damaged, of a newer version, or no vault
 */
export function openVault({ file, masterKey, clock = systemClock, keysInMemory = 10_000 }: VaultOptions): Vault {
  const master = createSecretKey(masterKey);
  const db = openVaultFile(file);
  const keys = keyTable(db, file, master, clock);
  const secrets = secretTable(db, master);
  const inMemory = new LRUCache<string, KeyEntry>({ max: keysInMemory });
  let closed = false;

  const guarded = <Result>(work: () => Result): Result => {
    if (closed) throw new VaultUnusable(file, 'is closed');
    try {
      return work();
    } catch (error) {
      throw asVaultError(error, file);
    }
  };
  const close = () => {
    if (closed) return;
    closed = true;
    inMemory.clear();
    closeDatabase(db);
  };
  const find = (keyId: string): KeyEntry | undefined => {
    const known = inMemory.get(keyId);
    if (known) return known;
    const entry = keys.load(keyId);
    if (entry) inMemory.set(keyId, entry);
    return entry;
  };
  const found = (keyId: string): SealingKey => {
    const entry = find(keyId);
    if (!entry) throw new KeyMissing(keyId);
    if (entry === DESTROYED) throw new KeyDestroyed(keyId);
    return entry;
  };

  try {
    if (!guarded(() => secrets(MASTER_KEY_CHECK))) throw new WrongMasterKey(file);
  } catch (error) {
    close();
    throw error;
  }
  return {
    sealingKeys: keyIds =>
      guarded(() => {
        const wanted = [...new Set(keyIds)];
        const missing = wanted.filter(keyId => !find(keyId));
        for (const keyId of wanted) if (find(keyId) === DESTROYED) throw new KeyDestroyed(keyId);
        if (missing.length > 0) keys.make(missing);
        return new Map(wanted.map(keyId => [keyId, found(keyId)]));
      }),
    openingKey: keyId => guarded(() => (find(keyId) === DESTROYED ? undefined : found(keyId))),
    destroyKey: keyId =>
      guarded(() => {
        keys.destroy(keyId);
        inMemory.delete(keyId);
      }),
    secret: name =>
      guarded(() => {
        const secret = secrets(name);
        if (!secret) throw new VaultUnusable(file, `its ${name} key is damaged; restore it from a backup`);
        return secret;
      }),
    close,
  };
}
