import { isPostgresAddress } from '../../database/postgresAddress.js';
import type { KeyStorage, KeyStorageOptions } from './keyStorage.js';
import { openPostgresKeyStorage } from './postgres/keyStorage.js';
import { openSqliteKeyStorage } from './sqlite/keyStorage.js';

/** @param at `postgres://…`, or the path of a file */
export const openStorage = (at: string, options: KeyStorageOptions): Promise<KeyStorage> =>
  isPostgresAddress(at) ? openPostgresKeyStorage(at, options) : openSqliteKeyStorage(at, options);
