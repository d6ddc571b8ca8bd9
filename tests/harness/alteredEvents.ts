import { closeDatabase, openDatabase, prepareQuery, prepareStatement } from '../../src/database/libsql.js';
import { canonicalJson } from '../../src/kernel/canonicalJson.js';
import type { EventEnvelope } from '../../src/kernel/envelope.js';

/** Changes what never changes, as someone could who has the file: takes the triggers away, and puts them back. */
export function alterEvents(
  file: string,
  work: (run: (sql: string, ...parameters: (string | number | Buffer)[]) => void) => void,
): void {
  const db = openDatabase(file);
  try {
    const triggers = prepareQuery<[string, string]>(
      db,
      "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'",
    ).all([]);
    for (const [name] of triggers) db.exec(`DROP TRIGGER ${name}`);
    work((sql, ...parameters) => void prepareStatement(db, sql).run(parameters));
    for (const [, sql] of triggers) db.exec(sql);
  } finally {
    closeDatabase(db);
  }
}

/** An event as it stands in the file. */
export function storedEvent(file: string, position: number): EventEnvelope {
  const db = openDatabase(file);
  try {
    const [bytes] = prepareQuery<[Buffer]>(db, 'SELECT bytes FROM events WHERE position = ?').first([position])!;
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } finally {
    closeDatabase(db);
  }
}

/** Puts other bytes in the place of an event's; its columns stay. */
export const alterBytes = (file: string, position: number, bytes: Buffer): void =>
  alterEvents(file, run => run('UPDATE events SET bytes = ? WHERE position = ?', bytes, position));

/** The same for its envelope, written as canonically as before. */
export const alterEnvelope = (file: string, position: number, change: (event: EventEnvelope) => object): void =>
  alterBytes(file, position, Buffer.from(canonicalJson(change(storedEvent(file, position)))));
