import { openDatabase, prepareStatement } from '../../src/database/libsql.js';
import { encodeEvent } from '../../src/eventstore/codec.js';
import { type Append, NO_STREAM } from '../../src/eventstore/port.js';
import type { EventEnvelope } from '../../src/kernel/envelope.js';
import { eventId, newUuid, streamId } from '../../src/kernel/ids.js';
import type { Side } from './rounds.js';

/** One after another, a worker at a time: what each of so many clients would send. */
export type Appends = readonly (readonly Append[])[];

const EVENTS_A_STREAM = 20;

/** What the driver can do by itself: a row for each client in one transaction, same columns and unique indexes, no check. */
export function bareAppends(file: string): Side<Appends> & { close(): void } {
  const db = openDatabase(file);
  db.exec(`CREATE TABLE events (
    position INTEGER PRIMARY KEY, event_id TEXT NOT NULL UNIQUE, stream_id TEXT NOT NULL, revision INTEGER NOT NULL,
    bytes BLOB NOT NULL, UNIQUE (stream_id, revision)) STRICT`);
  const begin = prepareStatement(db, 'BEGIN IMMEDIATE');
  const insert = prepareStatement(db, 'INSERT INTO events VALUES (?, ?, ?, ?, ?)');
  const commit = prepareStatement(db, 'COMMIT');
  let position = 0;
  return {
    run: async work => {
      for (let turn = 0; turn < work[0]!.length; turn++) {
        begin.run([]);
        for (const appends of work) {
          const { streamId, events } = appends[turn]!;
          const { eventId, revision, bytes } = events[0]!;
          insert.run([++position, eventId, streamId, revision, bytes]);
        }
        commit.run([]);
      }
    },
    close: () => db.close(),
  };
}

/** What happened, in each of the events: the envelope around it is 600 bytes. */
export type Happening = Pick<EventEnvelope, 'type' | 'data'>;

const PERSUASION: Happening = { type: 'PersuasionMade', data: { by: 'COMMON_RELATIVE' } };

/** Events with a receipt each, encoded beforehand. */
export function makeAppends(inFlight: number, appends: number, happening = PERSUASION): Appends {
  return Array.from({ length: inFlight }, () => {
    let stream = '';
    return Array.from({ length: appends / inFlight }, (_, index): Append => {
      const revision = index % EVENTS_A_STREAM;
      if (revision === 0) stream = streamId('dispute', newUuid());
      return makeAppend(stream, revision, happening);
    });
  });
}

function makeAppend(stream: string, revision: number, { type, data }: Happening): Append {
  const commandId = newUuid();
  const actorId = 'officer-0184a0b2-0000-7000-8000-000000000001';
  const event: EventEnvelope = {
    eventId: eventId(actorId, commandId, 0),
    type,
    schemaVersion: 1,
    streamId: stream,
    revision,
    occurredAt: '2022-10-18T02:00:00.000Z',
    recordedAt: '2022-10-18T02:00:01.000Z',
    clockSkewSuspect: false,
    actorId,
    actorRole: 'OFFICER',
    orgUnitId: 'orgunit-0184a0b2-0000-7000-8000-000000000002',
    commandId,
    correlationId: commandId,
    causationId: commandId,
    ruleSetId: 'CN-PM-2010',
    legalBasisCode: 'PML',
    subjectIds: [],
    attachments: [],
    data,
  };
  const inputHmac = 'Zm9sZCB0aGUgbWFwIGFuZCBjYXJyeSBpdCBiYWNrIQ0';
  return {
    streamId: stream,
    expectedRevision: revision === 0 ? NO_STREAM : revision - 1,
    events: [encodeEvent(event)],
    receipt: { commandId, actorId, inputHmac },
  };
}
