import {
  closeDatabase,
  type Database,
  inTransaction,
  prepareQuery,
  prepareStatement,
} from '../../../database/libsql.js';
import type { KeyStorage, KeyStorageOptions } from '../keyStorage.js';
import { asVaultError, openVaultFile } from './vaultFile.js';

/** Runs at once, as the driver does; what goes wrong names the file. */
async function inFile<Result>(file: string, work: () => Result): Promise<Result> {
  try {
    return work();
  } catch (error) {
    throw asVaultError(error, file);
  }
}

function statementsOf(db: Database) {
  return {
    key: prepareQuery<[Buffer | null]>(db, 'SELECT wrapped FROM keys WHERE key_id = ?'),
    addKey: prepareStatement(
      db,
      'INSERT INTO keys (key_id, wrapped, created_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
    ),
    bury: prepareStatement(
      db,
      `INSERT INTO keys (key_id, created_at, destroyed_at) VALUES (?1, ?2, ?2) ON CONFLICT DO
       UPDATE SET wrapped = NULL, destroyed_at = excluded.destroyed_at WHERE destroyed_at IS NULL`,
    ),
    emptyLog: prepareQuery(db, 'PRAGMA wal_checkpoint(TRUNCATE)'),
    allKeys: prepareQuery<[string, Buffer | null, string, string | null]>(
      db,
      'SELECT key_id, wrapped, created_at, destroyed_at FROM keys ORDER BY key_id',
    ),
    putKey: prepareStatement(db, 'INSERT INTO keys (key_id, wrapped, created_at, destroyed_at) VALUES (?, ?, ?, ?)'),
    allSecrets: prepareQuery<[string, Buffer]>(db, 'SELECT name, wrapped FROM secrets'),
    secret: prepareQuery<[Buffer]>(db, 'SELECT wrapped FROM secrets WHERE name = ?'),
    addSecret: prepareStatement(db, 'INSERT INTO secrets (name, wrapped) VALUES (?, ?) ON CONFLICT DO NOTHING'),
    ping: prepareQuery(db, 'SELECT 1'),
  };
}

/**
 * Keys in one SQLite file, for its owner alone.
 * @throws VaultUnusable when the file is damaged, of a newer version, no vault, or not there and not to be made
 */
export async function openSqliteKeyStorage(file: string, options: KeyStorageOptions): Promise<KeyStorage> {
  const db = openVaultFile(file, options);
  const run = statementsOf(db);
  return {
    place: file,
    loadKeys: keyIds =>
      inFile(file, () => {
        const stored = new Map<string, Buffer | null>();
        for (const keyId of keyIds) {
          const row = run.key.first([keyId]);
          if (row) stored.set(keyId, row[0] && Buffer.from(row[0]));
        }
        return stored;
      }),
    addKeys: (wrapped, createdAt) =>
      inFile(file, () =>
        inTransaction(db, () => {
          for (const [keyId, key] of wrapped) run.addKey.run([keyId, key, createdAt.toISOString()]);
        }),
      ),
    buryKey: (keyId, destroyedAt) =>
      inFile(file, () => {
        inTransaction(db, () => run.bury.run([keyId, destroyedAt.toISOString()]));
        // The write-ahead log still holds the page as it was.
        run.emptyLog.all([]);
      }),
    loadSecret: name =>
      inFile(file, () => {
        const row = run.secret.first([name]);
        return row && Buffer.from(row[0]);
      }),
    addSecret: (name, wrapped) =>
      inFile(file, () => {
        inTransaction(db, () => run.addSecret.run([name, wrapped]));
      }),
    readAll: () =>
      inFile(file, () => ({
        keys: run.allKeys.all([]).map(([keyId, wrapped, createdAt, destroyedAt]) => ({
          keyId,
          wrapped: wrapped && Buffer.from(wrapped),
          createdAt,
          destroyedAt,
        })),
        secrets: new Map(run.allSecrets.all([]).map(([name, wrapped]) => [name, Buffer.from(wrapped)])),
      })),
    fill: ({ keys, secrets }) =>
      inFile(file, () =>
        inTransaction(db, () => {
          for (const { keyId, wrapped, createdAt, destroyedAt } of keys)
            run.putKey.run([keyId, wrapped, createdAt, destroyedAt]);
          for (const [name, wrapped] of secrets) run.addSecret.run([name, wrapped]);
        }),
      ),
    ping: () => inFile(file, () => void run.ping.first([])),
    close: async () => closeDatabase(db),
  };
}
