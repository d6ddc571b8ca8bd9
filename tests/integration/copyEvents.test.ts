import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { copyEvents } from '../../src/eventstore/copy/copyEvents.js';
import { CopyRefused } from '../../src/eventstore/errors.js';
import { LARGEST_EVENT_BYTES, openEventStoreDb } from '../../src/eventstore/eventstoredb/open.js';
import { type Append, type EventStore, NO_STREAM } from '../../src/eventstore/port.js';
import { openSqliteEventStore } from '../../src/eventstore/sqlite/open.js';
import { newUuid } from '../../src/kernel/ids.js';
import { START } from '../../src/kernel/position.js';
import { collectBatches } from '../contract/collect.js';
import { appendOf, newStream, sampleAppend, sampleEvents, sampleUpcasters } from '../contract/sampleAppend.js';
import { type EventStoreDbStandIn, startEventStoreDbStandIn } from '../harness/eventStoreDbStandIn/standIn.js';

const STREAMS = 12;
const COMMANDS = 60;

/** Commands of one to four events on streams that take turns; each fifth leaves no receipt. */
function county(): Append[] {
  const streams = Array.from({ length: STREAMS }, () => ({ id: newStream(), revision: NO_STREAM }));
  return Array.from({ length: COMMANDS }, (_, index) => {
    const stream = streams[(index * 7) % STREAMS]!;
    const count = 1 + (index % 4);
    const { receipt, ...append } = sampleAppend({
      stream: stream.id,
      expectedRevision: stream.revision,
      count,
      data: { 说明: `第${index}次走访 🤝` },
    });
    stream.revision += count;
    return index % 5 === 4 ? append : { ...append, receipt: receipt! };
  });
}

const rawOf = async (store: EventStore) =>
  (await collectBatches(store.readAllRaw())).map(({ position, type, bytes, ...event }) => ({
    ...event,
    bytes: bytes.toString('hex'),
  }));

let directory: string;
let standIn: EventStoreDbStandIn;
let opened: EventStore[];

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'satchel-copy-'));
  standIn = await startEventStoreDbStandIn();
  opened = [];
});
afterEach(async () => {
  for (const store of opened) await store.close();
  await standIn.stop();
  rmSync(directory, { recursive: true, force: true });
});

const keep = (store: EventStore): EventStore => {
  opened.push(store);
  return store;
};
const sqlite = async (name: string) =>
  keep(openSqliteEventStore({ file: join(directory, `${name}.db`), upcasters: sampleUpcasters }));
const eventStoreDb = async () =>
  keep(
    await openEventStoreDb({
      connectionString: `esdb://127.0.0.1:${standIn.port}?tls=false`,
      upcasters: sampleUpcasters,
    }),
  );

/** Lets the work end where a store would be cut off: after so many appends of the target. */
const cutOffAfter = (appends: number, store: EventStore): EventStore => ({
  ...store,
  appendInOrder: async wanted => {
    for (const append of wanted) {
      if (appends-- === 0) throw new Error('cut off');
      await store.append(append);
    }
  },
});

