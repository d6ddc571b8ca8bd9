import { chmodSync, existsSync } from 'node:fs';
import { Kysely, SqliteDialect } from 'kysely';
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
} from '../../database/libsql.js';
import { statementCache } from '../../database/statementCache.js';
import { ControlNotThere, ControlUnusable, controlOfVersion, LET_GO } from './errors.js';
import { type ControlTables, type OpenControl, type OpenControlOptions, SCHEMA_VERSION, tablesIn } from './tables.js';

/** Marks the file as a control store of Satchel ("satc" in the header of the file). */
const APPLICATION_ID = 0x73617463;

const SCHEMA = `${tablesIn('', 'TEXT')} PRAGMA application_id = ${APPLICATION_ID};`;

function prepareSchema(db: Database, file: string, make: boolean): void {
  if (isEmpty(db) && !make) throw new ControlNotThere(file);
  if (isEmpty(db)) inTransaction(db, () => isEmpty(db) && db.exec(SCHEMA));
  if (pragma(db, 'application_id') !== APPLICATION_ID)
    throw new ControlUnusable(file, 'is a database, but not a control store; give the path of the control store');
  const version = prepareQuery<[number]>(db, 'SELECT version FROM about').first([])?.[0] ?? 0;
  if (version !== SCHEMA_VERSION) throw controlOfVersion(file, version, SCHEMA_VERSION);
}

function asControlError(error: unknown, file: string): unknown {
  const cause = error instanceof DatabaseUnusable ? (error.cause ?? error) : error;
  if (isDamage(cause)) return new ControlUnusable(file, `is damaged; ${LET_GO}`, { cause });
  if (error instanceof DatabaseUnusable) return new ControlUnusable(file, error.message.slice(file.length + 2));
  return error;
}

/** In one SQLite file, for its owner alone. @throws ControlUnusable */
export async function openSqliteControl(file: string, { make }: OpenControlOptions): Promise<OpenControl> {
  if (!make && !existsSync(file)) throw new ControlNotThere(file);
  let database: Database | undefined;
  try {
    database = openDatabase(file);
    chmodSync(file, 0o600);
    const damage = findDamage(database);
    if (damage) throw new ControlUnusable(file, `is damaged (${damage}); ${LET_GO}`);
    prepareSchema(database, file, make);
    const opened = database;
    const dialect = new SqliteDialect({
      database: { prepare: statementCache(opened), close: () => closeDatabase(opened) },
    });
    const db = new Kysely<ControlTables>({ dialect });
    const close = async () => {
      await db.destroy();
      // Kysely lets go of what it has used, and of nothing before the first query.
      if (opened.open) closeDatabase(opened);
    };
    return { place: file, db, close };
  } catch (error) {
    if (database) closeDatabase(database);
    throw asControlError(error, file);
  }
}
