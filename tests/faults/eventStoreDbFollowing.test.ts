import { status } from '@grpc/grpc-js';
import { describe, expect, it, vi } from 'vitest';
import { StoreUnavailable } from '../../src/eventstore/errors.js';
import { collectBatches, take } from '../contract/collect.js';
import { newStream, sampleAppend } from '../contract/sampleAppend.js';
import { failure, type ReadFault } from '../harness/eventStoreDbStandIn/faults.js';
import { addressOf, standInsPerTest } from '../harness/eventStoreDbStandIn/standInsPerTest.js';

const { start, open, openOn } = standInsPerTest();

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
    const observer = { groupWritten: () => undefined, reconnecting };
    const store = await open(addressOf(standIn), { silenceMs: 50 }, { observer });
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
