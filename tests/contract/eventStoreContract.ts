import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CommandIdTaken, EventUnreadable, RevisionConflict, StoreClosed } from '../../src/eventstore/errors.js';
import { type EventStore, NO_STREAM } from '../../src/eventstore/port.js';
import type { Upcasters } from '../../src/eventstore/upcasting.js';
import { newUuid } from '../../src/kernel/ids.js';
import { comparePositions, START } from '../../src/kernel/position.js';
import { collectBatches, take } from './collect.js';
import { describeReadingAll } from './readingAllContract.js';
import { appendOf, newStream, sampleAppend, sampleEvents, sampleUpcasters } from './sampleAppend.js';
import { describeSubscriptions } from './subscriptionContract.js';
import { describeTail } from './tailContract.js';

/** Ground for stores that looks empty to them: every store opened on it sees the same events, as two processes would. */
export interface StoreGround {
  open(upcasters?: Upcasters): Promise<EventStore>;
  remove(): Promise<void>;
}

/** What the contract's tests work with: a new ground and a store on it for each. */
export interface StoreUnderTest {
  readonly store: EventStore;
  /** Another store on the same ground; closed after the test. */
  openAnother(upcasters?: Upcasters): Promise<EventStore>;
}

/** What every adapter must do, whatever it stands on. */
export function describeEventStoreContract(name: string, makeGround: () => Promise<StoreGround>): void {
  describe(name, () => {
    let ground: StoreGround;
    let opened: EventStore[];
    let store: EventStore;
    const openAnother = async (upcasters = sampleUpcasters): Promise<EventStore> => {
      const another = await ground.open(upcasters);
      opened.push(another);
      return another;
    };
    beforeEach(async () => {
      ground = await makeGround();
      opened = [];
      store = await openAnother();
    });
    afterEach(async () => {
      for (const each of opened) await each.close();
      await ground.remove();
    });
    const current = (): StoreUnderTest => ({ store, openAnother });

    describeAppending(current);
    describeAppendingInOrder(current);
    describeReceipts(current);
    describeReadingStreams(current);
    describeReadingAll(current);
    describeSubscriptions(current);
    describeTail(current);
    describeClosing(current);
  });
}

function describeAppending(current: () => StoreUnderTest): void {
  describe('appending', () => {
    it('keeps every field of the envelope and gives a position', async () => {
      const { store } = current();
      const events = sampleEvents({ stream: newStream(), count: 3 });
      const appended = await store.append(appendOf(events));
      const read = await collectBatches(store.readStream(events[0]!.streamId));
      expect(read).toEqual(events.map((event, index) => ({ ...event, position: read[index]!.position })));
      expect(appended).toEqual({ position: read[2]!.position, lastRevision: 2 });
    });

    it('keeps any text as it is', async () => {
      const { store } = current();
      const data = {
        说明: '豆坝镇·握手言和 🤝 𠮷',
        quote: '"\\\n\u0000\u2028',
        empty: '',
        nested: [null, true, 1e21, -0.5],
      };
      const stream = newStream();
      await store.append(sampleAppend({ stream, data }));
      expect((await collectBatches(store.readStream(stream)))[0]!.data).toEqual(data);
    });

    it('refuses an append that was decided on another revision, and writes nothing', async () => {
      const { store } = current();
      const stream = newStream();
      await store.append(sampleAppend({ stream, count: 2 }));
      for (const expectedRevision of [NO_STREAM, 0, 2, 7]) {
        const error = await store.append(sampleAppend({ stream, expectedRevision })).catch(reason => reason);
        expect(error).toBeInstanceOf(RevisionConflict);
        expect(error).toMatchObject({ streamId: stream, expectedRevision, actualRevision: 1 });
      }
      const missing = newStream();
      await expect(store.append(sampleAppend({ stream: missing, expectedRevision: 0 }))).rejects.toMatchObject({
        code: 'REVISION_CONFLICT',
        actualRevision: NO_STREAM,
      });
      expect(await collectBatches(store.readStream(stream))).toHaveLength(2);
      expect(await collectBatches(store.readStream(missing))).toEqual([]);
    });

    it('lets exactly one of those win who decided on the same revision at once', async () => {
      const { store, openAnother } = current();
      const stores = [store, await openAnother()];
      const stream = newStream();
      const outcomes = await Promise.allSettled(
        Array.from({ length: 20 }, (_, index) => stores[index % 2]!.append(sampleAppend({ stream, count: 2 }))),
      );
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const outcome of outcomes) {
        if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(RevisionConflict);
      }
      expect(await collectBatches(store.readStream(stream))).toHaveLength(2);
    });

    it('writes the others when some of those that come together are refused', async () => {
      const { store } = current();
      const taken = newStream();
      await store.append(sampleAppend({ stream: taken }));
      const streams = Array.from({ length: 30 }, (_, index) => (index % 7 === 3 ? taken : newStream()));
      const outcomes = await Promise.allSettled(streams.map(stream => store.append(sampleAppend({ stream }))));
      expect(outcomes.map(({ status }) => status)).toEqual(
        streams.map(stream => (stream === taken ? 'rejected' : 'fulfilled')),
      );
      for (const stream of streams) expect(await collectBatches(store.readStream(stream))).toHaveLength(1);
    });

    it('takes the next append to a stream before the first is acknowledged', async () => {
      const { store } = current();
      const stream = newStream();
      const appends = Array.from({ length: 10 }, (_, index) => sampleAppend({ stream, expectedRevision: index - 1 }));
      const appended = await Promise.all(appends.map(append => store.append(append)));
      expect(appended.map(({ lastRevision }) => lastRevision)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    });

    it('refuses an append without events, or with a gap between them', async () => {
      const { store } = current();
      const append = sampleAppend({ stream: newStream(), count: 3 });
      await expect(store.append({ ...append, events: [] })).rejects.toThrow(RangeError);
      await expect(store.append({ ...append, events: [append.events[0]!, append.events[2]!] })).rejects.toThrow(
        RangeError,
      );
      expect(await store.head()).toBe(START);
    });
  });
}

