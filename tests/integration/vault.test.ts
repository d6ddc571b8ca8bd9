import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { KeyDestroyed, KeyMissing, VaultUnusable, WrongMasterKey } from '../../src/access/vault/errors.js';
import { open, openOrErased, seal } from '../../src/access/vault/sealing.js';
import { openVault, type VaultOptions } from '../../src/access/vault/sqliteVault.js';
import type { SealingKey, Vault } from '../../src/access/vault/vault.js';
import { closeDatabase, openDatabase, prepareQuery } from '../../src/database/libsql.js';
import { SimulatedClock } from '../../src/kernel/clock.js';
import { ERASED } from '../../src/kernel/masking.js';

const masterKey = randomBytes(32);
const place = { eventId: '0192aaaa-0000-7000-8000-000000000001', path: 'name' };
const clock = new SimulatedClock(new Date('2022-10-18T01:30:00.000Z'));

let directory: string;
let file: string;
let opened: Vault[];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'vault-'));
  file = join(directory, 'vault.db');
  opened = [];
});

afterEach(() => {
  for (const vault of opened) vault.close();
  rmSync(directory, { recursive: true });
});

function vaultAt(options: Partial<VaultOptions> = {}): Vault {
  const vault = openVault({ file, masterKey, clock, ...options });
  opened.push(vault);
  return vault;
}

const keyOf = (vault: Vault, keyId: string): SealingKey => vault.sealingKeys([keyId]).get(keyId)!;
const bytesOf = (key: SealingKey | undefined) => key!.secret.export();

/** Everything that is on disk of the vault, its log included. */
const onDisk = () =>
  Buffer.concat(
    ['', '-wal', '-shm'].filter(suffix => existsSync(file + suffix)).map(suffix => readFileSync(file + suffix)),
  );

function rows<Row extends readonly unknown[]>(sql: string): Row[] {
  const db = openDatabase(file);
  const found = prepareQuery<Row>(db, sql).all([]);
  closeDatabase(db);
  return found;
}

const errorOf = (work: () => unknown): Error => {
  try {
    work();
  } catch (error) {
    return error as Error;
  }
  throw new Error('It did not fail');
};

