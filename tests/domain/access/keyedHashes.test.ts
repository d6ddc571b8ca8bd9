import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { blindIndex } from '../../../src/access/vault/blindIndex.js';
import { receiptHmac } from '../../../src/access/vault/receiptHmac.js';

describe('the blind index', () => {
  const key = randomBytes(32);
  const index = blindIndex(key);

  it('finds a number again however it was typed', () => {
    expect(index('６２１２９９１９５２０２２９００７ｘ')).toBe(index('62129919520229007X'));
    expect(index(' 62129919520229007x')).toBe(blindIndex(Buffer.from(key))('62129919520229007X'));
  });

  it('differs for another number and under another key, and does not show the number', () => {
    expect(index('621299194803050018')).not.toBe(index('621299198507120024'));
    expect(blindIndex(randomBytes(32))('621299194803050018')).not.toBe(index('621299194803050018'));
    expect(index('621299194803050018')).toMatch(/^[\w-]{43}$/);
  });
});

describe('the hash of a command', () => {
  const hash = receiptHmac(randomBytes(32));

  it('is the same for the same input in any order of fields, and another for another', () => {
    expect(hash(['giveHukouCover', { quantity: 1, id: 'a' }])).toBe(hash(['giveHukouCover', { id: 'a', quantity: 1 }]));
    expect(hash(['giveHukouCover', { quantity: 1 }])).not.toBe(hash(['giveHukouCover', { quantity: 2 }]));
    expect(hash(['giveHukouCover', { quantity: 1 }])).not.toBe(hash(['giveContactCard', { quantity: 1 }]));
  });

  it('counts a field that is undefined as left out', () => {
    expect(hash({ a: 1, b: undefined })).toBe(hash({ a: 1 }));
  });
});
