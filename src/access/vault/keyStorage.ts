/** Keys as they are stored, by id: locked with the master key, or null where one was and is destroyed. */
export type StoredKeys = ReadonlyMap<string, Buffer | null>;

/** A key with its days, ISO 8601 in UTC. */
export interface StoredKey {
  readonly keyId: string;
  readonly wrapped: Buffer | null;
  readonly createdAt: string;
  readonly destroyedAt: string | null;
}

/** All that a storage holds. */
export interface StoredVault {
  readonly keys: readonly StoredKey[];
  readonly secrets: ReadonlyMap<string, Buffer>;
}

/** Where a vault keeps what it has locked. It sees no key in the clear. */
export interface KeyStorage {
  /** A file, or an address without its password: what errors name. */
  readonly place: string;
  /** Those that are not there are left out. */
  loadKeys(keyIds: readonly string[]): Promise<StoredKeys>;
  /** Adds those that are not there, all or none; on disk before it resolves. Another may be first: what is stored holds. */
  addKeys(wrapped: ReadonlyMap<string, Buffer>, createdAt: Date): Promise<void>;
  /** Puts a tombstone in the place of a key, there or not; on disk before it resolves. The first one stays. */
  buryKey(keyId: string, destroyedAt: Date): Promise<void>;
  loadSecret(name: string): Promise<Buffer | undefined>;
  /** As `addKeys` does. */
  addSecret(name: string, wrapped: Buffer): Promise<void>;
  /** For copies: the keys as at one moment; secrets never change. */
  readAll(): Promise<StoredVault>;
  /** Of a storage that holds nothing yet: all or none. */
  fill(contents: StoredVault): Promise<void>;
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** How a storage is opened. */
export interface KeyStorageOptions {
  /** Whether to make it where there is none. */
  readonly make: boolean;
}
