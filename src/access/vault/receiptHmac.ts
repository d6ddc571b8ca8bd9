import { createHmac } from 'node:crypto';
import { canonicalJson } from '../../kernel/canonicalJson.js';

/** Keyed hash of a command's input in canonical form, base64url: tells the same input from another without keeping it. */
export type ReceiptHmac = (input: unknown) => string;

/** @param key 32 bytes, for this alone */
export const receiptHmac =
  (key: Buffer): ReceiptHmac =>
  input =>
    createHmac('sha256', key).update(canonicalJson(input)).digest('base64url');
