import { defineConfig } from 'vitest/config';
import shared from './vitest.config.js';

// The scenarios and the tests of everyday work, of subscriptions and of operating again, events on the stand-in for
// EventStoreDB and read models on PostgreSQL: what they say must not depend on the engines.
export default defineConfig({
  ...shared,
  test: {
    ...shared.test,
    name: 'scaled',
    env: { SATCHEL_TEST_ENGINES: 'scaled' },
    globalSetup: 'tests/harness/postgresForAll.ts',
    // The one in `scaled` sees to it that the others are where they should be.
    include: [
      'tests/scaled/*.test.ts',
      'tests/e2e/{scenarios,everyday,mediation,subscriptions,operating}/*.test.ts',
      'tests/e2e/backup/underLoad.test.ts',
      'tests/faults/{clockBack,otherHistory,parking,policies,putBack,rebuild,rebuildProcess,subscribersKilled}.test.ts',
    ],
    exclude: [],
  },
});
