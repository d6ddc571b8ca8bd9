import { defineConfig, mergeConfig } from 'vitest/config';
import base from './vitest.config.js';

/** What needs a browser: not part of `npm test`, since Chromium does not come with npm. */
export default mergeConfig(
  { resolve: base.resolve, test: { testTimeout: 60_000, hookTimeout: 60_000 } },
  defineConfig({ test: { include: ['tests/browser/**/*.test.ts'], fileParallelism: false } }),
);
