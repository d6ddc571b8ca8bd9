import { describe, expect, it, vi } from 'vitest';
import { LogPutBack } from '../../src/eventstore/errors.js';
import type { EventStore, RecordedEvent } from '../../src/eventstore/port.js';
import { FellBehind, FollowingEnded } from '../../src/eventstore/tail/errors.js';
import { openTail, type Tail } from '../../src/eventstore/tail/tail.js';
import { type Position, START } from '../../src/kernel/position.js';
import { collectBatches, take } from './collect.js';
import type { StoreUnderTest } from './eventStoreContract.js';
import { newStream, sampleAppend } from './sampleAppend.js';

const KEPT = 10;

async function append(store: EventStore, count: number): Promise<void> {
  for (let written = 0; written < count; written++) await store.append(sampleAppend({ stream: newStream() }));
}

const follow = (tail: Tail, after: Position = START): AsyncIterableIterator<readonly RecordedEvent[]> =>
  tail.follow({ after, signal: new AbortController().signal });

/** What a store that is open anywhere must give through a tail. */
export function describeTail(current: () => StoreUnderTest): void {
  describe('following its tail', () => {
    it('gives what is there, then what comes, without a gap or a repeat, wherever each begins', async () => {
      const { store } = current();
      await append(store, 30);
      const tail = openTail(store, 1_000);
      const all = (await collectBatches(store.readAll())).map(({ position }) => position);
      const followers = [START, all[0]!, all[14]!, all[29]!].map(after => take(10, follow(tail, after)));
      const late: Promise<readonly RecordedEvent[]>[] = [];
      for (let round = 0; round < 20; round++) {
        // They join in the middle of appends.
        late.push(take(30, follow(tail)));
        await append(store, 1);
      }
      await append(store, 10);
      const seen = await Promise.all([...followers, ...late]);
      const now = (await collectBatches(store.readAll())).map(({ position }) => position);
      const begins = [0, 1, 15, 30, ...late.map(() => 0)];
      for (const [index, events] of seen.entries()) {
        const begin = begins[index]!;
        expect(events.map(({ position }) => position)).toEqual(now.slice(begin, begin + events.length));
      }
    });

    it('fails where the log does not hold what it held, rather than leave it out', async () => {
      const { store } = current();
      await append(store, 3);
      const [first] = (await collectBatches(store.readAll())).map(({ position }) => position);
      // A log that has lost its end.
      async function* readNothing(): AsyncGenerator<readonly RecordedEvent[]> {}
      const tail = openTail({ ...store, readAll: readNothing }, 1_000);
      await expect(follow(tail, first).next()).rejects.toBeInstanceOf(LogPutBack);
    });

    it('reads what comes once, however many follow, and gives all the same objects', async () => {
      const { store } = current();
      const subscribed = vi.spyOn(store, 'subscribe');
      const tail = openTail(store, 1_000);
      const followers = Array.from({ length: 20 }, () => follow(tail));
      const first = followers.map(follower => follower.next());
      await append(store, 1);
      const events = (await Promise.all(first)).map(({ value }) => value?.[0]);
      expect(new Set(events).size).toBe(1);
      expect(subscribed).toHaveBeenCalledTimes(1);
      for (const follower of followers) await follower.return?.();
      // Nobody follows: nothing is read, until somebody does again.
      const again = take(2, follow(tail));
      await append(store, 1);
      expect(await again).toHaveLength(2);
      expect(subscribed).toHaveBeenCalledTimes(2);
      subscribed.mockRestore();
    });

    it('lets go of whoever falls behind, says where, and loses nothing for who goes on from there', async () => {
      const { store } = current();
      const tail = openTail(store, KEPT);
      const [slow, quick] = [follow(tail), follow(tail)];
      const read = take(5 * KEPT, quick);
      const waiting = slow.next();
      await append(store, 1);
      const seen = [...((await waiting).value ?? [])];
      await append(store, 5 * KEPT);
      await read;
      let fell: unknown;
      try {
        for await (const batch of slow) seen.push(...batch);
      } catch (error) {
        fell = error;
      }
      expect(fell).toBeInstanceOf(FellBehind);
      expect((fell as FellBehind).at).toBe(seen.at(-1)?.position);
      const rest = await take(5 * KEPT + 1 - seen.length, follow(tail, (fell as FellBehind).at));
      const all = await collectBatches(store.readAll());
      expect([...seen, ...rest].map(({ position }) => position)).toEqual(all.map(({ position }) => position));
    });

    it('holds nobody to the bound who is still on the way to the end', async () => {
      const { store } = current();
      await append(store, 4 * KEPT);
      const tail = openTail(store, KEPT);
      const all: RecordedEvent[] = [];
      for await (const batch of follow(tail)) {
        all.push(...batch);
        if (all.length < 6 * KEPT) await append(store, Math.min(5, 6 * KEPT - all.length));
        else break;
      }
      expect(all.slice(0, 6 * KEPT)).toEqual((await collectBatches(store.readAll())).slice(0, 6 * KEPT));
    });

    it('tells everyone how far each came, once it is ended: who waits, who is on the way, and who comes too late', async () => {
      const { store } = current();
      await append(store, 300);
      const head = await store.head();
      const tail = openTail(store, KEPT);
      const told = (next: Promise<unknown>) =>
        next.then(
          () => undefined,
          error => error as FollowingEnded,
        );

      const waiting = follow(tail, head);
      const waits = told(waiting.next());
      const onTheWay = follow(tail);
      const first = (await onTheWay.next()).value as readonly RecordedEvent[];
      let ended = false;
      const end = tail.end().then(() => {
        ended = true;
      });
      expect(await waits).toBeInstanceOf(FollowingEnded);
      expect((await waits)?.at).toBe(head);
      expect(ended).toBe(false);
      expect((await told(onTheWay.next()))?.at).toBe(first.at(-1)?.position);
      await end;
      expect((await told(follow(tail, head).next()))?.at).toBe(head);
      await tail.end();
    });

    it('ends when it is told to, though it waits, and when the store closes', async () => {
      const { store, openAnother } = current();
      const stop = new AbortController();
      const waiting = openTail(store, KEPT).follow({ signal: stop.signal }).next();
      stop.abort();
      expect(await waiting).toEqual({ done: true, value: undefined });
      const another = await openAnother();
      const follower = follow(openTail(another, KEPT));
      await append(store, 1);
      await follower.next();
      const last = follower.next();
      await another.close();
      expect(await last).toEqual({ done: true, value: undefined });
    });
  });
}
