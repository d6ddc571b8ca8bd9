import { describe, it } from 'vitest';
import { openEventStoreDb } from '../../src/eventstore/eventstoredb/open.js';
import { describeEventStoreContract } from './eventStoreContract.js';
import { sampleUpcasters } from './sampleAppend.js';

/** An address as `SATCHEL_EVENTSTORE` takes it, of a server without events: it is written to. */
const connectionString = process.env.SATCHEL_TEST_EVENTSTOREDB;

if (connectionString) {
  describeEventStoreContract('the event store on EventStoreDB', async () => ({
    open: (upcasters = sampleUpcasters) => openEventStoreDb({ connectionString, upcasters }),
    remove: async () => {},
  }));
} else {
  describe('the event store on EventStoreDB', () => {
    it.skip('is tried when SATCHEL_TEST_EVENTSTOREDB holds the address of a server', () => {});
  });
}
