import { createHmac } from 'node:crypto';
import { normaliseResidentNumber } from '../../kernel/residentNumber.js';

/** Keyed hash of a resident number, base64url: finds the same number again and tells nothing without the key. */
export type BlindIndex = (number: string) => string;

/** @param key 32 bytes, for this alone */
export const blindIndex =
  (key: Buffer): BlindIndex =>
  number =>
    createHmac('sha256', key).update(normaliseResidentNumber(number)).digest('base64url');