function describeAppendingInOrder(current: () => StoreUnderTest): void {
  describe('appending in order', () => {
    it('writes all, in this order, with their receipts', async () => {
      const { store } = current();
      const streams = Array.from({ length: 3 }, () => newStream());
      const appends = Array.from({ length: 300 }, (_, index) =>
        sampleAppend({
          stream: streams[index % 3]!,
          expectedRevision: 2 * Math.floor(index / 3) - 1,
          count: 2,
        }),
      );
      await store.appendInOrder(appends);
      const raw = await collectBatches(store.readAllRaw());
      expect(raw.map(({ eventId }) => eventId)).toEqual(
        appends.flatMap(({ events }) => events.map(({ eventId }) => eventId)),
      );
      expect(raw.map(({ receipt }) => receipt?.commandId)).toEqual(
        appends.flatMap(({ receipt }) => [undefined, receipt!.commandId]),
      );
      const { streamId, receipt } = appends[299]!;
      expect(await store.findReceipt({ commandId: receipt!.commandId, streamId })).toMatchObject({
        firstRevision: 198,
      });
    });

    it('writes nothing behind the one that it refuses, and everything before it', async () => {
      const { store } = current();
      const [first, taken, last] = [newStream(), newStream(), newStream()];
      await store.append(sampleAppend({ stream: taken }));
      const appends = [first, taken, last].map(stream => sampleAppend({ stream }));
      await expect(store.appendInOrder(appends)).rejects.toMatchObject({ code: 'REVISION_CONFLICT', streamId: taken });
      const streams = (await collectBatches(store.readAll())).map(({ streamId }) => streamId);
      expect(streams).toEqual([taken, first]);
      const known = sampleAppend({ stream: last });
      await store.append(known);
      await expect(store.appendInOrder([known, sampleAppend({ stream: newStream() })])).rejects.toMatchObject({
        code: 'COMMAND_ID_TAKEN',
      });
      expect(await collectBatches(store.readAll())).toHaveLength(3);
    });

    it('wakes those who follow, and is refused once the store is closed', async () => {
      const { store } = current();
      const followed = take(1, store.subscribe());
      const append = sampleAppend({ stream: newStream() });
      await store.appendInOrder([append]);
      expect(await followed).toMatchObject([{ streamId: append.streamId }]);
      await store.close();
      await expect(store.appendInOrder([sampleAppend({ stream: newStream() })])).rejects.toThrow(StoreClosed);
    });
  });
}

function describeReceipts(current: () => StoreUnderTest): void {
  describe('receipts', () => {
    it('says what a command left behind', async () => {
      const { store, openAnother } = current();
      const [stream, commandId] = [newStream(), newUuid()];
      await store.append(sampleAppend({ stream }));
      const append = sampleAppend({ stream, commandId, expectedRevision: 0, count: 3 });
      const { position } = await store.append(append);
      const receipt = { ...append.receipt, streamId: stream, firstRevision: 1, lastRevision: 3, position };
      expect(await store.findReceipt({ commandId, streamId: stream })).toEqual(receipt);
      expect(await (await openAnother()).findReceipt({ commandId, streamId: stream })).toEqual(receipt);
      expect(await store.findReceipt({ commandId: newUuid(), streamId: stream })).toBeUndefined();
    });

    it('finds a receipt in what the caller has read, and in what came after it when asked for all', async () => {
      const { store, openAnother } = current();
      const stream = newStream();
      const [early, late] = [
        sampleAppend({ stream, count: 2 }),
        sampleAppend({ stream, expectedRevision: 1, count: 2 }),
      ];
      await store.append(early);
      const reader = await openAnother();
      await collectBatches(reader.readStream(stream));
      await store.append(late);
      const find = ({ receipt }: typeof early, upTo?: number) =>
        reader.findReceipt({
          commandId: receipt!.commandId,
          streamId: stream,
          ...(upTo !== undefined && { upTo }),
        });
      expect(await find(early, 1)).toMatchObject({ firstRevision: 0, lastRevision: 1 });
      expect(await find(late)).toMatchObject({ firstRevision: 2, lastRevision: 3 });
      // Read in part, and from the middle: nothing is taken for known that was not seen.
      const another = await openAnother();
      await collectBatches(another.readStream(stream, { fromRevision: 2 }));
      expect(
        await another.findReceipt({ commandId: early.receipt!.commandId, streamId: stream, upTo: 3 }),
      ).toBeDefined();
    });

    it('does a command once, however often and however close together it comes', async () => {
      const { store } = current();
      const append = sampleAppend({ stream: newStream(), count: 2 });
      const outcomes = await Promise.allSettled([store.append(append), store.append(append), store.append(append)]);
      expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
      const again = await store.append(append).catch(reason => reason);
      expect(again).toBeInstanceOf(CommandIdTaken);
      expect(again.receipt).toEqual(
        await store.findReceipt({ commandId: append.receipt!.commandId, streamId: append.streamId }),
      );
      expect(await collectBatches(store.readStream(append.streamId))).toHaveLength(2);
    });

    it('needs none', async () => {
      const { store } = current();
      const { receipt, ...append } = sampleAppend({ stream: newStream() });
      await store.append(append);
      expect(await collectBatches(store.readStream(append.streamId))).toHaveLength(1);
    });
  });
}

