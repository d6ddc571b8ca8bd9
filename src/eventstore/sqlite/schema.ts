import { type Database, inTransaction, isEmpty, pragma, prepareQuery } from '../../database/libsql.js';
import { StoreCorrupt } from '../errors.js';

/** Marks the file as an event store of Satchel ("satl" in the header of the file). */
const APPLICATION_ID = 0x7361746c;
const SCHEMA_VERSION = 1;

/**
 * A receipt stands on the row of its command's last event, so that neither can be there without the other.
 *
 * The triggers hold against any program that opens the file, and against INSERT OR REPLACE, which fires no
 * DELETE trigger. ROLLBACK instead of ABORT: it spares SQLite a savepoint for each row (a tenth of the time).
 */
const OBJECTS: Readonly<Record<string, string>> = {
  events: `CREATE TABLE events (
  position INTEGER PRIMARY KEY,
  event_id TEXT NOT NULL UNIQUE,
  stream_id TEXT NOT NULL,
  revision INTEGER NOT NULL,
  command_id TEXT,
  actor_id TEXT,
  input_hmac TEXT,
  first_revision INTEGER,
  bytes BLOB NOT NULL,
  UNIQUE (stream_id, revision)
) STRICT`,
  events_by_command: 'CREATE UNIQUE INDEX events_by_command ON events (command_id) WHERE command_id IS NOT NULL',
  events_only_follow: `CREATE TRIGGER events_only_follow BEFORE INSERT ON events BEGIN
  SELECT raise(ROLLBACK, 'an event follows the last one, of the store and of its stream')
  WHERE new.position IS NOT (SELECT coalesce(max(position), 0) + 1 FROM events)
    OR new.revision IS NOT (SELECT coalesce(max(revision), -1) + 1 FROM events WHERE stream_id = new.stream_id);
  SELECT raise(ROLLBACK, 'the event or the receipt exists')
  WHERE EXISTS (SELECT 1 FROM events WHERE event_id = new.event_id)
    OR EXISTS (SELECT 1 FROM events WHERE command_id = new.command_id);
END`,
  events_never_change: `CREATE TRIGGER events_never_change BEFORE UPDATE ON events BEGIN
  SELECT raise(ROLLBACK, 'an event never changes');
END`,
  events_never_go: `CREATE TRIGGER events_never_go BEFORE DELETE ON events BEGIN
  SELECT raise(ROLLBACK, 'an event is never taken away');
END`,
};

/**
 * Makes the tables in an empty file; in any other, checks that they are as they were made.
 * @throws StoreCorrupt when the file holds something else, or a newer or altered store
 */
export function prepareSchema(db: Database, file: string, readOnly: boolean): void {
  if (!readOnly && isEmpty(db)) createSchema(db);
  if (pragma(db, 'application_id') !== APPLICATION_ID) {
    throw new StoreCorrupt(`${file}: is a database, but not an event store; give the path of the event store`);
  }
  const version = pragma(db, 'user_version');
  if (version !== SCHEMA_VERSION) {
    throw new StoreCorrupt(
      `${file}: is an event store of version ${version}, and this program knows version ${SCHEMA_VERSION}; use the program that wrote it`,
    );
  }
  const found = new Map(prepareQuery<[string, string]>(db, 'SELECT name, sql FROM sqlite_schema').all([]));
  for (const [name, sql] of Object.entries(OBJECTS)) {
    if (found.get(name) === sql) continue;
    throw new StoreCorrupt(`${file}: ${name} is missing or was altered by another program; restore it from a backup`);
  }
}

const createSchema = (db: Database): void =>
  inTransaction(db, () => {
    // Another process may have been first.
    if (!isEmpty(db)) return;
    for (const sql of Object.values(OBJECTS)) db.exec(sql);
    db.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${SCHEMA_VERSION}`);
  });
