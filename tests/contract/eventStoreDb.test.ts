import { describe, it } from 'vitest';
import { openEventStoreDb } from '../../src/eventstore/eventstoredb/open.js';
import { startEventStoreDbStandIn } from '../harness/eventStoreDbStandIn/standIn.js';
import { expectLikeModel } from '../property/likeModel.js';
import { describeEventStoreContract, type StoreGround } from './eventStoreContract.js';
import { sampleUpcasters } from './sampleAppend.js';

for (const batchAppend of [true, false]) {
  const name = `the event store on the EventStoreDB stand-in, batch append ${batchAppend ? 'on' : 'off'}`;
  const makeGround = async (): Promise<StoreGround> => {
    const standIn = await startEventStoreDbStandIn({ batchAppend });
    return {
      open: (upcasters = sampleUpcasters) =>
        openEventStoreDb({ connectionString: `esdb://127.0.0.1:${standIn.port}?tls=false`, upcasters }),
      remove: () => standIn.stop(),
    };
  };

  describeEventStoreContract(name, makeGround);

  describe(name, () => {
    it('answers as a list in memory would, whatever comes', () =>
      expectLikeModel(makeGround, {
        numRuns: 15,
        countsPositions: false,
        ordersStreams: false,
        knowsCommandsEverywhere: false,
      }));
  });
}
