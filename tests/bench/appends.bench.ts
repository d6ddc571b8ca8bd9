import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase, prepareStatement } from '../../src/database/libsql.js';
import { encodeEvent } from '../../src/eventstore/codec.js';
import type { EventEnvelope } from '../../src/eventstore/envelope.js';
import { type Append, NO_STREAM } from '../../src/eventstore/port.js';
import { openSqliteEventStore } from '../../src/eventstore/sqlite/open.js';
import { eventId, newUuid, streamId } from '../../src/kernel/ids.js';
import { type BenchRow, median } from './benchRow.js';

const TARGETS = [
  { inFlight: 1, target: 0.8, appendsARound: 400 },
  { inFlight: 16, target: 0.65, appendsARound: 3_200 },
  { inFlight: 64, target: 0.6, appendsARound: 6_400 },
] as const;
const ROUNDS = 15;
const EVENTS_A_STREAM = 20;

/** One after another, a worker at a time: what each of so many clients would send. */
type Work = readonly (readonly Append[])[];

interface Side {
  run(work: Work): Promise<void>;
  close(): Promise<void>;
}

/**
 * Durable appends, one event of about 600 bytes and one receipt each, against a bare loop on the same driver
 * with as many rows a transaction: same columns and unique indexes, no receipt, no trigger, no check.
 * Both are given the same events, encoded beforehand, in turn; the figures are medians of the rounds.
 */
export async function benchAppends(): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const { inFlight, target, appendsARound } of TARGETS) {
    const directory = mkdtempSync(join(process.env.SATCHEL_BENCH_DIR ?? tmpdir(), 'satchel-appends-'));
    const sides = [storeSide(join(directory, 'events.db')), bareSide(join(directory, 'bare.db'))] as const;
    const rates: [number[], number[]] = [[], []];
    for (let round = 0; round < ROUNDS; round++) {
      const work = makeWork(inFlight, appendsARound);
      for (const side of round % 2 === 0 ? [0, 1] : [1, 0]) {
        const seconds = await secondsOf(() => sides[side]!.run(work));
        // The first round fills caches and compiles.
        if (round > 0) rates[side]!.push(appendsARound / seconds);
      }
    }
    for (const side of sides) await side.close();
    rmSync(directory, { recursive: true });
    const [ours, baseline] = [median(rates[0]), median(rates[1])];
    rows.push({
      name: `durable appends, ${inFlight} in flight`,
      ours,
      baseline,
      unit: 'events/s',
      ratio: ours / baseline,
      target,
    });
  }
  return rows;
}

function storeSide(file: string): Side {
  const store = openSqliteEventStore({ file, upcasters: new Map([['PersuasionMade', []]]) });
  return {
    run: async work => {
      await Promise.all(
        work.map(async appends => {
          for (const append of appends) await store.append(append);
        }),
      );
    },
    close: () => store.close(),
  };
}

function bareSide(file: string): Side {
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
    close: async () => {
      db.close();
    },
  };
}

function makeWork(inFlight: number, appends: number): Work {
  return Array.from({ length: inFlight }, () => {
    let stream = '';
    return Array.from({ length: appends / inFlight }, (_, index): Append => {
      const revision = index % EVENTS_A_STREAM;
      if (revision === 0) stream = streamId('dispute', newUuid());
      return makeAppend(stream, revision);
    });
  });
}

function makeAppend(stream: string, revision: number): Append {
  const commandId = newUuid();
  const actorId = 'officer-0184a0b2-0000-7000-8000-000000000001';
  const event: EventEnvelope = {
    eventId: eventId(actorId, commandId, 0),
    type: 'PersuasionMade',
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
    data: { by: 'COMMON_RELATIVE' },
  };
  const inputHmac = 'Zm9sZCB0aGUgbWFwIGFuZCBjYXJyeSBpdCBiYWNrIQ0';
  return {
    streamId: stream,
    expectedRevision: revision === 0 ? NO_STREAM : revision - 1,
    events: [encodeEvent(event)],
    receipt: { commandId, actorId, inputHmac },
  };
}

async function secondsOf(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1_000;
}
