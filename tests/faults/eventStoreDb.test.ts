import { status } from '@grpc/grpc-js';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  AppendTooLarge,
  CommandIdTaken,
  OutcomeUnknown,
  StoreCorrupt,
  StoreMisconfigured,
  StoreUnavailable,
} from '../../src/eventstore/errors.js';
import { LARGEST_APPEND_BYTES, LARGEST_EVENT_BYTES, openEventStoreDb } from '../../src/eventstore/eventstoredb/open.js';
import type { Patience } from '../../src/eventstore/eventstoredb/patience.js';
import type { EventStore } from '../../src/eventstore/port.js';
import { collectBatches, take } from '../contract/collect.js';
import { newStream, sampleAppend, sampleUpcasters } from '../contract/sampleAppend.js';
import { failure, notReady, type ReadFault } from '../harness/eventStoreDbStandIn/faults.js';
import {
  type EventStoreDbStandIn,
  STAND_IN_CERTIFICATE,
  type StandInOptions,
  startEventStoreDbStandIn,
} from '../harness/eventStoreDbStandIn/standIn.js';

const HASTY: Partial<Patience> = { answerMs: 400, backoff: { firstMs: 1, longestMs: 5 } };

const standIns: EventStoreDbStandIn[] = [];
const stores: EventStore[] = [];
const stray: unknown[] = [];
const onStray = (error: unknown): void => {
  stray.push(error);
};

const start = async (options: StandInOptions = {}): Promise<EventStoreDbStandIn> => {
  const standIn = await startEventStoreDbStandIn(options);
  standIns.push(standIn);
  return standIn;
};

const open = async (connectionString: string, patience: Partial<Patience> = {}): Promise<EventStore> => {
  const store = await openEventStoreDb({
    connectionString,
    upcasters: sampleUpcasters,
    patience: { ...HASTY, ...patience },
  });
  stores.push(store);
  return store;
};

const openOn = (standIn: EventStoreDbStandIn, patience?: Partial<Patience>): Promise<EventStore> =>
  open(`esdb://127.0.0.1:${standIn.port}?tls=false`, patience);

beforeEach(() => {
  process.on('unhandledRejection', onStray);
  process.on('uncaughtException', onStray);
});

afterEach(async () => {
  for (const store of stores.splice(0)) await store.close();
  for (const standIn of standIns.splice(0)) await standIn.stop();
  process.off('unhandledRejection', onStray);
  process.off('uncaughtException', onStray);
  expect(stray.splice(0)).toEqual([]);
});

