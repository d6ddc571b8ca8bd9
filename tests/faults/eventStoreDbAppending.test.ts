import { status } from '@grpc/grpc-js';
import { describe, expect, it, vi } from 'vitest';
import {
  AppendTooLarge,
  CommandIdTaken,
  OutcomeUnknown,
  StoreCorrupt,
  StoreUnavailable,
} from '../../src/eventstore/errors.js';
import { LARGEST_APPEND_BYTES, LARGEST_EVENT_BYTES } from '../../src/eventstore/eventstoredb/open.js';
import { collectBatches } from '../contract/collect.js';
import { newStream, sampleAppend } from '../contract/sampleAppend.js';
import { failure, notReady } from '../harness/eventStoreDbStandIn/faults.js';
import { standInsPerTest } from '../harness/eventStoreDbStandIn/standInsPerTest.js';

const { start, openOn } = standInsPerTest();

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
