import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';
import { canonicalJson } from '../../kernel/canonicalJson.js';
import { ERASED } from '../../kernel/masking.js';
import type { Sealed } from '../../kernel/personal.js';
import { SealBroken } from './errors.js';
import { randomPool } from './randomPool.js';
import type { SealingKey, Vault } from './vault.js';

const NONCE_BYTES = 12;
const SALT_BYTES = 32;
const TAG_BYTES = 16;
const COMMITMENT_BYTES = 32;

const random = randomPool();

/** The event and field that a value stands in; `path` as in `parties/0/name`. */
export interface SealedPlace {
  readonly eventId: string;
  readonly path: string;
}

/** How a sealed value names its place. */
const placeText = ({ eventId, path }: SealedPlace): string => `${eventId}/${path}`;

/** Whether the value was sealed for where it stands; opening it shows that it really was sealed for what it says. */
export const standsInPlace = (sealed: Sealed, place: SealedPlace): boolean => sealed.at === placeText(place);

/** Canonical JSON of [eventId, path, keyId]: what is authenticated beside the value. */
function bindingOf(at: string, keyId: string): Buffer {
  const slash = at.indexOf('/');
  // Strings alone: their canonical form is the ordinary one.
  return Buffer.from(JSON.stringify([at.slice(0, slash), at.slice(slash + 1), keyId]));
}

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('base64url');

/** What the log holds of a value: SHA-256(salt ‖ canonical JSON), base64url. */
export const commitmentOf = (salt: Buffer, value: unknown): string =>
  sha256(Buffer.concat([salt, Buffer.from(canonicalJson(value))]));

/**
 * Seals a value for one place under one key.
 * @throws TypeError for a value without a JSON form
 */
export function seal(key: SealingKey, place: SealedPlace, value: unknown): Sealed {
  const at = placeText(place);
  const nonce = random(NONCE_BYTES);
  const plaintext = Buffer.concat([random(SALT_BYTES), Buffer.from(canonicalJson(value))]);
  const cipher = createCipheriv('aes-256-gcm', key.secret, nonce).setAAD(bindingOf(at, key.keyId));
  const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
  return {
    keyId: key.keyId,
    at,
    nonce: nonce.toString('base64url'),
    ciphertext: ciphertext.toString('base64url'),
    commitment: sha256(plaintext),
  };
}

/** Bytes of base64url in its one spelling: the decoder takes others, and a changed letter must not go unseen. */
function bytesOf(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64url');
  return bytes.toString('base64url') === text ? bytes : undefined;
}

const FIELDS = ['at', 'ciphertext', 'commitment', 'keyId', 'nonce'] as const;

/** Whether it has the fields of a sealed value, with as many bytes as they must have; whether it opens is not asked. */
export function isWellFormed(sealed: Sealed): boolean {
  if (Object.keys(sealed).sort().join() !== FIELDS.join() || FIELDS.some(name => typeof sealed[name] !== 'string'))
    return false;
  const ciphertext = bytesOf(sealed.ciphertext)?.length ?? 0;
  return (
    bytesOf(sealed.nonce)?.length === NONCE_BYTES &&
    ciphertext > SALT_BYTES + TAG_BYTES &&
    bytesOf(sealed.commitment)?.length === COMMITMENT_BYTES
  );
}

function decrypt(key: SealingKey, sealed: Sealed): Buffer | undefined {
  const nonce = bytesOf(sealed.nonce);
  const ciphertext = bytesOf(sealed.ciphertext);
  if (!nonce || !ciphertext || sealed.keyId !== key.keyId) return undefined;
  try {
    const decipher = createDecipheriv('aes-256-gcm', key.secret, nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(bindingOf(sealed.at, sealed.keyId)).setAuthTag(ciphertext.subarray(-TAG_BYTES));
    const plaintext = Buffer.concat([decipher.update(ciphertext.subarray(0, -TAG_BYTES)), decipher.final()]);
    return sha256(plaintext) === sealed.commitment ? plaintext : undefined;
  } catch {
    return undefined;
  }
}

/** What lets someone without the key check a value against the log. */
export interface Disclosure {
  readonly value: unknown;
  /** 32 bytes. */
  readonly salt: Buffer;
}

/** @throws SealBroken when anything of it is not as it was sealed, or the key is another */
export function disclose(key: SealingKey, sealed: Sealed): Disclosure {
  const plaintext = decrypt(key, sealed);
  if (!plaintext) throw new SealBroken(sealed.keyId, sealed.at);
  return {
    value: JSON.parse(plaintext.toString('utf8', SALT_BYTES)),
    salt: plaintext.subarray(0, SALT_BYTES),
  };
}

/** @throws SealBroken when anything of it is not as it was sealed, or the key is another */
export const open = (key: SealingKey, sealed: Sealed): unknown => disclose(key, sealed).value;

/**
 * The value, or ERASED once its key is destroyed.
 * @throws SealBroken, KeyMissing
 */
export async function openOrErased(vault: Pick<Vault, 'openingKey'>, sealed: Sealed): Promise<unknown> {
  const key = await vault.openingKey(sealed.keyId);
  return key ? open(key, sealed) : ERASED;
}