for (const batchAppend of [true, false]) {
  describe(`appending to EventStoreDB when it fails, batch append ${batchAppend ? 'on' : 'off'}`, () => {
    it.each(['hang', 'loseAnswer', 'late', 'drop'] as const)('writes once after: %s', async fault => {
      const standIn = await start({ batchAppend });
      const store = await openOn(standIn);
      const append = sampleAppend({ stream: newStream(), count: 2 });
      standIn.faults.appends.push(fault);
      expect(await store.append(append)).toMatchObject({ lastRevision: 1 });
      standIn.faults.answerLate();
      expect(await collectBatches(store.readStream(append.streamId))).toHaveLength(2);
      await expect(store.append(append)).rejects.toBeInstanceOf(CommandIdTaken);
      expect(standIn.received.every(({ expected }) => expected !== 'any')).toBe(true);
    });

    it('says that the outcome is not known when no answer ever comes, and the same again tells', async () => {
      const standIn = await start({ batchAppend });
      const store = await openOn(standIn, { attempts: 2, answerMs: 200 });
      const append = sampleAppend({ stream: newStream() });
      standIn.faults.appends.push('loseAnswer', 'hang');
      await expect(store.append(append)).rejects.toBeInstanceOf(OutcomeUnknown);
      await expect(store.append(append)).rejects.toBeInstanceOf(CommandIdTaken);
    });

    it('lets no other append suffer when one gets no answer', async () => {
      const standIn = await start({ batchAppend });
      const store = await openOn(standIn);
      standIn.faults.appends.push('loseAnswer');
      const appends = Array.from({ length: 40 }, () => sampleAppend({ stream: newStream() }));
      await Promise.all(appends.map(append => store.append(append)));
      expect(await collectBatches(store.readAll())).toHaveLength(40);
    });

    it('puts no append in a batch, and does not ask for what the server can do', async () => {
      const standIn = await start({ batchAppend });
      const store = await openOn(standIn);
      standIn.faults.features.push(failure(status.INTERNAL, 'not yet'));
      expect(await store.append(sampleAppend({ stream: newStream() }))).toMatchObject({ lastRevision: 0 });
      expect([standIn.faults.features.length, standIn.batchCalls()]).toEqual([1, 0]);
    });

    it.each([
      ['not ready', notReady()],
      ['not leader', 'leader'],
    ] as const)('keeps the outcome of an append apart from the failure of another: %s', async (_, refused) => {
      const standIn = await start({ batchAppend });
      const store = await openOn(standIn, { attempts: 1, answerMs: 5_000 });
      const itself = { notLeader: { host: '127.0.0.1', port: standIn.port } };
      standIn.faults.appends.push('late', refused === 'leader' ? itself : refused);
      const first = store.append(sampleAppend({ stream: newStream() }));
      const outcome = Promise.allSettled([first]);
      await vi.waitFor(() => expect(standIn.received).toHaveLength(1));
      // As in an election: the read finds no leader, and what comes next goes over another line.
      standIn.faults.reads.push({ after: 0, does: notReady() });
      await expect(store.head()).rejects.toBeInstanceOf(StoreUnavailable);
      await expect(store.append(sampleAppend({ stream: newStream() }))).rejects.toThrow();
      standIn.faults.answerLate();
      expect(await outcome).toMatchObject([{ status: 'fulfilled', value: { lastRevision: 0 } }]);
    });

    it('follows the leader', async () => {
      const leader = await start({ batchAppend });
      const follower = await start({ batchAppend, log: leader.log });
      const store = await openOn(follower);
      follower.faults.appends.push({ notLeader: { host: '127.0.0.1', port: leader.port } });
      await store.append(sampleAppend({ stream: newStream() }));
      expect([follower.received.length, leader.received.length]).toEqual([0, 1]);
    });

    it('refuses what is too large, by its own measure and by that of the server', async () => {
      const standIn = await start({ batchAppend });
      const store = await openOn(standIn);
      const sized = (bytes: number, count = 1) =>
        store.append(sampleAppend({ stream: newStream(), count, data: 'x'.repeat(bytes) }));
      await expect(sized(LARGEST_EVENT_BYTES)).rejects.toBeInstanceOf(AppendTooLarge);
      await expect(sized(400 * 1024, 3)).rejects.toMatchObject({ limitBytes: LARGEST_APPEND_BYTES });
      expect(standIn.received).toEqual([]);
      // What is less than that, a server takes that takes a mebibyte.
      const overhead = 900;
      await sized(LARGEST_EVENT_BYTES - overhead);
      await sized(LARGEST_APPEND_BYTES / 2 - overhead, 2);
      await store.close();
      await standIn.stop();
      const small = await openOn(await start({ batchAppend, maxAppendBytes: 100_000 }));
      const tooMuch = sampleAppend({ stream: newStream(), data: 'x'.repeat(100_000) });
      await expect(small.append(tooMuch)).rejects.toMatchObject({ code: 'APPEND_TOO_LARGE', limitBytes: 100_000 });
    });

    it('tells a stream that was deleted by another program', async () => {
      const standIn = await start({ batchAppend });
      const store = await openOn(standIn);
      for (const forGood of [true, false]) {
        const stream = newStream();
        await store.append(sampleAppend({ stream, count: 2 }));
        standIn.log.delete(stream, { forGood });
        await expect(store.append(sampleAppend({ stream, expectedRevision: -1 }))).rejects.toBeInstanceOf(StoreCorrupt);
        await expect(collectBatches(store.readStream(stream))).rejects.toBeInstanceOf(StoreCorrupt);
      }
    });

    it('has no more under way than it may', async () => {
      const standIn = await start({ batchAppend });
      const store = await openOn(standIn, { appendsInFlight: 3, answerMs: 5_000 });
      standIn.faults.appends.push('late', 'late', 'late');
      const appends = Array.from({ length: 6 }, () => store.append(sampleAppend({ stream: newStream() })));
      await vi.waitFor(() => expect(standIn.received).toHaveLength(3));
      await store.readStream(newStream())[Symbol.asyncIterator]().next();
      expect(standIn.received).toHaveLength(3);
      standIn.faults.answerLate();
      await Promise.all(appends);
    });
  });
}

