import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { VaultUnusable } from '../../src/access/vault/errors.js';
import { openVault } from '../../src/access/vault/openVault.js';
import type { Vault } from '../../src/access/vault/vault.js';
import { closeDatabase, openDatabase, prepareQuery } from '../../src/database/libsql.js';
import { itIsAVault, type StoredKey } from './vaultContract.js';

let directory: string;
let places = 0;
const newFile = () => join(directory, `${places++}`, 'vault.db');

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'vault-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

function onDatabase<Result>(file: string, work: (db: ReturnType<typeof openDatabase>) => Result): Result {
  const db = openDatabase(file);
  try {
    return work(db);
  } finally {
    closeDatabase(db);
  }
}

const rows = <Row extends readonly unknown[]>(file: string, sql: string): Row[] =>
  onDatabase(file, db => prepareQuery<Row>(db, sql).all([]));

const KEYS = 'SELECT key_id, wrapped, created_at, destroyed_at FROM keys ORDER BY key_id';

describe('in a SQLite file', () => {
  itIsAVault({
    newPlace: async () => newFile(),
    keysIn: async file =>
      rows<[string, Buffer | null, string, string | null]>(file, KEYS).map(
        ([keyId, wrapped, createdAt, destroyedAt]): StoredKey => ({ keyId, wrapped, createdAt, destroyedAt }),
      ),
    change: async (file, sql) => onDatabase(file, db => void db.exec(sql)),
    makeNewer: async file => onDatabase(file, db => void db.exec('PRAGMA user_version = 9')),
    shown: file => file,
  });
});

describe('the file of a vault', () => {
  const masterKey = randomBytes(32);
  let file: string;
  let vaults: Vault[];

  beforeEach(() => {
    file = newFile();
    vaults = [];
  });
  afterEach(async () => {
    for (const vault of vaults) await vault.close();
  });

  const vaultAt = async (): Promise<Vault> => {
    const vault = await openVault({ at: file, masterKey });
    vaults.push(vault);
    return vault;
  };
  const residents = (count: number) => Array.from({ length: count }, (_, index) => `resident-${index}`);
  const refusal = () =>
    vaultAt().then(
      () => undefined,
      (error: Error) => error,
    );

  /** Everything that is on disk of the vault, its log included. */
  const onDisk = () =>
    Buffer.concat(
      ['', '-wal', '-shm'].filter(suffix => existsSync(file + suffix)).map(suffix => readFileSync(file + suffix)),
    );

  it('never holds a key in the clear, nor the master key', async () => {
    const vault = await vaultAt();
    const keys = await vault.sealingKeys(residents(50));
    const own = [await vault.secret('blind-index'), await vault.secret('token-signing')];
    const secrets = [...[...keys.values()].map(key => key.secret.export()), ...own, masterKey];
    const whileOpen = onDisk();
    await vault.close();
    for (const disk of [whileOpen, onDisk()])
      for (const secret of secrets) {
        expect(disk.includes(secret)).toBe(false);
        expect(disk.includes(secret.toString('hex'))).toBe(false);
        expect(disk.includes(secret.toString('base64').slice(0, 40))).toBe(false);
      }
  });

  it('is for its owner alone, its log too, even if the file was not', async () => {
    const vault = await vaultAt();
    await vault.sealingKeys(['resident-1']);
    for (const suffix of ['', '-wal', '-shm']) expect(statSync(file + suffix).mode & 0o777).toBe(0o600);
    await vault.close();
    chmodSync(file, 0o644);
    await vaultAt();
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('holds not even a piece of the wrapped form of a destroyed key', async () => {
    const vault = await vaultAt();
    await vault.sealingKeys(residents(200));
    await vault.close();
    const [[wrapped]] = rows<[Buffer]>(file, "SELECT wrapped FROM keys WHERE key_id = 'resident-77'") as [[Buffer]];
    const bytes = Buffer.from(wrapped);
    expect(onDisk().includes(bytes)).toBe(true);
    const again = await vaultAt();
    await again.destroyKey('resident-77');
    const left = onDisk();
    for (let at = 0; at + 8 <= bytes.length; at++) expect(left.includes(bytes.subarray(at, at + 8))).toBe(false);
  });

  it('is no database', async () => {
    await (await vaultAt()).close();
    writeFileSync(file, randomBytes(8192));
    const error = await refusal();
    expect(error).toBeInstanceOf(VaultUnusable);
    expect(error).toMatchObject({ code: 'VAULT_UNUSABLE', place: file });
    expect(error?.message.split(file)).toHaveLength(2);
  });

  it('is damaged in the middle', async () => {
    const vault = await vaultAt();
    await vault.sealingKeys(residents(500));
    await vault.close();
    const bytes = readFileSync(file);
    bytes.fill(0xee, 4096, 4096 * 3);
    writeFileSync(file, bytes);
    const error = await refusal();
    expect(error).toBeInstanceOf(VaultUnusable);
    expect(error?.message).toContain(file);
  });

  it('is a database of something else', async () => {
    onDatabase(file, db => db.exec('CREATE TABLE other (id TEXT)'));
    const error = await refusal();
    expect(error).toBeInstanceOf(VaultUnusable);
    expect(error?.message).toMatch(/not a vault/);
    expect(rows(file, 'SELECT name FROM sqlite_schema')).toEqual([['other']]);
  });
});
