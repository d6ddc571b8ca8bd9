import { createHash } from 'node:crypto';
import { canonicalJson } from '../kernel/canonicalJson.js';

/**
 * SHA-256 (hex) of what is signed, over its canonical JSON (RFC 8785). The id of the case stands in it: equal words in
 * two cases have different digests. It is sealed wherever it is kept: whoever guesses the words could compute it.
 */
export const digestOf = (document: Readonly<Record<string, unknown>>): string =>
  createHash('sha256').update(canonicalJson(document)).digest('hex');
