import { chmodSync, existsSync } from 'node:fs';
import { closeDatabase, prepareQuery, prepareStatement } from '../../database/libsql.js';
import { VaultUnusable } from './errors.js';
import { openVaultFile } from './sqlite/vaultFile.js';

/**
 * Copies the vault as it is at one moment, its keys as they are wrapped, while others use it; nothing of a destroyed
 * key comes along. How many keys there are.
 * @throws VaultUnusable
 */
export function copyVaultFile(file: string, to: string): number {
  if (!existsSync(file)) throw new VaultUnusable(file, 'is not there; without it nobody can read personal data');
  const db = openVaultFile(file, { make: false });
  try {
    prepareStatement(db, 'VACUUM INTO ?').run([to]);
    chmodSync(to, 0o600);
    return prepareQuery<[number]>(db, 'SELECT count(*) FROM keys WHERE wrapped IS NOT NULL').first([])![0];
  } finally {
    closeDatabase(db);
  }
}
