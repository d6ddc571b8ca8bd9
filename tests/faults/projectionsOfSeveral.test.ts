import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import type { EventStore } from '../../src/eventstore/port.js';
import { digestsOf } from '../../src/projections/digest.js';
import {
  alwaysLeads,
  type Leadership,
  LeadershipLost,
  type News,
  type Term,
} from '../../src/projections/leadership.js';
import { retryStream } from '../../src/projections/parking/retryStream.js';
import { views } from '../../src/server/registry.js';
import { besideSatchelPerTest, choosyView, mendedView, POISONED_NAME, quiet } from './choosyProjections.js';

const fail = (error: Error) => {
  throw error;
};

const own = besideSatchelPerTest();

describe('projections of several runners', () => {
  it('write nothing once another leads, though they have not heard of it', async () => {
    const beside = own();
    let isOver = false;
    const refused = vi.fn();
    const term: Term = {
      over: new AbortController().signal,
      async fence(_transaction, categories) {
        if (!isOver) return;
        if (categories) refused();
        throw new LeadershipLost('Another process leads');
      },
    };
    const lead = async () => {
      await nextTurn();
      return term;
    };
    const runner = beside.runnerOf([choosyView], quiet, { leadership: { ...alwaysLeads, tryLead: lead, lead } });
    await runner.start();
    await beside.caughtUp(runner);
    const before = await beside.names();
    isOver = true;
    await beside.station('望关派出所');
    await vi.waitFor(() => expect(refused).toHaveBeenCalled(), { timeout: 10_000 });
    expect(await beside.names()).toEqual(before);
    isOver = false;
    await beside.caughtUp(runner);
    expect(await beside.names()).toEqual([...before, '望关派出所'].sort());
    await runner.stop();
  });

  it('tell of everything, not of the news alone, where the leader has taken in what was set aside', async () => {
    const beside = own();
    const poisoned = await beside.station(POISONED_NAME);
    const leader = beside.runnerOf([choosyView], quiet);
    await leader.start();
    await beside.caughtUp(leader);
    await leader.stop();
    let tell: (news: News) => Promise<void> = async () => undefined;
    const follows: Leadership = {
      ...alwaysLeads,
      leads: false,
      tryLead: async () => undefined,
      lead: (signal, onNews) => {
        tell = onNews;
        return new Promise(resolve => signal.addEventListener('abort', () => resolve(undefined)));
      },
    };
    const onProjected = vi.fn();
    const follower = beside.runnerOf([choosyView], quiet, { leadership: follows, onProjected });
    await follower.start();
    await tell(new Set(['visit']));
    expect(onProjected.mock.calls).toEqual([[new Set(['visit'])]]);
    await retryStream(
      { store: beside.services.store, db: beside.db, lens: beside.lens, views: [mendedView] },
      poisoned,
    );
    await tell(new Set(['visit']));
    expect(onProjected.mock.lastCall).toEqual([]);
    await follower.stop();
  });

  it('advance once where two runners share a read model', async () => {
    const beside = own();
    const runners = [beside.runnerOf(views, fail), beside.runnerOf(views, fail)];
    // One after the other, since the first makes the tables.
    for (const runner of runners) await runner.start();
    await Promise.all(Array.from({ length: 40 }, (_, n) => beside.station(`第${n}派出所`)));
    const head = await beside.services.store.head();
    for (const runner of runners) expect(await runner.reached(head, 10_000)).toBe(true);
    for (const runner of runners) await runner.stop();
    expect(await digestsOf(beside.db, views)).toEqual(await digestsOf(beside.services.db, views));
  });

  it('tell of what another runner wrote, so that nothing read before is still held', async () => {
    const beside = own();
    let letGo = () => {};
    const held = new Promise<void>(resolve => {
      letGo = resolve;
    });
    const { store } = beside.services;
    const slow: EventStore = {
      ...store,
      async *subscribe(options) {
        await held;
        yield* store.subscribe(options);
      },
    };
    const told = vi.fn();
    const slower = beside.runnerOf(views, fail, { store: slow, onProjected: told });
    await slower.start();
    const faster = beside.runnerOf(views, fail);
    await faster.start();
    expect(await faster.reached(await store.head(), 10_000)).toBe(true);
    expect(told).not.toHaveBeenCalled();
    letGo();
    await expect.poll(() => told.mock.calls).toEqual([[]]);
    for (const runner of [faster, slower]) await runner.stop();
  });
});
