/**
 * A personal value as it stands in a store: readable only with a key that lives elsewhere.
 * `nonce`, `ciphertext` and `commitment` are base64url.
 */
export interface Sealed {
  /** Id of the stream whose key seals the value. */
  readonly keyId: string;
  /**
   * `<eventId>/<path>`: the event and field that it was sealed for, authenticated together with it. It travels with
   * the value, so that a copy in a document can still be opened, and a value put in another's place is found there.
   */
  readonly at: string;
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
  typeof value === 'object' &&
  value !== null &&
  'keyId' in value &&
  'at' in value &&
  'ciphertext' in value &&
  'commitment' in value;

/** The value behind a personal one, whether it is sealed (in a store) or still in the clear (in a decision). */
export const openedBy = <T>(open: (sealed: Sealed) => unknown, value: Personal<T> | undefined): T | undefined =>
  isSealed(value) ? (open(value) as T) : value;
