import { chmodSync } from 'node:fs';
import {
  closeDatabase,
  type Database,
  DatabaseUnusable,
  findDamage,
  isDamage,
  openDatabase,
  prepareQuery,
} from '../../database/libsql.js';
import { VaultUnusable } from './errors.js';

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

/** Runs the work in one transaction that holds the write lock; any error undoes all of it. */
export function inTransaction<Result>(db: Database, work: () => Result): Result {
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    if (db.inTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

const pragma = (db: Database, name: string): number => prepareQuery<[number]>(db, `PRAGMA ${name}`).first([])![0];

const isEmpty = (db: Database): boolean =>
  prepareQuery(db, 'SELECT 1 FROM sqlite_schema LIMIT 1').first([]) === undefined;

function prepareSchema(db: Database, file: string): void {
  if (isEmpty(db)) inTransaction(db, () => isEmpty(db) && db.exec(SCHEMA));
  if (pragma(db, 'application_id') !== APPLICATION_ID)
    throw new VaultUnusable(file, 'is a database, but not a vault; give the path of the vault');
  const version = pragma(db, 'user_version');
  if (version !== SCHEMA_VERSION)
    throw new VaultUnusable(
      file,
      `is a vault of version ${version}, and this program knows version ${SCHEMA_VERSION}; use the program that wrote it`,
    );
}

const RESTORE = 'restore it from a backup';

/** What went wrong, as an error that names the file. */
export function asVaultError(error: unknown, file: string): unknown {
  if (error instanceof DatabaseUnusable) return new VaultUnusable(file, error.message.slice(file.length + 2));
  return isDamage(error) ? new VaultUnusable(file, `is damaged; ${RESTORE}`, { cause: error }) : error;
}

/**
 * Opens the vault's file for its owner alone, making it when it is not there. What is overwritten is gone from the file.
 * @throws VaultUnusable
 */
export function openVaultFile(file: string): Database {
  let db: Database | undefined;
  try {
    db = openDatabase(file);
    chmodSync(file, 0o600);
    const damage = findDamage(db);
    if (damage) throw new VaultUnusable(file, `is damaged (${damage}); ${RESTORE}`);
    prepareSchema(db, file);
    // A destroyed key must not live on in free pages
    prepareQuery(db, 'PRAGMA secure_delete = ON').all([]);
    return db;
  } catch (error) {
    if (db) closeDatabase(db);
    throw asVaultError(error, file);
  }
}
