import { LRUCache } from 'lru-cache';
import type { Database } from './libsql.js';

/** A statement in the shape that Kysely runs. */
export interface PreparedStatement {
  readonly reader: boolean;
  all(parameters: readonly unknown[]): unknown[];
  run(parameters: readonly unknown[]): { changes: number | bigint; lastInsertRowid: number | bigint };
  iterate(parameters: readonly unknown[]): IterableIterator<unknown>;
}

const KEPT = 500;
/** A full disk ends a transaction by itself, and a rollback that fails would hide why. */
const NOTHING_TO_ROLL_BACK: PreparedStatement = {
  reader: false,
  all: () => [],
  run: () => ({ changes: 0, lastInsertRowid: 0 }),
  iterate: () => [][Symbol.iterator](),
};

const CHANGES_TABLES = /^\s*(create|alter|drop)\b/i;

/** Prepares each statement once for as long as the tables stay as they are: to prepare costs more than most of them to run. */
export function statementCache(database: Database): (sql: string) => PreparedStatement {
  const kept = new LRUCache<string, PreparedStatement>({ max: KEPT });
  const prepare = (sql: string): PreparedStatement => {
    const statement = database.prepare(sql);
    return {
      reader: statement.reader,
      all: parameters => statement.all(parameters),
      run: parameters => statement.run(parameters),
      iterate: parameters => statement.iterate(parameters),
    };
  };
  return sql => {
    if (sql === 'rollback' && !database.inTransaction) return NOTHING_TO_ROLL_BACK;
    if (CHANGES_TABLES.test(sql)) {
      kept.clear();
      return prepare(sql);
    }
    const known = kept.get(sql);
    if (known) return known;
    const statement = prepare(sql);
    kept.set(sql, statement);
    return statement;
  };
}
