import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { type Clock, systemClock } from '../../kernel/clock.js';
import { KeyDestroyed, KeyMissing, VaultUnusable, WrongMasterKey } from './errors.js';
import { DESTROYED, type KeyEntry, KeyRing } from './keyRing.js';
import type { KeyStorage } from './keyStorage.js';
import { openStorage } from './openStorage.js';
import { KEY_MEMORY_MS, type SealingKey, type Vault } from './vault.js';
import { KEY_BYTES, unwrap, wrap } from './wrap.js';

export interface VaultOptions {
  /** `postgres://…`, or the path of a file. */
  readonly at: string;
  /** 32 bytes; wraps every key. */
  readonly masterKey: Buffer;
  /** Whether to make a vault where there is none; true by default. */
  readonly make?: boolean;
  readonly clock?: Clock;
  /** Keys kept unwrapped in memory at the most; 10,000 by default. */
  readonly keysInMemory?: number;
  /** Longest time that each is kept there, in milliseconds. */
  readonly keyMemoryMs?: number;
}

/** A secret that only tells whether the master key is the right one. */
const MASTER_KEY_CHECK = 'master-key-check';

/** A named secret, made on first use; nothing when it does not open with the master key. */
async function secretIn(storage: KeyStorage, masterKey: KeyObject, name: string): Promise<Buffer | undefined> {
  const label = `secret:${name}`;
  const stored = await storage.loadSecret(name);
  if (stored) return unwrap(masterKey, label, stored);
  await storage.addSecret(name, wrap(masterKey, label, randomBytes(KEY_BYTES)));
  // Another process may have been first: what is stored holds.
  return unwrap(masterKey, label, (await storage.loadSecret(name))!);
}

function alive(keyId: string, entry: KeyEntry | undefined): SealingKey {
  if (!entry) throw new KeyMissing(keyId);
  if (entry === DESTROYED) throw new KeyDestroyed(keyId);
  return entry;
}

/**
 * A vault in a SQLite file, or in a schema of its own on PostgreSQL: every key random, wrapped by the master key, on
 * disk before it is used.
 * @throws WrongMasterKey when it was made with another master key
 * @throws VaultUnusable when it is damaged, of a newer version, not there and not to be made, or no vault
 * @throws DatabaseUnusable when the database cannot be reached
 */
export async function openVault(options: VaultOptions): Promise<Vault> {
  const { at, make = true, clock = systemClock, keysInMemory = 10_000, keyMemoryMs = KEY_MEMORY_MS } = options;
  const master = createSecretKey(options.masterKey);
  const storage = await openStorage(at, { make });
  const ring = new KeyRing(storage, master, { keys: keysInMemory, ms: keyMemoryMs });
  /** They never change. */
  const secrets = new Map<string, Buffer>();
  let closing: Promise<void> | undefined;
  const mustBeOpen = () => {
    if (closing) throw new VaultUnusable(storage.place, 'is closed');
  };
  const close = (): Promise<void> => {
    ring.forget();
    secrets.clear();
    closing ??= storage.close();
    return closing;
  };

  try {
    if (!(await secretIn(storage, master, MASTER_KEY_CHECK))) throw new WrongMasterKey(storage.place);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    place: storage.place,
    async sealingKeys(keyIds) {
      mustBeOpen();
      const wanted = [...new Set(keyIds)];
      const found = await ring.findAll(wanted);
      for (const [keyId, entry] of found) alive(keyId, entry);
      const missing = wanted.filter(keyId => !found.has(keyId));
      if (missing.length > 0) {
        await ring.make(missing, clock.now());
        for (const [keyId, entry] of await ring.findAll(missing)) found.set(keyId, entry);
      }
      return new Map(wanted.map(keyId => [keyId, alive(keyId, found.get(keyId))]));
    },
    async openingKey(keyId) {
      mustBeOpen();
      const entry = await ring.find(keyId);
      return entry === DESTROYED ? undefined : alive(keyId, entry);
    },
    async destroyKey(keyId) {
      mustBeOpen();
      await ring.destroy(keyId, clock.now());
    },
    async secret(name) {
      mustBeOpen();
      const secret = secrets.get(name) ?? (await secretIn(storage, master, name));
      if (!secret)
        throw new VaultUnusable(storage.place, `its ${name} key is damaged; restore the vault from a backup`);
      secrets.set(name, secret);
      return secret;
    },
    async ping() {
      mustBeOpen();
      await storage.ping();
    },
    close,
  };
}
