import { createSecretKey, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { lensOf, sealerOf } from '../../../src/access/vault/sealFields.js';
import { standsInPlace } from '../../../src/access/vault/sealing.js';
import type { SealingKey, Vault } from '../../../src/access/vault/vault.js';
import { defineEvents } from '../../../src/kernel/events.js';
import { idOf, line, personal, prose } from '../../../src/kernel/fields.js';
import type { Sealed } from '../../../src/kernel/personal.js';

/** Stands in for a vault: keys in a Map, and a count of how often new ones were asked for. */
function fakeVault(): Vault & { batches: number } {
  const keys = new Map<string, SealingKey>();
  return {
    batches: 0,
    place: 'memory',
    async sealingKeys(ids) {
      const wanted = [...ids];
      this.batches++;
      for (const keyId of wanted)
        if (!keys.has(keyId)) keys.set(keyId, { keyId, secret: createSecretKey(randomBytes(32)) });
      return new Map(wanted.map(keyId => [keyId, keys.get(keyId)!]));
    },
    openingKey: async keyId => keys.get(keyId),
    destroyKey: async keyId => void keys.delete(keyId),
    secret: async () => Buffer.alloc(32, 7),
    ping: async () => {},
    close: async () => {},
  };
}

const { Reported } = defineEvents('dispute', {
  Reported: {
    version: 1,
    label: { zh: '登记', en: 'Reported' },
    data: z.object({
      title: line(),
      account: personal(prose(), 'TEXT'),
      note: personal(prose(), 'TEXT').optional(),
      parties: z.array(z.object({ residentId: idOf('resident'), name: personal(line(), 'NAME', 'residentId') })),
    }),
  },
});

const eventId = '0192aaaa-0000-7000-8000-000000000001';
const [liu, wang] = ['resident-0192aaaa-0000-7000-8000-00000000000a', 'resident-0192aaaa-0000-7000-8000-00000000000b'];
const data = {
  title: '地界纠纷',
  account: '双方各执一词',
  parties: [
    { residentId: liu, name: '刘样本' },
    { residentId: wang, name: '王样本' },
  ],
};

interface SealedData {
  readonly account: Sealed;
  readonly parties: readonly { readonly residentId: string; readonly name: Sealed }[];
}

describe('sealing an event', () => {
  it('seals each personal field under the key of whom it is about, and leaves the rest', async () => {
    const vault = fakeVault();
    const sealed = (await (await sealerOf(vault)).seal(Reported, eventId, 'dispute-1', data)) as SealedData;
    expect(sealed).toMatchObject({ title: '地界纠纷', parties: [{ residentId: liu }, { residentId: wang }] });
    expect([sealed.account.keyId, ...sealed.parties.map(party => party.name.keyId)]).toEqual(['dispute-1', liu, wang]);
    expect(JSON.stringify(sealed)).not.toMatch(/样本|各执一词/);
    expect(sealed).not.toHaveProperty('note');
    expect(standsInPlace(sealed.parties[1]!.name, { eventId, path: 'parties/1/name' })).toBe(true);
    const lens = await lensOf(vault);
    expect(await lens.open(sealed.account)).toBe('双方各执一词');
    expect(await Promise.all(sealed.parties.map(party => lens.open(party.name)))).toEqual(['刘样本', '王样本']);
  });

  it('asks for all its keys at once', async () => {
    const vault = fakeVault();
    await (await sealerOf(vault)).seal(Reported, eventId, 'dispute-1', data);
    expect(vault.batches).toBe(1);
  });

  it('leaves sealed what is sealed', async () => {
    const sealer = await sealerOf(fakeVault());
    const once = await sealer.seal(Reported, eventId, 'dispute-1', data);
    expect(await sealer.seal(Reported, eventId, 'dispute-1', once)).toEqual(once);
  });
});