describe('the vault', () => {
  it('gives the same key again, after closing too', () => {
    const first = vaultAt();
    const made = bytesOf(keyOf(first, 'resident-1'));
    expect(made).toHaveLength(32);
    expect(bytesOf(keyOf(first, 'resident-1'))).toEqual(made);
    expect(bytesOf(first.openingKey('resident-1'))).toEqual(made);
    expect(bytesOf(keyOf(first, 'resident-2'))).not.toEqual(made);
    first.close();
    expect(bytesOf(vaultAt().openingKey('resident-1'))).toEqual(made);
  });

  it('makes several keys at once, each once', () => {
    const vault = vaultAt();
    const keys = vault.sealingKeys(['resident-1', 'dispute-1', 'resident-1']);
    expect([...keys.keys()]).toEqual(['resident-1', 'dispute-1']);
    expect([...keys.values()].map(key => key.keyId)).toEqual(['resident-1', 'dispute-1']);
    vault.close();
    expect(rows('SELECT key_id, created_at, destroyed_at FROM keys ORDER BY key_id')).toEqual([
      ['dispute-1', '2022-10-18T01:30:00.000Z', null],
      ['resident-1', '2022-10-18T01:30:00.000Z', null],
    ]);
  });

  it('has a key on disk before it is used: another that opens the file finds it', () => {
    const made = bytesOf(keyOf(vaultAt(), 'resident-1'));
    expect(bytesOf(vaultAt().openingKey('resident-1'))).toEqual(made);
  });

  it('agrees with another that made the same key', () => {
    const [one, other] = [vaultAt(), vaultAt()];
    const made = bytesOf(keyOf(one, 'resident-1'));
    expect(bytesOf(keyOf(other, 'resident-1'))).toEqual(made);
  });

  it('with few keys in memory gives the same as with many', () => {
    const vault = vaultAt({ keysInMemory: 2 });
    const ids = Array.from({ length: 20 }, (_, index) => `resident-${index}`);
    const made = ids.map(id => bytesOf(keyOf(vault, id)));
    expect(ids.map(id => bytesOf(vault.openingKey(id)))).toEqual(made);
    expect(new Set(made.map(String)).size).toBe(20);
    expect(bytesOf(vault.sealingKeys(ids).get('resident-7'))).toEqual(made[7]);
  });

  it('never holds a key in the clear, nor the master key', () => {
    const vault = vaultAt();
    const keys = vault.sealingKeys(Array.from({ length: 50 }, (_, index) => `resident-${index}`));
    const own = [vault.secret('blind-index'), vault.secret('token-signing')];
    const secrets = [...[...keys.values()].map(bytesOf), ...own, masterKey];
    const whileOpen = onDisk();
    vault.close();
    for (const disk of [whileOpen, onDisk()])
      for (const secret of secrets) {
        expect(disk.includes(secret)).toBe(false);
        expect(disk.includes(secret.toString('hex'))).toBe(false);
        expect(disk.includes(secret.toString('base64').slice(0, 40))).toBe(false);
      }
  });

  it('keeps secrets of its own, each made once and for one purpose', () => {
    const vault = vaultAt();
    const names = ['blind-index', 'command-receipts', 'token-signing'] as const;
    const made = names.map(name => vault.secret(name));
    expect(new Set(made.map(secret => secret.toString('hex'))).size).toBe(3);
    for (const secret of made) expect(secret).toHaveLength(32);
    vault.close();
    const again = vaultAt();
    expect(names.map(name => again.secret(name))).toEqual(made);
  });

  it('is for its owner alone, its log too, even if the file was not', () => {
    const vault = vaultAt();
    keyOf(vault, 'resident-1');
    for (const suffix of ['', '-wal', '-shm']) expect(statSync(file + suffix).mode & 0o777).toBe(0o600);
    vault.close();
    chmodSync(file, 0o644);
    vaultAt();
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('knows no key that was never made', () => {
    expect(errorOf(() => vaultAt().openingKey('resident-9'))).toMatchObject({ code: 'KEY_MISSING' });
    expect(errorOf(() => vaultAt().openingKey('resident-9'))).toBeInstanceOf(KeyMissing);
  });

  it('once closed gives nothing', () => {
    const vault = vaultAt();
    keyOf(vault, 'resident-1');
    vault.close();
    vault.close();
    for (const use of [() => keyOf(vault, 'resident-1'), () => vault.openingKey('resident-1')])
      expect(errorOf(use)).toBeInstanceOf(VaultUnusable);
  });
});

describe('a destroyed key', () => {
  it('takes what was sealed under it, and only that', () => {
    const vault = vaultAt();
    const [mine, other] = ['resident-1', 'resident-2'].map(keyId => seal(keyOf(vault, keyId), place, '刘样本'));
    expect(openOrErased(vault, mine!)).toBe('刘样本');
    vault.destroyKey('resident-1');
    expect(openOrErased(vault, mine!)).toBe(ERASED);
    expect(openOrErased(vault, other!)).toBe('刘样本');
    vault.close();
    expect(openOrErased(vaultAt(), mine!)).toBe(ERASED);
  });

  it('is never made again, whether or not it had been made', () => {
    const vault = vaultAt();
    keyOf(vault, 'resident-1');
    vault.destroyKey('resident-1');
    vault.destroyKey('resident-2');
    vault.destroyKey('resident-1');
    vault.close();
    const again = vaultAt();
    for (const keyId of ['resident-1', 'resident-2']) {
      expect(errorOf(() => keyOf(again, keyId))).toBeInstanceOf(KeyDestroyed);
      expect(again.openingKey(keyId)).toBeUndefined();
    }
  });

  it('keeps the day of its destruction when destroyed again', () => {
    const later = new SimulatedClock(clock.now());
    const vault = vaultAt({ clock: later });
    vault.destroyKey('resident-1');
    later.set(new Date('2023-01-01T00:00:00.000Z'));
    vault.destroyKey('resident-1');
    vault.close();
    expect(rows('SELECT wrapped, destroyed_at FROM keys')).toEqual([[null, '2022-10-18T01:30:00.000Z']]);
  });

  it('leaves not even a piece of its wrapped form on disk', () => {
    const vault = vaultAt();
    vault.sealingKeys(Array.from({ length: 200 }, (_, index) => `resident-${index}`));
    vault.close();
    const [[wrapped]] = rows<[Buffer]>("SELECT wrapped FROM keys WHERE key_id = 'resident-77'") as [[Buffer]];
    const bytes = Buffer.from(wrapped);
    expect(onDisk().includes(bytes)).toBe(true);
    const again = vaultAt();
    again.destroyKey('resident-77');
    const left = onDisk();
    for (let at = 0; at + 8 <= bytes.length; at++) expect(left.includes(bytes.subarray(at, at + 8))).toBe(false);
  });

  it('refuses with it the other keys of the same request, and makes none', () => {
    const vault = vaultAt();
    vault.destroyKey('resident-1');
    expect(errorOf(() => vault.sealingKeys(['resident-1', 'resident-2']))).toBeInstanceOf(KeyDestroyed);
    expect(errorOf(() => vault.openingKey('resident-2'))).toBeInstanceOf(KeyMissing);
  });
});

describe('a vault that cannot be opened', () => {
  const make = (): SealingKey => {
    const vault = vaultAt();
    const key = keyOf(vault, 'resident-1');
    vault.close();
    return key;
  };

  it('with another master key says so, names the file and not the key, and stays as it was', () => {
    const key = make();
    const other = randomBytes(32);
    const error = errorOf(() => vaultAt({ masterKey: other }));
    expect(error).toBeInstanceOf(WrongMasterKey);
    expect(error).toMatchObject({ code: 'WRONG_MASTER_KEY', file });
    expect(error.message).toContain(file);
    for (const secret of [other, masterKey])
      for (const encoding of ['hex', 'base64'] as const) expect(error.message).not.toContain(secret.toString(encoding));
    expect(bytesOf(vaultAt().openingKey('resident-1'))).toEqual(bytesOf(key));
  });

  it('is no database', () => {
    writeFileSync(file, randomBytes(8192));
    const error = errorOf(() => vaultAt());
    expect(error).toBeInstanceOf(VaultUnusable);
    expect(error).toMatchObject({ code: 'VAULT_UNUSABLE', file });
    expect(error.message.split(file)).toHaveLength(2);
  });

  it('is damaged in the middle', () => {
    const vault = vaultAt();
    vault.sealingKeys(Array.from({ length: 500 }, (_, index) => `resident-${index}`));
    vault.close();
    const bytes = readFileSync(file);
    bytes.fill(0xee, 4096, 4096 * 3);
    writeFileSync(file, bytes);
    const error = errorOf(() => vaultAt());
    expect(error).toBeInstanceOf(VaultUnusable);
    expect(error.message).toContain(file);
  });

  it('has a wrapped key with a byte changed, or put in the place of another', () => {
    const vault = vaultAt();
    vault.sealingKeys(['resident-1', 'resident-2', 'resident-3']);
    vault.close();
    const db = openDatabase(file);
    db.exec(
      "UPDATE keys SET wrapped = (SELECT wrapped FROM keys WHERE key_id = 'resident-2') WHERE key_id = 'resident-1'",
    );
    db.exec("UPDATE keys SET wrapped = zeroblob(60) WHERE key_id = 'resident-3'");
    closeDatabase(db);
    const again = vaultAt();
    for (const keyId of ['resident-1', 'resident-3'])
      expect(errorOf(() => again.openingKey(keyId))).toMatchObject({ code: 'VAULT_UNUSABLE', file });
    expect(again.openingKey('resident-2')).toBeDefined();
  });

  it('is a database of something else', () => {
    const db = openDatabase(file);
    db.exec('CREATE TABLE other (id TEXT)');
    closeDatabase(db);
    const error = errorOf(() => vaultAt());
    expect(error).toBeInstanceOf(VaultUnusable);
    expect(error.message).toMatch(/not a vault/);
    expect(rows('SELECT name FROM sqlite_schema')).toEqual([['other']]);
  });

  it('is of a newer version', () => {
    make();
    const db = openDatabase(file);
    db.exec('PRAGMA user_version = 9');
    closeDatabase(db);
    expect(errorOf(() => vaultAt()).message).toMatch(/version 9/);
  });
});

describe('a sealed value in another vault', () => {
  it('does not open', () => {
    const sealed = seal(keyOf(vaultAt(), 'resident-1'), place, '刘样本');
    const other = vaultAt({ file: join(directory, 'other.db') });
    expect(errorOf(() => openOrErased(other, sealed))).toBeInstanceOf(KeyMissing);
    expect(errorOf(() => open(keyOf(other, 'resident-1'), sealed))).toMatchObject({ code: 'SEAL_BROKEN' });
  });
});
