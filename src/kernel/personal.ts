/**
 * A personal value as it stands in a store: readable only with a key that lives elsewhere.
 * All four are base64url, but for `keyId`, which is the id of the stream whose key seals the value.
 */
export interface Sealed {
  readonly keyId: string;
  /** 96 bits. */
  readonly nonce: string;
  /** AES-256-GCM over salt ‖ canonical JSON of the value, with the tag behind it. */
  readonly ciphertext: string;
  /** SHA-256(salt ‖ canonical JSON of the value): lets whoever is shown value and salt check them. */
  readonly commitment: string;
}

/** A personal value: in the clear on its way through a decision, sealed from the store on. */
export type Personal<T> = T | Sealed;

export const isSealed = (value: unknown): value is Sealed =>
  typeof value === 'object' && value !== null && 'ciphertext' in value && 'commitment' in value && 'keyId' in value;
