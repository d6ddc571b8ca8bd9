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
  /** @param place a file, or an address without its password */
  constructor(readonly place: string) {
    super(
      `${place}: is locked with another master key; give the one that it was made with, or the vault that belongs to this key`,
    );
  }
}

/** The vault cannot be used: damaged, altered, of a newer version, of other events, or no vault. */
export class VaultUnusable extends VaultError {
  readonly code = 'VAULT_UNUSABLE';
  /** @param place a file, or an address without its password */
  constructor(
    readonly place: string,
    reason: string,
    options?: ErrorOptions,
  ) {
    super(`${place}: ${reason}`, options);
  }
}

/** There is no vault where one has to be: a new one would open nothing of what is sealed. */
export class VaultNotThere extends VaultUnusable {
  constructor(place: string) {
    super(
      place,
      'the vault is not there, and the events are sealed under its keys; restore it from a backup, or say with SATCHEL_VAULT where it is',
    );
  }
}

/** A vault that was written by a later program. */
export const vaultOfVersion = (place: string, version: number, known: number): VaultUnusable =>
  new VaultUnusable(
    place,
    `is a vault of version ${version}, and this program knows version ${known}; use the program that wrote it`,
  );

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
