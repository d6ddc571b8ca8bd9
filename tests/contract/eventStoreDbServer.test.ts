import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEventStoreDb } from '../../src/eventstore/eventstoredb/open.js';
import { comparePositions, START } from '../../src/kernel/position.js';
import { type EventStoreDbStandIn, startEventStoreDbStandIn } from '../harness/eventStoreDbStandIn/standIn.js';
import { expectLikeModel } from '../property/likeModel.js';
import { beginningAt } from './beginningAt.js';
import { collectBatches } from './collect.js';
import { describeEventStoreContract, type StoreGround } from './eventStoreContract.js';
import { newStream, sampleAppend, sampleUpcasters } from './sampleAppend.js';

/** What must hold on one server that is there before the tests and after them, and keeps all that they write. */
function describeOnServer(name: string, address: () => string): void {
  const open = (upcasters = sampleUpcasters) => openEventStoreDb({ connectionString: address(), upcasters });
  const makeGround = async (): Promise<StoreGround> => {
    const store = await open();
    const start = await store.head();
    await store.close();
    return { open: async upcasters => beginningAt(start, await open(upcasters)), remove: async () => {} };
  };

  describeEventStoreContract(name, makeGround);

  describe(name, () => {
    it('answers as a list in memory would, whatever comes', { timeout: 120_000 }, () =>
      expectLikeModel(makeGround, {
        numRuns: 15,
        countsPositions: false,
        ordersStreams: false,
        knowsCommandsEverywhere: false,
      }),
    );

    it('reads from its first event on, and ends with those of this test', async () => {
      const store = await open();
      const before = await store.head();
      const append = sampleAppend({ stream: newStream(), count: 3 });
      await store.append(append);
      const all = await collectBatches(store.readAllRaw({ after: START }));
      const ours = all.filter(({ position }) => comparePositions(position, before) > 0);
      expect(ours.map(({ eventId }) => eventId)).toEqual(append.events.map(({ eventId }) => eventId));
      expect(all.length === ours.length).toBe(before === START);
      await store.close();
    });
  });
}

/** An address as `SATCHEL_EVENTSTORE` takes it. The server is written to; it may hold events, and nobody else writes. */
const connectionString = process.env.SATCHEL_TEST_EVENTSTOREDB;

if (connectionString) describeOnServer('the event store on EventStoreDB', () => connectionString);
else {
  describe('the event store on EventStoreDB', () => {
    it.skip('is tried when SATCHEL_TEST_EVENTSTOREDB holds the address of a server', () => {});
  });
}

// The same on a stand-in, which shows that a server of that kind can pass.
let standIn: EventStoreDbStandIn;
beforeAll(async () => {
  standIn = await startEventStoreDbStandIn();
  const store = await openEventStoreDb({ connectionString: standInAddress(), upcasters: sampleUpcasters });
  for (let index = 0; index < 40; index++) await store.append(sampleAppend({ stream: newStream(), count: 3 }));
  await store.close();
});
afterAll(() => standIn.stop());
const standInAddress = (): string => `esdb://127.0.0.1:${standIn.port}?tls=false`;
describeOnServer('the event store on one stand-in for all tests', standInAddress);
