import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { parseMasterKey } from '../../src/access/vault/masterKey.js';

it.each(['hex', 'base64', 'base64url'] as const)('a master key is read in %s', encoding => {
  const key = randomBytes(32);
  expect(parseMasterKey(` ${key.toString(encoding)}\n`)).toEqual(key);
});

it.each(['', 'secret', randomBytes(31).toString('hex'), randomBytes(33).toString('base64'), `${'A'.repeat(42)}!=`])(
  'no master key: %s',
  text => expect(parseMasterKey(text)).toBeUndefined(),
);
