import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { copyVault, isVaultThere } from '../../src/access/vault/copyVault.js';
import {
  KeyDestroyed,
  KeyMissing,
  VaultNotThere,
  VaultUnusable,
  WrongMasterKey,
} from '../../src/access/vault/errors.js';
import { openVault, type VaultOptions } from '../../src/access/vault/openVault.js';
import { open, openOrErased, seal } from '../../src/access/vault/sealing.js';
import type { SealingKey, Vault } from '../../src/access/vault/vault.js';
import { SimulatedClock } from '../../src/kernel/clock.js';
import { ERASED } from '../../src/kernel/masking.js';

/** A row of the vault's keys, as whoever looks into the database finds it. */
export interface StoredKey {
  readonly keyId: string;
  readonly wrapped: Buffer | null;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly destroyedAt: string | null;
}

/** Where the contract is tried. */
export interface VaultPlaces {
  /** Where no vault is yet. */
  newPlace(): Promise<string>;
  /** By key id. */
  keysIn(place: string): Promise<readonly StoredKey[]>;
  /** Changes what is stored, behind the vault's back, in SQL that both databases know; tables are `keys`, `secrets`. */
  change(place: string, sql: string): Promise<void>;
  /** Makes it one of a version that this program does not know: 9. */
  makeNewer(place: string): Promise<void>;
  /** What an error says of the place. */
  shown(place: string): string;
}

const masterKey = randomBytes(32);
const where = { eventId: '0192aaaa-0000-7000-8000-000000000001', path: 'name' };
const NOW = '2022-10-18T01:30:00.000Z';
const clock = new SimulatedClock(new Date(NOW));

const keyOf = async (vault: Vault, keyId: string): Promise<SealingKey> =>
  (await vault.sealingKeys([keyId])).get(keyId) as SealingKey;
const bytesOf = (key: SealingKey | undefined): Buffer => key?.secret.export() as Buffer;
const made = async (vault: Vault, keyId: string): Promise<Buffer> => bytesOf(await keyOf(vault, keyId));
const opened = async (vault: Vault, keyId: string): Promise<Buffer> => bytesOf(await vault.openingKey(keyId));
const residents = (count: number) => Array.from({ length: count }, (_, index) => `resident-${index}`);

