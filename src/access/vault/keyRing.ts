import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import DataLoader from 'dataloader';
import { LRUCache } from 'lru-cache';
import { VaultUnusable } from './errors.js';
import type { KeyStorage } from './keyStorage.js';
import type { SealingKey } from './vault.js';
import { KEY_BYTES, unwrap, wrap } from './wrap.js';

/** What stands where a key was. */
export const DESTROYED = Symbol('destroyed');
export type KeyEntry = SealingKey | typeof DESTROYED;

export interface KeyMemory {
  /** Keys kept unwrapped at the most. */
  readonly keys: number;
  /** Longest time that each is kept, in milliseconds. */
  readonly ms: number;
}

const labelOf = (keyId: string): string => `key:${keyId}`;
/** Keys fetched in one statement at the most. */
const LARGEST = 1_000;

/** The keys of a storage, unwrapped, those last used in memory. */
export class KeyRing {
  private readonly inMemory: LRUCache<string, KeyEntry>;
  /** Gathers what is asked for at the same moment; remembers nothing by itself. */
  private readonly loader = new DataLoader<string, KeyEntry | undefined>(
    async keyIds => {
      const found = await this.load([...new Set(keyIds)]);
      return keyIds.map(keyId => found.get(keyId));
    },
    { cache: false, maxBatchSize: LARGEST },
  );
  private destructions = 0;

  constructor(
    private readonly storage: KeyStorage,
    private readonly masterKey: KeyObject,
    memory: KeyMemory,
  ) {
    this.inMemory = new LRUCache({ max: memory.keys, ttl: memory.ms });
  }

  /** @throws VaultUnusable when what is stored does not open */
  async find(keyId: string): Promise<KeyEntry | undefined> {
    return this.inMemory.get(keyId) ?? this.loader.load(keyId);
  }

  /** Those that are there. @throws VaultUnusable when what is stored does not open */
  async findAll(keyIds: readonly string[]): Promise<Map<string, KeyEntry>> {
    const found = new Map<string, KeyEntry>();
    const unknown: string[] = [];
    for (const keyId of keyIds) {
      const known = this.inMemory.get(keyId);
      if (known) found.set(keyId, known);
      else unknown.push(keyId);
    }
    if (unknown.length > 0) for (const [keyId, entry] of await this.load(unknown)) found.set(keyId, entry);
    return found;
  }

  /** Makes those that are not there. */
  async make(keyIds: readonly string[], at: Date): Promise<void> {
    const wrapped = keyIds.map(keyId => [keyId, wrap(this.masterKey, labelOf(keyId), randomBytes(KEY_BYTES))] as const);
    await this.storage.addKeys(new Map(wrapped), at);
  }

  async destroy(keyId: string, at: Date): Promise<void> {
    await this.storage.buryKey(keyId, at);
    this.destructions++;
    this.inMemory.delete(keyId);
  }

  forget(): void {
    this.inMemory.clear();
  }

  private async load(keyIds: readonly string[]): Promise<Map<string, KeyEntry>> {
    const { destructions } = this;
    const entries = new Map<string, KeyEntry>();
    for (const [keyId, wrapped] of await this.storage.loadKeys(keyIds))
      entries.set(keyId, wrapped === null ? DESTROYED : this.unwrapped(keyId, wrapped));
    // What was read while a key was destroyed may still hold it.
    if (destructions === this.destructions) for (const [keyId, entry] of entries) this.inMemory.set(keyId, entry);
    return entries;
  }

  private unwrapped(keyId: string, wrapped: Buffer): SealingKey {
    const key = unwrap(this.masterKey, labelOf(keyId), wrapped);
    if (!key)
      throw new VaultUnusable(this.storage.place, `the key of ${keyId} is damaged; restore the vault from a backup`);
    return { keyId, secret: createSecretKey(key) };
  }
}
