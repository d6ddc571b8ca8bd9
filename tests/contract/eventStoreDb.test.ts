import { openEventStoreDb } from '../../src/eventstore/eventstoredb/open.js';
import { startEventStoreDbStandIn } from '../harness/eventStoreDbStandIn/standIn.js';
import { describeEventStoreContract } from './eventStoreContract.js';
import { sampleUpcasters } from './sampleAppend.js';

for (const batchAppend of [true, false]) {
  describeEventStoreContract(
    `the event store on the EventStoreDB stand-in, batch append ${batchAppend ? 'on' : 'off'}`,
    async () => {
      const standIn = await startEventStoreDbStandIn({ batchAppend });
      return {
        open: (upcasters = sampleUpcasters) =>
          openEventStoreDb({ connectionString: `esdb://127.0.0.1:${standIn.port}?tls=false`, upcasters }),
        remove: () => standIn.stop(),
      };
    },
  );
}
