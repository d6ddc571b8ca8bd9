import type { KeyObject } from 'node:crypto';

/** A key of 256 bits with the id of the subject's or case's stream; printing it shows nothing of it. */
export interface SealingKey {
  readonly keyId: string;
  readonly secret: KeyObject;
}

/** Keys that belong to the whole installation, each random, made once, and for one purpose. */
export type SecretName = 'blind-index' | 'command-receipts' | 'token-signing';

/**
 * Where the keys of personal data live, apart from the events. Whoever has the events without the vault reads no
 * personal value; a key that is destroyed takes with it whatever was sealed under it. Several processes may use one
 * vault at the same time.
 */
export interface Vault {
  /** Where it is, for errors: a file, or an address without its password. */
  readonly place: string;
  /**
   * Keys to seal under, by id; those that are not there are made, all in one transaction, and on disk before this
   * resolves. Whoever makes the same key at the same moment gets the same one.
   * @throws KeyDestroyed
   */
  sealingKeys(keyIds: Iterable<string>): Promise<ReadonlyMap<string, SealingKey>>;
  /**
   * The key to open with, or nothing once it is destroyed. Keys asked for at the same moment are fetched together.
   * @throws KeyMissing when there never was one
   */
  openingKey(keyId: string): Promise<SealingKey | undefined>;
  /**
   * For good: leaves a tombstone, so that the key is never made again. Idempotent; on disk before this resolves.
   * Another process that has the key in memory forgets it within `KEY_MEMORY_MS`.
   */
  destroyKey(keyId: string): Promise<void>;
  /** 32 bytes. */
  secret(name: SecretName): Promise<Buffer>;
  /** Resolves while the vault can be reached. */
  ping(): Promise<void>;
  /** Idempotent. */
  close(): Promise<void>;
}

/** Longest time that a key is kept in memory before it is asked for again, in milliseconds. */
export const KEY_MEMORY_MS = 30_000;
