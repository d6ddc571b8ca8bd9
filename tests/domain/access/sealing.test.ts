import { createHash, createSecretKey, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SealBroken } from '../../../src/access/vault/errors.js';
import { commitmentOf, disclose, open, seal, standsInPlace } from '../../../src/access/vault/sealing.js';
import type { SealingKey } from '../../../src/access/vault/vault.js';
import { canonicalJson } from '../../../src/kernel/canonicalJson.js';
import { isSealed, type Sealed } from '../../../src/kernel/personal.js';

const keyOf = (keyId: string): SealingKey => ({ keyId, secret: createSecretKey(randomBytes(32)) });
const key = keyOf('resident-1');
const place = { eventId: '0192aaaa-0000-7000-8000-000000000001', path: 'parties/0/name' };

const anyValue = fc.jsonValue({ stringUnit: 'grapheme' }).map(value => JSON.parse(canonicalJson(value)) as unknown);

const broken = (sealed: Sealed, by: SealingKey = key) => {
  try {
    open(by, sealed);
    return false;
  } catch (error) {
    if (error instanceof SealBroken) return true;
    throw error;
  }
};

/** Another letter of base64url in this place. */
const alter = (text: string, index: number, shift: number) => {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const letter = letters[(letters.indexOf(text.charAt(index)) + shift) % letters.length];
  return text.slice(0, index) + letter + text.slice(index + 1);
};

describe('a sealed value', () => {
  it('opens to what was sealed', () => {
    fc.assert(
      fc.property(anyValue, value => {
        const sealed = seal(key, place, value);
        expect(isSealed(sealed)).toBe(true);
        expect(open(key, sealed)).toEqual(value);
        expect(open(key, JSON.parse(JSON.stringify(sealed)))).toEqual(value);
      }),
    );
  });

  it('shows nothing of itself, and is never twice the same', () => {
    const [one, other] = [seal(key, place, '刘样本'), seal(key, place, '刘样本')];
    expect(JSON.stringify(one)).not.toContain('刘');
    for (const field of ['nonce', 'ciphertext', 'commitment'] as const) expect(one[field]).not.toBe(other[field]);
    expect(Object.keys(one).sort()).toEqual(['at', 'ciphertext', 'commitment', 'keyId', 'nonce']);
  });

  it('draws another nonce for each of many', () => {
    const nonces = Array.from({ length: 5000 }, () => seal(key, place, 1).nonce);
    expect(new Set(nonces).size).toBe(5000);
    expect(Buffer.from(nonces[0]!, 'base64url')).toHaveLength(12);
  });

  it('does not open when any letter of it is another', () => {
    const sealed = seal(key, place, '双方因地界争吵');
    for (const field of ['nonce', 'ciphertext', 'commitment'] as const)
      for (let index = 0; index < sealed[field].length; index++)
        for (const shift of [1, 2, 17, 63])
          expect(broken({ ...sealed, [field]: alter(sealed[field], index, shift) }), `${field} ${index}`).toBe(true);
    expect(broken(sealed)).toBe(false);
  });

  it('does not open when cut short, lengthened or emptied', () => {
    const sealed = seal(key, place, '双方因地界争吵');
    for (const ciphertext of ['', 'AAAA', sealed.ciphertext.slice(0, -4), `${sealed.ciphertext}AAAA`])
      expect(broken({ ...sealed, ciphertext })).toBe(true);
    expect(broken({ ...sealed, nonce: '' })).toBe(true);
  });

  it('does not open for another field, event or key', () => {
    const sealed = seal(key, place, '刘样本');
    expect(broken({ ...sealed, at: `${place.eventId}/parties/1/name` })).toBe(true);
    expect(broken({ ...sealed, at: `0192aaaa-0000-7000-8000-000000000002/${place.path}` })).toBe(true);
    expect(broken({ ...sealed, at: place.eventId })).toBe(true);
    expect(broken({ ...sealed, keyId: 'resident-2' })).toBe(true);
    expect(broken(sealed, keyOf('resident-1'))).toBe(true);
    expect(broken({ ...sealed, keyId: 'resident-2' }, { ...key, keyId: 'resident-2' })).toBe(true);
  });

  it('says where it stands, so that one in the place of another is found', () => {
    const sealed = seal(key, place, '刘样本');
    expect(standsInPlace(sealed, place)).toBe(true);
    expect(standsInPlace(sealed, { ...place, path: 'parties/1/name' })).toBe(false);
    expect(open(key, sealed)).toBe('刘样本');
  });

  it('that does not open names key and place, not what is in it', () => {
    const sealed = seal(key, place, '刘样本');
    const error = (() => {
      try {
        open(keyOf('resident-1'), sealed);
      } catch (caught) {
        return caught as SealBroken;
      }
      return undefined;
    })();
    expect(error).toMatchObject({ code: 'SEAL_BROKEN', keyId: 'resident-1', at: sealed.at });
    expect(error?.cause).toBeUndefined();
  });

  it('has no form for what JSON cannot say', () => {
    expect(() => seal(key, place, undefined)).toThrow(TypeError);
  });

  it('hides the key when printed', async () => {
    const { inspect } = await import('node:util');
    const bytes = key.secret.export();
    expect(inspect(key, { depth: 9 })).not.toContain(bytes.toString('hex').slice(0, 8));
    expect(JSON.stringify(key)).not.toContain(bytes.toString('base64').slice(0, 8));
  });
});

describe('the commitment', () => {
  it('lets whoever is shown value and salt check them without the key', () => {
    fc.assert(
      fc.property(anyValue, value => {
        const sealed = seal(key, place, value);
        const { salt, value: shown } = disclose(key, sealed);
        expect(salt).toHaveLength(32);
        expect(commitmentOf(salt, shown)).toBe(sealed.commitment);
        const bytes = Buffer.concat([salt, Buffer.from(canonicalJson(value))]);
        expect(createHash('sha256').update(bytes).digest('base64url')).toBe(sealed.commitment);
      }),
    );
  });

  it('does not hold for another value or another salt', () => {
    const sealed = seal(key, place, '刘样本');
    const { salt, value } = disclose(key, sealed);
    expect(commitmentOf(salt, '王样本')).not.toBe(sealed.commitment);
    expect(commitmentOf(randomBytes(32), value)).not.toBe(sealed.commitment);
  });
});
