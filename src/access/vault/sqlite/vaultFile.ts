import { chmodSync, existsSync } from 'node:fs';
import {
  closeDatabase,
  type Database,
  DatabaseUnusable,
  findDamage,
  inTransaction,
  isDamage,
  isEmpty,
  openDatabase,
  pragma,
  prepareQuery,
} from '../../../database/libsql.js';
import { VaultNotThere, VaultUnusable, vaultOfVersion } from '../errors.js';
import type { KeyStorageOptions } from '../keyStorage.js';

/** Marks the file as a vault of Satchel ("satv" in the header of the file). */
const APPLICATION_ID = 0x73617476;
const SCHEMA_VERSION = 1;

const SCHEMA = `
CREATE TABLE keys (
  key_id TEXT PRIMARY KEY,
  wrapped BLOB,
  created_at TEXT NOT NULL,
  destroyed_at TEXT,
  CHECK ((wrapped IS NULL) = (destroyed_at IS NOT NULL))
) STRICT;
CREATE TABLE secrets (name TEXT PRIMARY KEY, wrapped BLOB NOT NULL) STRICT;
PRAGMA application_id = ${APPLICATION_ID};
PRAGMA user_version = ${SCHEMA_VERSION};`;

function prepareSchema(db: Database, file: string, make: boolean): void {
  if (isEmpty(db) && !make) throw new VaultNotThere(file);
  if (isEmpty(db)) inTransaction(db, () => isEmpty(db) && db.exec(SCHEMA));
  if (pragma(db, 'application_id') !== APPLICATION_ID)
    throw new VaultUnusable(file, 'is a database, but not a vault; give the path of the vault');
  const version = pragma(db, 'user_version');
  if (version !== SCHEMA_VERSION) throw vaultOfVersion(file, version, SCHEMA_VERSION);
}

const RESTORE = 'restore it from a backup';

/** What went wrong, as an error that names the file. */
export function asVaultError(error: unknown, file: string): unknown {
  if (error instanceof DatabaseUnusable) return new VaultUnusable(file, error.message.slice(file.length + 2));
  return isDamage(error) ? new VaultUnusable(file, `is damaged; ${RESTORE}`, { cause: error }) : error;
}

/**
 * Opens the vault's file for its owner alone. What is overwritten is gone from the file.
 * @throws VaultUnusable
 */
export function openVaultFile(file: string, { make }: KeyStorageOptions): Database {
  if (!make && !existsSync(file)) throw new VaultNotThere(file);
  let db: Database | undefined;
  try {
    db = openDatabase(file);
    chmodSync(file, 0o600);
    const damage = findDamage(db);
    if (damage) throw new VaultUnusable(file, `is damaged (${damage}); ${RESTORE}`);
    prepareSchema(db, file, make);
    // A destroyed key must not live on in free pages.
    prepareQuery(db, 'PRAGMA secure_delete = ON').all([]);
    return db;
  } catch (error) {
    if (db) closeDatabase(db);
    throw asVaultError(error, file);
  }
}
