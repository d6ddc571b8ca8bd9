import { isPostgres } from '../differences.js';
import type { ReadModel } from '../readModel.js';
import { postgresTextIndexes } from './onPostgres.js';
import { sqliteTextIndexes } from './onSqlite.js';
import type { TextIndexes } from './port.js';

export const textIndexesOn = (db: ReadModel): TextIndexes => (isPostgres(db) ? postgresTextIndexes : sqliteTextIndexes);
