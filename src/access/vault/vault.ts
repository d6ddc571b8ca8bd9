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
 * personal value; a key that is destroyed takes with it whatever was sealed under it.
 */
export interface Vault {
  /**
   * Keys to seal under, by id; those that are not there are made, all in one transaction, and on disk before this returns.
   * @throws KeyDestroyed
   */
  sealingKeys(keyIds: Iterable<string>): ReadonlyMap<string, SealingKey>;
  /**
   * The key to open with, or nothing once it is destroyed.
   * @throws KeyMissing when there never was one
   */
  openingKey(keyId: string): SealingKey | undefined;
  /** For good: leaves a tombstone, so that the key is never made again. Idempotent; on disk before this returns. */
  destroyKey(keyId: string): void;
  /** 32 bytes. */
  secret(name: SecretName): Buffer;
  /** Idempotent. */
  close(): void;
}