describe.each([
  ['SQLite to EventStoreDB', () => sqlite('from'), eventStoreDb],
  ['EventStoreDB to SQLite', eventStoreDb, () => sqlite('to')],
  ['SQLite to SQLite', () => sqlite('from'), () => sqlite('to')],
])('copying events from %s', (_name, openSource, openTarget) => {
  let from: EventStore;
  let to: EventStore;
  let appends: Append[];
  beforeEach(async () => {
    [from, to, appends] = [await openSource(), await openTarget(), county()];
    await from.appendInOrder(appends);
  });

  it('takes over every event as it is, in order, with the receipts beside them', async () => {
    const copied = await copyEvents(from, to);
    const raw = await rawOf(to);
    expect(raw).toEqual(await rawOf(from));
    expect(raw).toHaveLength(copied.count);
    expect(copied).toMatchObject({ through: await from.head(), receiptsLeftOut: 0 });
    for (const { streamId, receipt } of appends) {
      if (!receipt) continue;
      const key = { commandId: receipt.commandId, streamId };
      const { position: _there, ...original } = (await from.findReceipt(key))!;
      expect(await to.findReceipt(key)).toMatchObject(original);
    }
  });

  it('knows a command again that comes once more, and goes on with its streams', async () => {
    await copyEvents(from, to);
    await expect(to.append(appends[0]!)).rejects.toMatchObject({ code: 'COMMAND_ID_TAKEN' });
    const { streamId } = appends[0]!;
    const expectedRevision = (await collectBatches(to.readStream(streamId))).length - 1;
    await to.append(sampleAppend({ stream: streamId, expectedRevision }));
  });

  it.each([0, 1, 17, COMMANDS - 1])('goes on after it was cut off behind %i commands', async done => {
    await expect(copyEvents(from, cutOffAfter(done, to))).rejects.toThrow('cut off');
    const [there, all] = [await rawOf(to), await rawOf(from)];
    expect(there).toEqual(all.slice(0, there.length));
    expect(there.length).toBeLessThan(all.length);
    const { count, digest } = await copyEvents(from, to);
    expect(await rawOf(to)).toEqual(all);
    expect(await copyEvents(from, to)).toMatchObject({ count, digest });
  });

  it('comes to an end beside writers that never rest, with what was there when it began to write', async () => {
    const there = (await rawOf(from)).length;
    // Each look at the source, and each batch of it, finds more.
    const busy: EventStore = {
      ...from,
      async *readAllRaw(options) {
        for (let after = options?.after ?? START; ; ) {
          await from.append(sampleAppend({ stream: newStream(), count: 2 }));
          for await (const batch of from.readAllRaw({ ...options, after })) {
            yield batch;
            after = batch.at(-1)!.position;
          }
        }
      },
    };
    const copied = await copyEvents(busy, to);
    expect(copied.count).toBeGreaterThanOrEqual(there);
    expect(await rawOf(to)).toEqual((await rawOf(from)).slice(0, copied.count));
    // What was written after the copy is not in it, and is by its `through`.
    const left = await collectBatches(from.readAllRaw({ after: copied.through }));
    const rest = await copyEvents(from, to);
    expect(rest).toMatchObject({ count: copied.count + left.length, through: await from.head() });
  });

  it('is ended by its signal, and goes on the next time', async () => {
    const stop = new AbortController();
    const reason = new Error('enough');
    const onProgress = (phase: string) => phase === 'copying' && stop.abort(reason);
    for (let revision = 0; revision < 600; revision += 100)
      await from.append(sampleAppend({ stream: 'dispute-long', expectedRevision: revision - 1, count: 100 }));
    await expect(copyEvents(from, to, { onProgress, signal: stop.signal })).rejects.toBe(reason);
    const { length } = await rawOf(to);
    expect(length).toBeGreaterThan(0);
    expect(length).toBeLessThan((await rawOf(from)).length);
    await copyEvents(from, to);
    expect(await rawOf(to)).toEqual(await rawOf(from));
  });

  it('says how far it has come', async () => {
    const phases = new Map<string, string>();
    await copyEvents(from, to, { onProgress: (phase, position) => phases.set(phase, position) });
    const head = await from.head();
    expect([...phases]).toEqual(['checking', 'copying', 'verifying'].map(phase => [phase, head]));
    phases.clear();
    await copyEvents(from, to, { onProgress: (phase, position) => phases.set(phase, position) });
    expect([...phases]).toEqual(['comparing', 'verifying'].map(phase => [phase, head]));
  });

  it('leaves a target alone that holds anything else', async () => {
    const other = sampleAppend({ stream: newStream() });
    await to.append(other);
    const error = await copyEvents(from, to).catch(reason => reason);
    expect(error).toBeInstanceOf(CopyRefused);
    expect(error.message).toContain(`revision 0 of ${other.streamId}`);
    expect(await rawOf(to)).toHaveLength(1);
  });

  it('leaves a target alone that has gone on by itself', async () => {
    await copyEvents(from, to);
    const { length } = await rawOf(to);
    await to.append(sampleAppend({ stream: newStream() }));
    await expect(copyEvents(from, to)).rejects.toThrow('which ends before it');
    expect(await rawOf(to)).toHaveLength(length + 1);
  });

  it('tells the same event with other bytes, or with another receipt', async () => {
    const [first] = appends as [Append];
    const { commandId } = first.receipt!;
    const changed = sampleEvents({ stream: first.streamId, commandId, data: { 说明: '另一次' } });
    await to.append(appendOf(changed));
    await expect(copyEvents(from, to)).rejects.toThrow('The target holds other events');
  });

  it('tells another program that writes to the target while it copies', async () => {
    const meddled: EventStore = {
      ...to,
      appendInOrder: async wanted => {
        await to.append(sampleAppend({ stream: appends.at(-1)!.streamId }));
        await to.appendInOrder(wanted);
      },
    };
    await expect(copyEvents(from, meddled)).rejects.toThrow('another program writes to it');
  });
});

