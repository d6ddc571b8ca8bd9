import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  closeDatabase,
  type Database,
  openDatabase,
  prepareQuery,
  prepareStatement,
} from '../../src/database/libsql.js';
import type { EventStore } from '../../src/eventstore/port.js';
import { openSqliteEventStore } from '../../src/eventstore/sqlite/open.js';
import { newUuid } from '../../src/kernel/ids.js';
import { newStream, sampleAppend, sampleUpcasters } from './sampleAppend.js';

/** Two streams of two events, each with a receipt, and another program that has the same file open. */
describe('another program that opens the file of the event store', () => {
  const columns = 'position, event_id, stream_id, revision, command_id, actor_id, input_hmac, first_revision, bytes';
  let directory: string;
  let store: EventStore;
  let db: Database;
  let before: unknown[];
  const rows = (): unknown[] => prepareQuery(db, `SELECT ${columns} FROM events ORDER BY position`).all([]);

  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'satchel-immutable-'));
    const file = join(directory, 'events.db');
    store = openSqliteEventStore({ file, upcasters: sampleUpcasters });
    for (const stream of [newStream(), newStream()]) await store.append(sampleAppend({ stream, count: 2 }));
    db = openDatabase(file);
    before = rows();
  });
  afterEach(async () => {
    closeDatabase(db);
    await store.close();
    rmSync(directory, { recursive: true });
  });

  const refused = (sql: string): void => {
    expect(() => db.exec(sql), sql).toThrow(expect.objectContaining({ code: 'SQLITE_CONSTRAINT_TRIGGER' }));
    expect(rows()).toEqual(before);
  };

  it.each([
    "UPDATE events SET bytes = x'7b7d' WHERE position = 1",
    'UPDATE events SET position = 9 WHERE position = 4',
    "UPDATE events SET command_id = 'other' WHERE position = 2",
    'UPDATE events SET command_id = NULL, input_hmac = NULL',
    "UPDATE OR IGNORE events SET actor_id = 'someone'",
    "UPDATE OR REPLACE events SET event_id = 'other' WHERE position = 3",
  ])('cannot change an event or a receipt: %s', refused);

  it.each(['DELETE FROM events WHERE position = 4', 'DELETE FROM events'])('cannot take one away: %s', refused);

  const values = (position: string, eventId: string, stream: string, revision: string, commandId = 'NULL'): string =>
    `(${position}, ${eventId}, ${stream}, ${revision}, ${commandId}, NULL, NULL, NULL, x'7b7d')`;
  const ofRow = (column: string, position: number): string =>
    `(SELECT ${column} FROM events WHERE position = ${position})`;

  describe.each(['INSERT', 'INSERT OR REPLACE', 'INSERT OR IGNORE', 'INSERT OR FAIL', 'REPLACE'])('by %s', verb => {
    it.each([
      ['an event at its position', values('1', "'new'", "'visit-1'", '0')],
      ['an event by its id', values('5', ofRow('event_id', 1), "'visit-1'", '0')],
      ['an event by stream and revision', values('5', "'new'", ofRow('stream_id', 1), '0')],
      ['the last event of a stream', values('5', "'new'", ofRow('stream_id', 4), '1')],
      ['a receipt by its command', values('5', "'new'", "'visit-1'", '0', ofRow('command_id', 2))],
    ])('cannot replace %s', (_, row) => refused(`${verb} INTO events VALUES ${row}`));

    it.each([
      ['in the order of all', values('7', "'new'", "'visit-1'", '0')],
      ['before the first', values('0', "'new'", "'visit-1'", '0')],
      ['at the beginning of a stream', values('5', "'new'", "'visit-1'", '1')],
      ['within a stream', values('5', "'new'", ofRow('stream_id', 4), '3')],
    ])('cannot leave a gap %s', (_, row) => refused(`${verb} INTO events VALUES ${row}`));
  });

  it('cannot change one on the way of an insert', () => {
    refused(
      `INSERT INTO events VALUES ${values('4', "'new'", "'visit-1'", '0')}
       ON CONFLICT (position) DO UPDATE SET bytes = excluded.bytes`,
    );
    refused(
      `INSERT INTO events VALUES ${values('5', ofRow('event_id', 2), "'visit-1'", '0')}
       ON CONFLICT (event_id) DO UPDATE SET input_hmac = 'other'`,
    );
  });

  it('can add one, as the store can', () => {
    const insert = prepareStatement(db, `INSERT INTO events VALUES ${values('5', `'${newUuid()}'`, "'visit-1'", '0')}`);
    insert.run([]);
    expect(rows()).toHaveLength(5);
  });
});
