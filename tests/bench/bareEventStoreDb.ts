import { type BinaryEventType, binaryEvent, EventStoreDBClient } from '@eventstore/db-client';
import pg from 'pg';
import type { Appends } from './bareAppends.js';
import type { Side } from './rounds.js';

export const bareClient = (port: number): EventStoreDBClient =>
  new EventStoreDBClient({ endpoint: { address: '127.0.0.1', port } }, { insecure: true });

/** What the client can do by itself: an append to the revision that is expected, so many workers side by side. */
export const bareClientAppends = (client: EventStoreDBClient): Side<Appends> => ({
  run: async work => {
    await Promise.all(
      work.map(async appends => {
        for (const { streamId, expectedRevision, events } of appends) {
          const { eventId: id, bytes: data } = events[0]!;
          await client.appendToStream(
            streamId,
            [binaryEvent<BinaryEventType>({ id, type: 'VisitNoteRecorded', data })],
            { expectedRevision: expectedRevision < 0 ? 'no_stream' : BigInt(expectedRevision) },
          );
        }
      }),
    );
  },
});

const ROWS_A_TRANSACTION = 500;
const COLUMNS = 3;

/**
 * Each event read by the client, parsed, and put into the one document of its stream: as many events a transaction as
 * Satchel takes, the rows of it in one statement, and no commit that waits for the disk. No view, no index, no fold.
 */
export async function bareProjection(client: EventStoreDBClient, address: string): Promise<void> {
  const target = new pg.Client({ connectionString: address });
  await target.connect();
  await target.query('SET synchronous_commit = off');
  await target.query('CREATE TABLE document (id text PRIMARY KEY, revision integer, body text)');
  let documents = new Map<string, readonly [string, number, string]>();
  let events = 0;
  const write = async () => {
    const rows = [...documents.values()];
    documents = new Map();
    const places = rows.map((_, row) => `($${row * COLUMNS + 1}, $${row * COLUMNS + 2}, $${row * COLUMNS + 3})`);
    await target.query(
      `INSERT INTO document VALUES ${places.join()}
       ON CONFLICT (id) DO UPDATE SET revision = excluded.revision, body = excluded.body`,
      rows.flat(),
    );
  };
  for await (const { event } of client.readAll()) {
    if (!event || event.type.startsWith('$')) continue;
    const parsed = JSON.parse(Buffer.from(event.data as Uint8Array).toString('utf8'));
    documents.set(parsed.streamId, [parsed.streamId, parsed.revision, JSON.stringify(parsed)]);
    if (++events % ROWS_A_TRANSACTION === 0) await write();
  }
  if (documents.size > 0) await write();
  await target.end();
}