describe('following EventStoreDB when it fails', () => {
  it.each<ReadFault['does']>(['end', 'drop', 'hang', 'repeat', failure(status.INTERNAL, 'broken')])(
    'gives every event once after: %s',
    async fault => {
      const standIn = await start();
      const store = await openOn(standIn, { silenceMs: 100 });
      for (let index = 0; index < 9; index++) await store.append(sampleAppend({ stream: newStream() }));
      standIn.faults.subscriptions.push({ after: 4, does: fault }, { after: 3, does: fault });
      const seen = await take(9, store.subscribe({ batchSize: 2 }));
      expect(seen).toEqual(await collectBatches(store.readAll()));
    },
  );

  it('tells of each connection and subscription that was lost, and not of mere silence', async () => {
    const standIn = await start();
    const reconnecting = vi.fn();
    const store = await openEventStoreDb({
      connectionString: `esdb://127.0.0.1:${standIn.port}?tls=false`,
      upcasters: sampleUpcasters,
      patience: { ...HASTY, silenceMs: 50 },
      observer: { groupWritten: () => undefined, reconnecting },
    });
    stores.push(store);
    await store.append(sampleAppend({ stream: newStream(), count: 3 }));
    const batches = store.subscribe()[Symbol.asyncIterator]();
    await batches.next();
    const next = batches.next();
    await vi.waitFor(() => expect(standIn.subscribedFrom.length).toBeGreaterThan(2));
    expect(reconnecting).not.toHaveBeenCalled();
    standIn.faults.subscriptions.push({ after: 0, does: 'drop' });
    await vi.waitFor(() => expect(reconnecting).toHaveBeenCalledTimes(1));
    standIn.faults.appends.push('hang');
    await store.append(sampleAppend({ stream: newStream() }));
    expect(reconnecting.mock.calls.length).toBeGreaterThan(1);
    await next;
    await batches.return?.();
  });

  it('is never away from a log on which nothing happens', async () => {
    const standIn = await start();
    const store = await openOn(standIn, { silenceMs: 30, backoff: { firstMs: 600_000, longestMs: 600_000 } });
    const batches = store.subscribe()[Symbol.asyncIterator]();
    const next = batches.next();
    await vi.waitFor(() => expect(standIn.subscribedFrom.length).toBeGreaterThan(5), { timeout: 10_000 });
    await store.append(sampleAppend({ stream: newStream() }));
    expect((await next).value).toHaveLength(1);
    await batches.return?.();
  });

  it('is let in again when its password is mended, and says meanwhile that the store cannot be used', async () => {
    const standIn = await start();
    const store = await openOn(standIn);
    const seen = take(2, store.subscribe());
    await store.append(sampleAppend({ stream: newStream() }));
    await vi.waitFor(() => expect(standIn.subscribedFrom).toHaveLength(1));
    standIn.faults.denied = true;
    standIn.faults.dropSubscriptions();
    await expect(store.append(sampleAppend({ stream: newStream() }))).rejects.toThrow(
      expect.objectContaining({ code: 'STORE_UNAVAILABLE', message: expect.stringContaining('password, is refused') }),
    );
    standIn.faults.denied = false;
    await store.append(sampleAppend({ stream: newStream() }));
    expect(await seen).toHaveLength(2);
  });

  it('does not take the word of the server for what still waits to be read', async () => {
    const standIn = await start();
    const store = await openOn(standIn);
    for (let index = 0; index < 3; index++) await store.append(sampleAppend({ stream: newStream() }));
    const all = await collectBatches(store.readAll());
    const batches = store.subscribe({ batchSize: 2 })[Symbol.asyncIterator]();
    const seen = [...(await batches.next()).value];
    // A hanging append has the client replaced under the subscription, whose third event was not read yet.
    standIn.faults.appends.push('hang');
    await store.append(sampleAppend({ stream: newStream('need') }));
    while (seen.length < 4) seen.push(...(await batches.next()).value);
    expect(seen.slice(0, 3)).toEqual(all);
    await batches.return?.();
  });

  it('goes on from where the server had looked, not from the last event of a rare category', async () => {
    const standIn = await start();
    const store = await openOn(standIn, { silenceMs: 100 });
    for (let index = 0; index < 5; index++) await store.append(sampleAppend({ stream: newStream('need') }));
    const batches = store.subscribe({ categories: ['visit'] })[Symbol.asyncIterator]();
    const next = batches.next();
    // Nothing came, so the subscription is made anew: behind the needs, though no visit was ever given out.
    await vi.waitFor(() => expect(standIn.subscribedFrom.slice(-1)).toEqual([standIn.log.events.length]));
    expect(standIn.subscribedFrom[0]).toBe(0);
    await store.append(sampleAppend({ stream: newStream('visit') }));
    expect((await next).value).toHaveLength(1);
    await batches.return?.();
  });

  it('does not take a read that ended too early for all there is', async () => {
    const standIn = await start();
    const store = await openOn(standIn);
    await store.append(sampleAppend({ stream: newStream(), count: 9 }));
    // The first read asks where the end is.
    standIn.faults.reads.push({ after: 1_000, does: 'end' }, { after: 3, does: 'end' });
    await expect(collectBatches(store.readAll())).rejects.toBeInstanceOf(StoreUnavailable);
    expect(await collectBatches(store.readAll())).toHaveLength(9);
  });

  it('reads on where a read broke off', async () => {
    const standIn = await start();
    const store = await openOn(standIn);
    const stream = newStream();
    await store.append(sampleAppend({ stream, count: 9 }));
    standIn.faults.reads.push({ after: 3, does: 'drop' }, { after: 2, does: 'hang' });
    expect((await collectBatches(store.readStream(stream))).map(({ revision }) => revision)).toEqual([
      0, 1, 2, 3, 4, 5, 6, 7, 8,
    ]);
  });
});

