import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';

it('a run of tests beside PostgreSQL says by its exit code that one of them failed', async () => {
  const args = ['node_modules/vitest/vitest.mjs', 'run', '--config', 'tests/harness/failingRun/vitest.config.ts'];
  const run = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  const [said, [code]] = await Promise.all([text(run.stdout), once(run, 'close')]);
  expect(said).toContain('1 failed');
  expect(code).toBe(1);
});