/** What every vault keeps to, wherever it keeps its keys. */
export function itIsAVault(places: VaultPlaces): void {
  let at: string;
  let open_: Vault[];

  beforeEach(async () => {
    at = await places.newPlace();
    open_ = [];
  });
  afterEach(async () => {
    for (const vault of open_) await vault.close();
  });

  async function vaultAt(options: Partial<VaultOptions> = {}): Promise<Vault> {
    const vault = await openVault({ at, masterKey, clock, ...options });
    open_.push(vault);
    return vault;
  }

  describe('the vault', () => {
    it('gives the same key again, after closing too', async () => {
      const first = await vaultAt();
      const key = await made(first, 'resident-1');
      expect(key).toHaveLength(32);
      expect(await made(first, 'resident-1')).toEqual(key);
      expect(await opened(first, 'resident-1')).toEqual(key);
      expect(await made(first, 'resident-2')).not.toEqual(key);
      await first.close();
      expect(await opened(await vaultAt(), 'resident-1')).toEqual(key);
    });

    it('makes several keys at once, each once', async () => {
      const vault = await vaultAt();
      const keys = await vault.sealingKeys(['resident-1', 'dispute-1', 'resident-1']);
      expect([...keys.keys()]).toEqual(['resident-1', 'dispute-1']);
      expect([...keys.values()].map(key => key.keyId)).toEqual(['resident-1', 'dispute-1']);
      expect(await places.keysIn(at)).toMatchObject([
        { keyId: 'dispute-1', createdAt: NOW, destroyedAt: null },
        { keyId: 'resident-1', createdAt: NOW, destroyedAt: null },
      ]);
    });

    it('has a key stored before it is used: another that opens the vault finds it', async () => {
      const key = await made(await vaultAt(), 'resident-1');
      expect(await opened(await vaultAt(), 'resident-1')).toEqual(key);
    });

    it('agrees with others that make the same keys at the same moment, in whatever order', async () => {
      const vaults = await Promise.all([vaultAt(), vaultAt(), vaultAt()]);
      const reader = await vaultAt();
      for (let round = 0; round < 10; round++) {
        const ids = residents(20).map(id => `${id}-${round}`);
        const orders = [ids, [...ids].reverse(), [...ids.slice(7), ...ids.slice(0, 7)]];
        const all = await Promise.all(
          vaults.flatMap((vault, index) => [vault.sealingKeys(orders[index]!), vault.sealingKeys(orders[2 - index]!)]),
        );
        for (const id of ids) {
          const keys = new Set(all.map(keys => bytesOf(keys.get(id)).toString('hex')));
          expect(keys.size).toBe(1);
          expect((await opened(reader, id)).toString('hex')).toBe([...keys][0]);
        }
      }
    });

    it('is made once when several begin at the same moment', async () => {
      const vaults = await Promise.all(Array.from({ length: 4 }, () => vaultAt()));
      const secrets = await Promise.all(vaults.map(vault => vault.secret('blind-index')));
      expect(new Set(secrets.map(secret => secret.toString('hex'))).size).toBe(1);
    });

    it('with few keys in memory, or for a short time, gives the same as with many', async () => {
      const vault = await vaultAt({ keysInMemory: 2 });
      const ids = residents(20);
      const keys = await Promise.all(ids.map(id => made(vault, id)));
      expect(await Promise.all(ids.map(id => opened(vault, id)))).toEqual(keys);
      expect(new Set(keys.map(String)).size).toBe(20);
      expect(bytesOf((await vault.sealingKeys(ids)).get('resident-7'))).toEqual(keys[7]);
      expect(await opened(await vaultAt({ keyMemoryMs: 1 }), 'resident-3')).toEqual(keys[3]);
    });

    it('stores no key in the clear, nor under another than the master key', async () => {
      const vault = await vaultAt();
      const keys = [...(await vault.sealingKeys(residents(50))).values()].map(bytesOf);
      const stored = Buffer.concat((await places.keysIn(at)).map(({ wrapped }) => wrapped as Buffer));
      expect(stored.length).toBeGreaterThan(50 * 32);
      for (const secret of [...keys, masterKey]) expect(stored.includes(secret)).toBe(false);
    });

    it('keeps secrets of its own, each made once and for one purpose', async () => {
      const vault = await vaultAt();
      const names = ['blind-index', 'command-receipts', 'token-signing'] as const;
      const secrets = await Promise.all(names.map(name => vault.secret(name)));
      expect(new Set(secrets.map(secret => secret.toString('hex'))).size).toBe(3);
      for (const secret of secrets) expect(secret).toHaveLength(32);
      await vault.close();
      const again = await vaultAt();
      expect(await Promise.all(names.map(name => again.secret(name)))).toEqual(secrets);
    });

    it('knows no key that was never made', async () => {
      const vault = await vaultAt();
      await expect(vault.openingKey('resident-9')).rejects.toMatchObject({ code: 'KEY_MISSING' });
      await expect(vault.openingKey('resident-9')).rejects.toBeInstanceOf(KeyMissing);
    });

    it('once closed gives nothing', async () => {
      const vault = await vaultAt();
      await keyOf(vault, 'resident-1');
      await vault.ping();
      await vault.close();
      await vault.close();
      for (const use of [() => keyOf(vault, 'resident-1'), () => vault.openingKey('resident-1'), () => vault.ping()])
        await expect(use()).rejects.toBeInstanceOf(VaultUnusable);
    });
  });

  describe('a destroyed key', () => {
    it('takes what was sealed under it, and only that', async () => {
      const vault = await vaultAt();
      const mine = seal(await keyOf(vault, 'resident-1'), where, '刘样本');
      const other = seal(await keyOf(vault, 'resident-2'), where, '刘样本');
      expect(await openOrErased(vault, mine)).toBe('刘样本');
      await vault.destroyKey('resident-1');
      expect(await openOrErased(vault, mine)).toBe(ERASED);
      expect(await openOrErased(vault, other)).toBe('刘样本');
      await vault.close();
      expect(await openOrErased(await vaultAt(), mine)).toBe(ERASED);
    });

    it('is never made again, whether or not it had been made', async () => {
      const vault = await vaultAt();
      await keyOf(vault, 'resident-1');
      for (const keyId of ['resident-1', 'resident-2', 'resident-1']) await vault.destroyKey(keyId);
      await vault.close();
      const again = await vaultAt();
      for (const keyId of ['resident-1', 'resident-2']) {
        await expect(keyOf(again, keyId)).rejects.toBeInstanceOf(KeyDestroyed);
        expect(await again.openingKey(keyId)).toBeUndefined();
      }
    });

    it('is out of the memory of another process soon, too', async () => {
      const [one, other] = [await vaultAt(), await vaultAt({ keyMemoryMs: 20 })];
      const sealed = seal(await keyOf(one, 'resident-1'), where, '刘样本');
      expect(await openOrErased(other, sealed)).toBe('刘样本');
      await one.destroyKey('resident-1');
      await expect.poll(() => openOrErased(other, sealed), { timeout: 5_000 }).toBe(ERASED);
      await expect(keyOf(other, 'resident-1')).rejects.toBeInstanceOf(KeyDestroyed);
    });

    it('does not come back into memory by a look at it that was under way', async () => {
      const vault = await vaultAt();
      await (await vaultAt()).sealingKeys(residents(30));
      const looks = residents(30).map(id => vault.openingKey(id));
      await Promise.all(residents(30).map(id => vault.destroyKey(id)));
      await Promise.all(looks);
      expect(await Promise.all(residents(30).map(id => vault.openingKey(id)))).toEqual(Array(30).fill(undefined));
    });

    it('keeps the day of its destruction when destroyed again, and nothing of its wrapped form', async () => {
      const later = new SimulatedClock(clock.now());
      const vault = await vaultAt({ clock: later });
      await keyOf(vault, 'resident-1');
      await vault.destroyKey('resident-1');
      later.set(new Date('2023-01-01T00:00:00.000Z'));
      await vault.destroyKey('resident-1');
      expect(await places.keysIn(at)).toEqual([
        { keyId: 'resident-1', wrapped: null, createdAt: NOW, destroyedAt: NOW },
      ]);
    });

    it('refuses with it the other keys of the same request, and makes none', async () => {
      const vault = await vaultAt();
      await vault.destroyKey('resident-1');
      await expect(vault.sealingKeys(['resident-1', 'resident-2'])).rejects.toBeInstanceOf(KeyDestroyed);
      await expect(vault.openingKey('resident-2')).rejects.toBeInstanceOf(KeyMissing);
    });
  });

  describe('a copy', () => {
    it('has the same keys, tombstones and secrets, here and elsewhere', async () => {
      const vault = await vaultAt();
      const keys = await Promise.all(residents(30).map(id => made(vault, id)));
      const secret = await vault.secret('blind-index');
      await vault.destroyKey('resident-7');
      const elsewhere = join(mkdtempSync(join(tmpdir(), 'vault-copy-')), 'vault.db');
      const here = await places.newPlace();
      expect(await isVaultThere(here)).toBe(false);
      expect(await copyVault(at, elsewhere)).toBe(29);
      expect(await copyVault(elsewhere, here)).toBe(29);
      expect(await isVaultThere(here)).toBe(true);
      expect(await places.keysIn(here)).toEqual(await places.keysIn(at));
      const copy = await vaultAt({ at: here, make: false });
      expect(await copy.secret('blind-index')).toEqual(secret);
      expect(await copy.openingKey('resident-7')).toBeUndefined();
      expect(await opened(copy, 'resident-8')).toEqual(keys[8]);
      rmSync(dirname(elsewhere), { recursive: true });
    });

    it('is made of a vault that is there, onto one that holds nothing, or not at all', async () => {
      const empty = await places.newPlace();
      await expect(copyVault(at, empty)).rejects.toBeInstanceOf(VaultNotThere);
      expect(await isVaultThere(empty)).toBe(false);
      await made(await vaultAt(), 'resident-1');
      await made(await vaultAt({ at: empty }), 'resident-1');
      const before = await places.keysIn(empty);
      await expect(copyVault(at, empty)).rejects.toThrow();
      expect(await places.keysIn(empty)).toEqual(before);
    });
  });

  describe('a vault that cannot be opened', () => {
    const refusal = async (options: Partial<VaultOptions> = {}): Promise<Error> =>
      vaultAt(options).then(
        () => {
          throw new Error('It was opened');
        },
        (error: Error) => error,
      );
    const make = async (): Promise<Buffer> => {
      const vault = await vaultAt();
      const key = await made(vault, 'resident-1');
      await vault.close();
      return key;
    };

    it('with another master key says so, names the place and not the key, and stays as it was', async () => {
      const key = await make();
      const other = randomBytes(32);
      const error = await refusal({ masterKey: other });
      expect(error).toBeInstanceOf(WrongMasterKey);
      expect(error).toMatchObject({ code: 'WRONG_MASTER_KEY', place: places.shown(at) });
      expect(error.message).toContain(places.shown(at));
      for (const secret of [other, masterKey])
        for (const encoding of ['hex', 'base64'] as const)
          expect(error.message).not.toContain(secret.toString(encoding));
      expect(await opened(await vaultAt(), 'resident-1')).toEqual(key);
    });

    it('is not there, and is not made', async () => {
      for (let times = 0; times < 2; times++) {
        const error = await refusal({ make: false });
        expect(error).toBeInstanceOf(VaultNotThere);
        expect(error.message).toMatch(/SATCHEL_VAULT/);
        expect(error.message).toContain(places.shown(at));
      }
      const key = await make();
      expect(await opened(await vaultAt({ make: false }), 'resident-1')).toEqual(key);
    });

    it('is of a newer version, and stays as it was', async () => {
      await make();
      const before = await places.keysIn(at);
      await places.makeNewer(at);
      const error = await refusal();
      expect(error).toMatchObject({ code: 'VAULT_UNUSABLE', place: places.shown(at) });
      expect(error.message).toMatch(/version 9/);
      expect(await places.keysIn(at)).toEqual(before);
    });

    it('has a wrapped key with a byte changed, or put in the place of another', async () => {
      const vault = await vaultAt();
      await vault.sealingKeys(['resident-1', 'resident-2', 'resident-3']);
      await vault.close();
      const ofTwo = "(SELECT wrapped FROM keys WHERE key_id = 'resident-2')";
      const ofSecret = "(SELECT wrapped FROM secrets WHERE name = 'master-key-check')";
      await places.change(at, `UPDATE keys SET wrapped = ${ofTwo} WHERE key_id = 'resident-1'`);
      await places.change(at, `UPDATE keys SET wrapped = ${ofSecret} WHERE key_id = 'resident-3'`);
      const again = await vaultAt();
      for (const keyId of ['resident-1', 'resident-3'])
        await expect(again.openingKey(keyId)).rejects.toMatchObject({
          code: 'VAULT_UNUSABLE',
          place: places.shown(at),
        });
      expect(await again.openingKey('resident-2')).toBeDefined();
    });
  });

  describe('a sealed value in another vault', () => {
    it('does not open', async () => {
      const sealed = seal(await keyOf(await vaultAt(), 'resident-1'), where, '刘样本');
      const other = await vaultAt({ at: await places.newPlace() });
      await expect(openOrErased(other, sealed)).rejects.toBeInstanceOf(KeyMissing);
      const key = await keyOf(other, 'resident-1');
      expect(() => open(key, sealed)).toThrow(expect.objectContaining({ code: 'SEAL_BROKEN' }));
    });
  });
}