describe('copying events', () => {
  it('writes nothing of a source with an event that is damaged, or is not what it says', async () => {
    const to = await sqlite('to');
    for (const bytes of [Buffer.from('{"eventId"'), sampleAppend({ stream: newStream() }).events[0]!.bytes]) {
      const from = await sqlite(newUuid());
      await from.append(sampleAppend({ stream: newStream() }));
      const { events, ...append } = sampleAppend({ stream: newStream() });
      await from.append({ ...append, events: [{ ...events[0]!, bytes }] });
      await expect(copyEvents(from, to)).rejects.toMatchObject({
        code: 'STORE_CORRUPT',
        message: expect.stringContaining('position 2'),
      });
      expect(await to.head()).toBe(START);
    }
  });

  it('writes nothing of a source with an event that is too large for the target', async () => {
    const [from, to] = [await sqlite('from'), await eventStoreDb()];
    await from.append(sampleAppend({ stream: newStream() }));
    const large = sampleAppend({ stream: newStream(), data: 'x'.repeat(LARGEST_EVENT_BYTES) });
    await from.append(large);
    await expect(copyEvents(from, to)).rejects.toMatchObject({ code: 'APPEND_TOO_LARGE', streamId: large.streamId });
    expect(await to.head()).toBe(START);
  });

  it('writes nothing of a source with a command whose events together are too large for the target', async () => {
    const [from, to] = [await sqlite('from'), await eventStoreDb()];
    await from.append(sampleAppend({ stream: newStream() }));
    const large = sampleAppend({ stream: newStream(), count: 3, data: 'x'.repeat(400 * 1024) });
    await from.append(large);
    await expect(copyEvents(from, to)).rejects.toMatchObject({ code: 'APPEND_TOO_LARGE', streamId: large.streamId });
    expect(await to.head()).toBe(START);
  });

  it('keeps one receipt of a command id that EventStoreDB took for several streams, and says so', async () => {
    const [from, to] = [await eventStoreDb(), await sqlite('to')];
    const commandId = newUuid();
    const [first, second, third] = ['dispute', 'visit', 'need'].map((category, ordinal) => {
      const [event] = sampleEvents({ stream: newStream(category), commandId });
      return appendOf([{ ...event!, eventId: newUuid(), data: { ordinal } }]);
    }) as [Append, Append, Append];
    const between = sampleAppend({ stream: newStream() });
    for (const append of [first, second, between, third]) await from.append(append);
    const { receiptsLeftOut, count } = await copyEvents(from, to);
    expect({ receiptsLeftOut, count }).toEqual({ receiptsLeftOut: 2, count: 4 });
    expect(
      (await collectBatches(to.readAllRaw())).map(({ streamId, receipt }) => [streamId, receipt !== undefined]),
    ).toEqual([
      [first.streamId, true],
      [second.streamId, false],
      [between.streamId, true],
      [third.streamId, false],
    ]);
    // Again: what was left out is not taken for a difference.
    expect(await copyEvents(from, to)).toMatchObject({ receiptsLeftOut: 2 });
  });
});
