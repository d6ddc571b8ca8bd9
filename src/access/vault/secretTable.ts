import { type KeyObject, randomBytes } from 'node:crypto';
import { type Database, prepareQuery, prepareStatement } from '../../database/libsql.js';
import { inTransaction } from './vaultFile.js';
import { KEY_BYTES, unwrap, wrap } from './wrap.js';

/** Named secrets of a vault's file, each made on first use; nothing when one does not open with the master key. */
export function secretTable(db: Database, masterKey: KeyObject): (name: string) => Buffer | undefined {
  const select = prepareQuery<[Buffer]>(db, 'SELECT wrapped FROM secrets WHERE name = ?');
  const insert = prepareStatement(db, 'INSERT INTO secrets (name, wrapped) VALUES (?, ?) ON CONFLICT DO NOTHING');
  const labelOf = (name: string) => `secret:${name}`;
  const stored = (name: string) => select.first([name])?.[0];
  const made = (name: string): Buffer => {
    inTransaction(db, () => insert.run([name, wrap(masterKey, labelOf(name), randomBytes(KEY_BYTES))]));
    // Another process may have been first: what is in the file holds
    return stored(name)!;
  };
  return name => unwrap(masterKey, labelOf(name), Buffer.from(stored(name) ?? made(name)));
}
