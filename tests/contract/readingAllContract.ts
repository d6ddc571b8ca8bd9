import { describe, expect, it } from 'vitest';
import { categoryOf } from '../../src/kernel/ids.js';
import { comparePositions, START } from '../../src/kernel/position.js';
import { collect, collectBatches } from './collect.js';
import type { StoreUnderTest } from './eventStoreContract.js';
import { newStream, sampleAppend } from './sampleAppend.js';

export function describeReadingAll(current: () => StoreUnderTest): void {
  describe('reading all', () => {
    it('finds an empty store empty', async () => {
      const { store } = current();
      expect(await store.head()).toBe(START);
      expect(await collect(store.readAll())).toEqual([]);
      expect(await collect(store.readAllRaw())).toEqual([]);
    });

    it('gives every event once, in the order of append, at strictly increasing positions', async () => {
      const { store } = current();
      const streams = Array.from({ length: 7 }, () => newStream());
      for (let revision = 0; revision < 5; revision++) {
        await Promise.all(
          streams.map(stream => store.append(sampleAppend({ stream, expectedRevision: revision - 1 }))),
        );
      }
      const all = await collectBatches(store.readAll());
      expect(all).toHaveLength(35);
      expect(new Set(all.map(({ eventId }) => eventId)).size).toBe(35);
      for (const [index, event] of all.entries()) {
        if (index > 0) expect(comparePositions(all[index - 1]!.position, event.position)).toBeLessThan(0);
      }
      for (const stream of streams) {
        const revisions = all.filter(({ streamId }) => streamId === stream).map(({ revision }) => revision);
        expect(revisions).toEqual([0, 1, 2, 3, 4]);
      }
      expect(await store.head()).toBe(all.at(-1)!.position);
    });

    it('goes on after any position, which is itself left out', async () => {
      const { store } = current();
      await store.append(sampleAppend({ stream: newStream(), count: 6 }));
      const all = await collectBatches(store.readAll({ after: START }));
      for (const [index, { position }] of all.entries()) {
        const rest = await collectBatches(store.readAll({ after: position, batchSize: 2 }));
        expect(rest).toEqual(all.slice(index + 1));
      }
    });

    it('gives batches that are never empty and never larger than asked for', async () => {
      const { store } = current();
      for (let count = 0; count < 2_500; count += 500) {
        await store.append(sampleAppend({ stream: newStream(), count: 500 }));
      }
      const sizes = async (batchSize?: number): Promise<number[]> =>
        (await collect(store.readAll(batchSize === undefined ? {} : { batchSize }))).map(({ length }) => length);
      for (const [asked, most] of [
        [undefined, 1_000],
        [1_250, 1_250],
        [400, 400],
      ] as const) {
        const lengths = await sizes(asked);
        expect(lengths.reduce((sum, length) => sum + length)).toBe(2_500);
        expect(Math.min(...lengths)).toBeGreaterThan(0);
        expect(Math.max(...lengths)).toBeLessThanOrEqual(most);
      }
    });

    it('keeps to the categories asked for', async () => {
      const { store } = current();
      const categories = ['dispute', 'disputes', 'visit', 'dispute', 'need', 'visit'];
      for (const category of categories) await store.append(sampleAppend({ stream: newStream(category) }));
      const found = async (wanted: string[]): Promise<string[]> =>
        (await collectBatches(store.readAll({ categories: wanted, batchSize: 2 }))).map(({ streamId }) =>
          categoryOf(streamId),
        );
      expect(await found(['dispute'])).toEqual(['dispute', 'dispute']);
      expect(await found(['need', 'visit'])).toEqual(['visit', 'need', 'visit']);
      expect(await found(['errand'])).toEqual([]);
      expect(await found([])).toEqual([]);
    });

    it('ends with what was there when it began', async () => {
      const { store } = current();
      const stream = newStream();
      await store.append(sampleAppend({ stream, count: 3 }));
      let seen = 0;
      for await (const batch of store.readAll({ batchSize: 1 })) {
        seen += batch.length;
        await store.append(sampleAppend({ stream, expectedRevision: 1 + seen }));
      }
      expect(seen).toBe(3);
    });

    it('knows at which positions an event stands', async () => {
      const { store } = current();
      await store.append(sampleAppend({ stream: newStream(), count: 3 }));
      await store.append(sampleAppend({ stream: newStream() }));
      const positions = (await collectBatches(store.readAll())).map(({ position }) => position);
      for (const position of positions) expect([position, await store.holds(position)]).toEqual([position, true]);
      const [, commit, prepare] = /^(\d+)\/(\d+)$/.exec(positions[0]!) ?? [];
      const none = commit && prepare ? [`${commit}/${BigInt(prepare) + 1n}`, `1/${2n ** 64n}`] : ['1000'];
      for (const position of [START, ...none])
        expect([position, await store.holds(position)]).toEqual([position, false]);
      // Nothing is lost of what comes next: the same line is used.
      expect(await collectBatches(store.readAll())).toHaveLength(4);
    });

    it('gives the bytes as they were written, and the receipt beside the last event of its command', async () => {
      const { store } = current();
      const append = sampleAppend({ stream: newStream(), count: 4, data: { 说明: '握手言和 🤝' } });
      await store.append(append);
      const raw = await collectBatches(store.readAllRaw({ batchSize: 3 }));
      // A store may have a word of its own for the type.
      for (const { type } of raw) expect([undefined, 'PersuasionMade']).toContain(type);
      const { streamId, receipt } = append;
      expect(raw.map(({ position, type, ...event }) => event)).toEqual(
        append.events.map((event, index) => ({
          ...event,
          streamId,
          ...(index === 3 && { receipt: { ...receipt, firstRevision: 0 } }),
        })),
      );
      for (const [index, { bytes }] of raw.entries()) expect(bytes.equals(append.events[index]!.bytes)).toBe(true);
    });

    it('sees what another store on the same ground has appended', async () => {
      const { store, openAnother } = current();
      const another = await openAnother();
      const stream = newStream();
      await store.append(sampleAppend({ stream }));
      await another.append(sampleAppend({ stream, expectedRevision: 0 }));
      await store.append(sampleAppend({ stream, expectedRevision: 1 }));
      expect(await collectBatches(another.readAll())).toEqual(await collectBatches(store.readAll()));
      expect((await collectBatches(another.readStream(stream))).map(({ revision }) => revision)).toEqual([0, 1, 2]);
    });
  });
}
