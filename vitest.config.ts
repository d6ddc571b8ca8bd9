import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: {
    // GraphQL must be loaded once: a second copy fails every `instanceof` check.
    alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }],
  },
  test: {
    name: 'laptop',
    include: ['tests/**/*.test.ts', 'src/**/*.test.ts'],
    // Browser tests need Chromium, and have a command of their own; so have those on the engines for many.
    exclude: ['tests/browser/**', 'tests/scaled/**', 'tests/bench/**', '**/node_modules/**'],
    // Bounds for what hangs: a machine may be slow, and busy with other files.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // The modules of Satchel are loaded and its schema is built once in a worker, not for each of its files: a file
    // leaves nothing behind (what it spies on, it restores).
    isolate: false,
    // One more than cores, as there is always a file that waits for a process or for time to pass; Vitest would take one
    // less, which is half of a small machine.
    maxWorkers: availableParallelism() + 1,
  },
});
