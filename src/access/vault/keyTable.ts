import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { type Database, prepareQuery, prepareStatement } from '../../database/libsql.js';
import type { Clock } from '../../kernel/clock.js';
import { VaultUnusable } from './errors.js';
import type { SealingKey } from './vault.js';
import { inTransaction } from './vaultFile.js';
import { KEY_BYTES, unwrap, wrap } from './wrap.js';

/** What stands where a key was. */
export const DESTROYED = Symbol('destroyed');
export type KeyEntry = SealingKey | typeof DESTROYED;

export interface KeyTable {
  /** @throws VaultUnusable when what is there does not open */
  load(keyId: string): KeyEntry | undefined;
  /** Makes those that are not there, in one transaction. */
  make(keyIds: readonly string[]): void;
  destroy(keyId: string): void;
}

const labelOf = (keyId: string): string => `key:${keyId}`;

/** The keys of subjects and cases in a vault's file. */
export function keyTable(db: Database, file: string, masterKey: KeyObject, clock: Clock): KeyTable {
  const select = prepareQuery<[Buffer | null]>(db, 'SELECT wrapped FROM keys WHERE key_id = ?');
  const insert = prepareStatement(
    db,
    'INSERT INTO keys (key_id, wrapped, created_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const bury = prepareStatement(
    db,
    `INSERT INTO keys (key_id, created_at, destroyed_at) VALUES (?1, ?2, ?2) ON CONFLICT DO
     UPDATE SET wrapped = NULL, destroyed_at = excluded.destroyed_at WHERE destroyed_at IS NULL`,
  );
  const emptyLog = prepareQuery(db, 'PRAGMA wal_checkpoint(TRUNCATE)');
  const now = () => clock.now().toISOString();
  return {
    load(keyId) {
      const row = select.first([keyId]);
      if (!row) return undefined;
      if (row[0] === null) return DESTROYED;
      const key = unwrap(masterKey, labelOf(keyId), Buffer.from(row[0]));
      if (!key) throw new VaultUnusable(file, `the key of ${keyId} is damaged; restore the vault from a backup`);
      return { keyId, secret: createSecretKey(key) };
    },
    make(keyIds) {
      inTransaction(db, () => {
        for (const keyId of keyIds) insert.run([keyId, wrap(masterKey, labelOf(keyId), randomBytes(KEY_BYTES)), now()]);
      });
    },
    destroy(keyId) {
      inTransaction(db, () => bury.run([keyId, now()]));
      // The write-ahead log still holds the page as it was
      emptyLog.all([]);
    },
  };
}
