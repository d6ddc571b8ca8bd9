import { defineConfig } from 'vitest/config';
import shared from './vitest.config.js';

// The scenarios again, their events on the stand-in for EventStoreDB: what they say must not depend on the store.
export default defineConfig({
  ...shared,
  test: {
    ...shared.test,
    env: { SATCHEL_TEST_STORE: 'standin' },
    // The one in `standin` sees to it that the others are where they should be.
    include: ['tests/standin/*.test.ts', 'tests/e2e/scenarios/*.test.ts'],
    exclude: [],
  },
});