function describeReadingStreams(current: () => StoreUnderTest): void {
  describe('reading a stream', () => {
    it('gives nothing for a stream that does not exist', async () => {
      expect(await collectBatches(current().store.readStream(newStream()))).toEqual([]);
    });

    it('begins at a revision and ends after a count', async () => {
      const { store } = current();
      const stream = newStream();
      for (const [expectedRevision, count] of [
        [NO_STREAM, 600],
        [599, 601],
      ] as const) {
        await store.append(sampleAppend({ stream, expectedRevision, count }));
      }
      const revisions = async (options: { fromRevision?: number; maxCount?: number }): Promise<number[]> =>
        (await collectBatches(store.readStream(stream, options))).map(({ revision }) => revision);
      expect(await revisions({})).toEqual(Array.from({ length: 1_201 }, (_, revision) => revision));
      expect(await revisions({ fromRevision: 1_199 })).toEqual([1_199, 1_200]);
      expect(await revisions({ fromRevision: 2, maxCount: 3 })).toEqual([2, 3, 4]);
      expect(await revisions({ maxCount: 1_000 })).toHaveLength(1_000);
      expect(await revisions({ maxCount: 0 })).toEqual([]);
      expect(await revisions({ fromRevision: 1_201 })).toEqual([]);
    });

    it('brings data of earlier versions to the current one', async () => {
      const { store, openAnother } = current();
      const stream = newStream();
      await store.append(sampleAppend({ stream, data: { by: 'cadre' } }));
      const reader = await openAnother(
        new Map([
          [
            'PersuasionMade',
            [data => ({ ...(data as object), second: 2 }), data => ({ ...(data as object), third: 3 })],
          ],
        ]),
      );
      const expected = { schemaVersion: 3, data: { by: 'cadre', second: 2, third: 3 } };
      expect((await collectBatches(reader.readStream(stream)))[0]).toMatchObject(expected);
      expect((await collectBatches(reader.readAll()))[0]).toMatchObject(expected);
    });

    it('does not guess at an event of an unknown type or of a newer version', async () => {
      const { store } = current();
      for (const unknown of [{ type: 'PersuasionDreamt' }, { schemaVersion: 2 }, { schemaVersion: 0 }]) {
        const stream = newStream();
        const { position } = await store.append(sampleAppend({ stream, ...unknown }));
        const error = await collectBatches(store.readStream(stream)).catch(reason => reason);
        expect(error).toBeInstanceOf(EventUnreadable);
        expect(error).toMatchObject({ type: 'PersuasionMade', schemaVersion: 1, ...unknown, position });
      }
    });
  });
}

function describeClosing(current: () => StoreUnderTest): void {
  describe('closing', () => {
    it('waits for appends under way, and refuses later ones', async () => {
      const { store, openAnother } = current();
      const stream = newStream();
      const appends = [
        store.append(sampleAppend({ stream })),
        store.append(sampleAppend({ stream, expectedRevision: 0 })),
      ];
      await store.close();
      expect((await Promise.all(appends)).map(({ lastRevision }) => lastRevision)).toEqual([0, 1]);
      await expect(store.append(sampleAppend({ stream, expectedRevision: 1 }))).rejects.toThrow(StoreClosed);
      expect(await collectBatches((await openAnother()).readStream(stream))).toHaveLength(2);
    });

    it('may be asked for twice', async () => {
      const { store } = current();
      await store.close();
      await expect(store.close()).resolves.toBeUndefined();
    });

    it('leaves everything to the next that opens the store', async () => {
      const { store, openAnother } = current();
      const append = sampleAppend({ stream: newStream(), count: 5 });
      const { position } = await store.append(append);
      await store.close();
      const next = await openAnother();
      expect((await collectBatches(next.readAllRaw())).map(({ bytes }) => bytes)).toEqual(
        append.events.map(({ bytes }) => bytes),
      );
      expect(comparePositions(await next.head(), position)).toBe(0);
    });
  });
}
