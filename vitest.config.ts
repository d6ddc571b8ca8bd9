import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: {
    // GraphQL must be loaded once: a second copy fails every `instanceof` check.
    alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }],
  },
  test: {
    include: ['tests/**/*.test.ts', 'src/**/*.test.ts'],
    // Browser tests need Chromium, and have a command of their own; so have those on the engines for many.
    exclude: ['tests/browser/**', 'tests/scaled/**', 'tests/bench/**', '**/node_modules/**'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
