import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { EventStore } from '../../src/eventstore/port.js';
import { categoryOf } from '../../src/kernel/ids.js';
import { collectBatches, take } from './collect.js';
import type { StoreUnderTest } from './eventStoreContract.js';
import { newStream, sampleAppend } from './sampleAppend.js';

export function describeSubscriptions(current: () => StoreUnderTest): void {
  describe('subscribing', () => {
    it('gives what is there, then what comes, without a gap or a repeat', async () => {
      const { store } = current();
      await appendOneByOne(store, 20);
      const live = take(70, store.subscribe({ batchSize: 7 }));
      await appendOneByOne(store, 50);
      expect(await live).toEqual(await collectBatches(store.readAll()));
    });

    it('follows many writers at once', async () => {
      const { store, openAnother } = current();
      const writers = [store, await openAnother(), store];
      const subscribers = writers.map(each => take(90, each.subscribe({ batchSize: 11 })));
      await Promise.all(writers.map(each => appendOneByOne(each, 30)));
      const all = await collectBatches(store.readAll());
      for (const seen of await Promise.all(subscribers)) expect(seen).toEqual(all);
    });

    it('goes on after a position, which is itself left out', async () => {
      const { store } = current();
      await appendOneByOne(store, 5);
      const all = await collectBatches(store.readAll());
      expect(await take(3, store.subscribe({ after: all[1]!.position }))).toEqual(all.slice(2));
      const next = take(1, store.subscribe({ after: all[4]!.position }));
      await appendOneByOne(store, 1);
      expect(await next).toEqual((await collectBatches(store.readAll())).slice(5));
    });

    it('wakes for an append of another store on the same ground', async () => {
      const { store, openAnother } = current();
      const another = await openAnother();
      const batches = store.subscribe()[Symbol.asyncIterator]();
      for (let round = 0; round < 3; round++) {
        const next = batches.next();
        await nextTurn();
        const stream = newStream();
        await another.append(sampleAppend({ stream }));
        expect((await next).value).toMatchObject([{ streamId: stream }]);
      }
      await batches.return?.();
    });

    it('keeps to the categories asked for', async () => {
      const { store } = current();
      const live = take(3, store.subscribe({ categories: ['visit'] }));
      for (const category of ['visit', 'need', 'visit', 'dispute', 'need', 'visit']) {
        await store.append(sampleAppend({ stream: newStream(category) }));
      }
      expect((await live).map(({ streamId }) => categoryOf(streamId))).toEqual(['visit', 'visit', 'visit']);
    });

    it('lets a slow consumer take its time', async () => {
      const { store } = current();
      const batches = store.subscribe({ batchSize: 10 })[Symbol.asyncIterator]();
      await appendOneByOne(store, 5);
      const first = await batches.next();
      await appendOneByOne(store, 40);
      const sizes = [first.value.length];
      while (sizes.reduce((sum: number, size) => sum + size, 0) < 45) sizes.push((await batches.next()).value.length);
      expect(Math.max(...sizes)).toBeLessThanOrEqual(10);
      await batches.return?.();
    });

    it('ends when its signal aborts: while it waits, and before it began', async () => {
      const { store } = current();
      const aborting = new AbortController();
      const waiting = collectBatches(store.subscribe({ signal: aborting.signal }));
      await nextTurn();
      aborting.abort();
      expect(await waiting).toEqual([]);
      await appendOneByOne(store, 1);
      expect(await collectBatches(store.subscribe({ signal: aborting.signal }))).toEqual([]);
    });

    it('ends when its consumer leaves while it waits', async () => {
      const batches = current().store.subscribe()[Symbol.asyncIterator]();
      const waiting = batches.next();
      await nextTurn();
      expect(await batches.return?.()).toMatchObject({ done: true });
      expect(await waiting).toMatchObject({ done: true });
    });

    it('ends when the store closes', async () => {
      const { store } = current();
      await appendOneByOne(store, 3);
      const subscriptions = [store.subscribe(), store.subscribe({ categories: ['need'] })].map(collectBatches);
      await nextTurn();
      await store.close();
      for (const seen of await Promise.all(subscriptions)) expect(seen.length).toBeLessThanOrEqual(3);
    });
  });
}

async function appendOneByOne(store: EventStore, count: number): Promise<void> {
  for (let index = 0; index < count; index++) await store.append(sampleAppend({ stream: newStream() }));
}
