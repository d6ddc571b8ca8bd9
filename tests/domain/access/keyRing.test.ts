import { createSecretKey, randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { KeyRing } from '../../../src/access/vault/keyRing.js';
import type { KeyStorage } from '../../../src/access/vault/keyStorage.js';

/** Stands in for a storage: a Map, and how many keys each call asked for. */
function standInStorage(): KeyStorage & { readonly loads: number[] } {
  const keys = new Map<string, Buffer | null>();
  const loads: number[] = [];
  return {
    place: 'memory',
    loads,
    async loadKeys(keyIds) {
      loads.push(keyIds.length);
      return new Map(keyIds.flatMap(keyId => (keys.has(keyId) ? [[keyId, keys.get(keyId)!] as const] : [])));
    },
    addKeys: async wrapped => wrapped.forEach((key, keyId) => void keys.set(keyId, key)),
    buryKey: async keyId => void keys.set(keyId, null),
    loadSecret: async () => undefined,
    addSecret: async () => {},
    readAll: async () => ({ keys: [], secrets: new Map() }),
    fill: async () => {},
    ping: async () => {},
    close: async () => {},
  };
}

it('keys that are asked for at the same moment are fetched together, and then no more', async () => {
  const storage = standInStorage();
  const ring = new KeyRing(storage, createSecretKey(randomBytes(32)), { keys: 1_000, ms: 60_000 });
  const ids = Array.from({ length: 300 }, (_, index) => `resident-${index}`);
  await ring.make(ids, new Date());
  for (let times = 0; times < 2; times++) {
    const found = await Promise.all([...ids, ...ids].map(id => ring.find(id)));
    expect(found.every(entry => entry !== undefined)).toBe(true);
    expect((await ring.findAll(ids)).size).toBe(300);
  }
  expect(storage.loads).toEqual([300]);
});
