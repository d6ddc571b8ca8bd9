import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from 'node:crypto';

/** Of every key here: 256 bits. */
export const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * A key locked with the master key: nonce ‖ AES-256-GCM ‖ tag.
 * @param label what the key is for; a wrapped key put in another's place does not open
 */
export function wrap(masterKey: KeyObject, label: string, key: Buffer): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', masterKey, nonce).setAAD(Buffer.from(label));
  return Buffer.concat([nonce, cipher.update(key), cipher.final(), cipher.getAuthTag()]);
}

/** The key, or nothing when the master key or the label is another, or a byte was changed. */
export function unwrap(masterKey: KeyObject, label: string, wrapped: Buffer): Buffer | undefined {
  try {
    const nonce = wrapped.subarray(0, NONCE_BYTES);
    const decipher = createDecipheriv('aes-256-gcm', masterKey, nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(Buffer.from(label)).setAuthTag(wrapped.subarray(-TAG_BYTES));
    return Buffer.concat([decipher.update(wrapped.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
  } catch {
    return undefined;
  }
}
