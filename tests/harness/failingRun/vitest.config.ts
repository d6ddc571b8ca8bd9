import { defineConfig } from 'vitest/config';

/** A run beside PostgreSQL, as that of the tests is, of a test that fails. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['fails.ts'],
    globalSetup: '../postgresForAll.ts',
  },
});