describe('connecting to EventStoreDB', () => {
  it.each([
    ['several addresses', (port: number) => `esdb://127.0.0.1:${port},localhost:${port}?tls=false`],
    ['one name', (port: number) => `esdb+discover://localhost:${port}?tls=false`],
  ])('lives through an outage of a cluster in which nobody leads, by %s', async (_, address) => {
    const standIn = await start();
    const store = await open(address(standIn.port), { attempts: 2, answerMs: 5_000 });
    const seen = take(2, store.subscribe());
    await store.append(sampleAppend({ stream: newStream() }));
    await vi.waitFor(() => expect(standIn.subscribedFrom).toHaveLength(1));
    const { faults, gossiped } = standIn;
    faults.leaderless = true;
    const [asked, reading] = [gossiped(), collectBatches(store.readStream(newStream()))];
    const missed = expect(reading).rejects.toBeInstanceOf(StoreUnavailable);
    await vi.waitFor(() => expect(gossiped()).toBeGreaterThan(asked + 2), { timeout: 5_000 });
    faults.dropSubscriptions();
    await missed;
    faults.leaderless = false;
    await vi.waitFor(() => store.append(sampleAppend({ stream: newStream() })), { timeout: 20_000 });
    expect(await seen).toHaveLength(2);
  });

  it('asks for the leader with every call, and goes where it is, from any node', async () => {
    const leader = await start();
    const follower = await start({ log: leader.log, leaderPort: leader.port });
    const store = await openOn(follower);
    const append = sampleAppend({ stream: newStream(), count: 2 });
    await store.append(append);
    expect(await collectBatches(store.readStream(append.streamId))).toHaveLength(2);
    expect(await take(2, store.subscribe())).toHaveLength(2);
    const refused = [follower.received.length, follower.subscribedFrom.length];
    expect([leader.received.length, leader.subscribedFrom.length, ...refused]).toEqual([1, 1, 0, 0]);
  });

  it('finds the leader among several addresses, and behind one name', async () => {
    const leader = await start();
    const other = await start({ leaderPort: leader.port, log: leader.log });
    for (const address of [
      `esdb://127.0.0.1:${other.port},127.0.0.1:${other.port}?tls=false`,
      `esdb+discover://localhost:${other.port}?tls=false`,
    ]) {
      const store = await open(address);
      await store.append(sampleAppend({ stream: newStream() }));
      await store.close();
    }
    expect([other.received.length, leader.received.length]).toEqual([0, 2]);
    expect(other.gossiped()).toBeGreaterThan(1);
  });

  it('speaks TLS with the authority that it was given, and is let in by its password alone', async () => {
    const standIn = await start({ user: { name: 'satchel', password: 'a:b@c' } });
    const options = { upcasters: sampleUpcasters, patience: { ...HASTY, attempts: 2 }, caFile: STAND_IN_CERTIFICATE };
    const address = (password: string): string =>
      `esdb://satchel:${encodeURIComponent(password)}@localhost:${standIn.port}`;
    const store = await openEventStoreDb({ ...options, connectionString: address('a:b@c') });
    stores.push(store);
    await store.append(sampleAppend({ stream: newStream() }));
    await store.close();

    const refused = await openEventStoreDb({ ...options, connectionString: address('hunter2') }).catch(error => error);
    expect(refused).toBeInstanceOf(StoreMisconfigured);
    expect(refused.message).not.toContain('hunter2');
    const { caFile, ...unaware } = options;
    await expect(openEventStoreDb({ ...unaware, connectionString: address('a:b@c') })).rejects.toBeInstanceOf(
      StoreUnavailable,
    );
    await expect(
      openEventStoreDb({ ...options, caFile: '/nowhere.pem', connectionString: address('a:b@c') }),
    ).rejects.toThrow('/nowhere.pem');
  });

  it('says so when nobody answers', async () => {
    const standIn = await start();
    await standIn.stop();
    await expect(openOn(standIn, { attempts: 2 })).rejects.toBeInstanceOf(StoreUnavailable);
  });

  it('keeps to one address a process, and is free for another when it is closed', async () => {
    const [one, other] = [await start(), await start()];
    const store = await openOn(one);
    await expect(openOn(other)).rejects.toBeInstanceOf(StoreMisconfigured);
    await store.close();
    await openOn(other);
  });

  it('comes back when the server does', async () => {
    const standIn = await start();
    const store = await openOn(standIn, { attempts: 2 });
    await store.append(sampleAppend({ stream: newStream() }));
    const seen = take(2, store.subscribe());
    await standIn.stop();
    await expect(store.append(sampleAppend({ stream: newStream() }))).rejects.toMatchObject({
      code: expect.stringMatching(/^(STORE_UNAVAILABLE|OUTCOME_UNKNOWN)$/),
    });
    const again = await start({ port: standIn.port, log: standIn.log });
    await vi.waitFor(() => store.append(sampleAppend({ stream: newStream() })), { timeout: 20_000 });
    expect(await seen).toHaveLength(2);
    expect(again.received.length).toBeGreaterThan(0);
  });
});
