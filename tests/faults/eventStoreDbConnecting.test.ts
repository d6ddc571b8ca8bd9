import { describe, expect, it, vi } from 'vitest';
import { StoreMisconfigured, StoreUnavailable } from '../../src/eventstore/errors.js';
import { collectBatches, take } from '../contract/collect.js';
import { newStream, sampleAppend } from '../contract/sampleAppend.js';
import { STAND_IN_CERTIFICATE } from '../harness/eventStoreDbStandIn/standIn.js';
import { standInsPerTest } from '../harness/eventStoreDbStandIn/standInsPerTest.js';

const { start, open, openOn } = standInsPerTest();

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
    const openWith = (password: string, options: { caFile?: string } = { caFile: STAND_IN_CERTIFICATE }) =>
      open(`esdb://satchel:${encodeURIComponent(password)}@localhost:${standIn.port}`, { attempts: 2 }, options);
    const store = await openWith('a:b@c');
    await store.append(sampleAppend({ stream: newStream() }));
    await store.close();

    const refused = await openWith('hunter2').catch(error => error);
    expect(refused).toBeInstanceOf(StoreMisconfigured);
    expect(refused.message).not.toContain('hunter2');
    await expect(openWith('a:b@c', {})).rejects.toBeInstanceOf(StoreUnavailable);
    await expect(openWith('a:b@c', { caFile: '/nowhere.pem' })).rejects.toThrow('/nowhere.pem');
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
