/** Base of what the vault and sealing may throw; `code` is stable, and no message holds a key or a value. */
export abstract class VaultError extends Error {
  abstract readonly code: string;
  override get name(): string {
    return this.constructor.name;
  }
}

/** The master key is not the one that the keys in the vault are wrapped with. */
export class WrongMasterKey extends VaultError {
  readonly code = 'WRONG_MASTER_KEY';
  constructor(readonly file: string) {
    super(
      `${file}: is locked with another master key; give the one that it was made with, or the vault that belongs to this key`,
    );
  }
}

/** The vault's file cannot be used: damaged, altered, of a newer version, or no vault. */
export class VaultUnusable extends VaultError {
  readonly code = 'VAULT_UNUSABLE';
  constructor(
    readonly file: string,
    reason: string,
    options?: ErrorOptions,
  ) {
    super(`${file}: ${reason}`, options);
  }
}

/** The key is destroyed and never made again: nothing more can be sealed under it. */
export class KeyDestroyed extends VaultError {
  readonly code = 'KEY_DESTROYED';
  constructor(readonly keyId: string) {
    super(`The key of ${keyId} is destroyed`);
  }
}

/** The vault never had the key: it is older than the events, or belongs to others. */
export class KeyMissing extends VaultError {
  readonly code = 'KEY_MISSING';
  constructor(readonly keyId: string) {
    super(`The vault has no key of ${keyId}; it does not belong to these events, or is an older copy`);
  }
}

/** A sealed value is not as it was sealed, or not under this key. */
export class SealBroken extends VaultError {
  readonly code = 'SEAL_BROKEN';
  constructor(
    readonly keyId: string,
    readonly at: string,
  ) {
    super(`The sealed value of ${keyId} at ${at} is not as it was sealed`);
  }
}
