import { writeSync } from 'node:fs';
import { NO_STREAM } from '../../src/eventstore/port.js';
import { openSqliteEventStore } from '../../src/eventstore/sqlite/open.js';
import type { EventEnvelope } from '../../src/kernel/envelope.js';
import { appendOf, newStream, sampleEvents, sampleUpcasters } from '../contract/sampleAppend.js';

/**
 * A process of its own: writers side by side append commands of one to four events, and each tells its command on
 * standard output once it is acknowledged. `argv`: file, writers, commands a writer (0: until it is killed).
 */
const [file = '', writers = '8', commands = '0'] = process.argv.slice(2);
const store = openSqliteEventStore({ file, upcasters: sampleUpcasters });

/** What the parent reads, a line each; the write is synchronous, so that a line is never lost to the kill. */
const tell = (events: readonly EventEnvelope[], position: string): void => {
  const { commandId, streamId } = events[0]!;
  writeSync(1, `${JSON.stringify({ commandId, streamId, events: events.map(({ eventId }) => eventId), position })}\n`);
};

async function write(count: number): Promise<void> {
  let [stream, expectedRevision] = [newStream(), NO_STREAM];
  for (let index = 0; index < count; index++) {
    const events = sampleEvents({ stream, expectedRevision, count: 1 + (index % 4) });
    const { position, lastRevision } = await store.append(appendOf(events));
    tell(events, position);
    [stream, expectedRevision] = index % 10 === 9 ? [newStream(), NO_STREAM] : [stream, lastRevision];
  }
}

const count = Number(commands) || Number.POSITIVE_INFINITY;
await Promise.all(Array.from({ length: Number(writers) }, () => write(count)));
await store.close();
