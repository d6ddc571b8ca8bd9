import { defineConfig } from 'vitest/config';

/** Both pairs of engines in one run, so that no core rests while the last file of one of them goes on. */
export default defineConfig({ test: { projects: ['vitest.config.ts', 'vitest.scaled.config.ts'] } });
