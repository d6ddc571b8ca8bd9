import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteEventStore } from '../../src/eventstore/sqlite/open.js';
import { describeEventStoreContract } from './eventStoreContract.js';
import { sampleUpcasters } from './sampleAppend.js';

describeEventStoreContract('the event store on SQLite', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'satchel-events-'));
  return {
    open: async (upcasters = sampleUpcasters) =>
      openSqliteEventStore({ file: join(directory, 'events.db'), upcasters }),
    remove: () => rm(directory, { recursive: true }),
  };
});
