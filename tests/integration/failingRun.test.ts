import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';

const ARGS = ['node_modules/vitest/vitest.mjs', 'run', '--config', 'tests/harness/failingRun/vitest.config.ts'];

it.each([
  { fails: 'yes', says: '1 failed', code: 1 },
  { fails: 'no', says: '1 passed', code: 0 },
])('a run of tests beside PostgreSQL ends with $code when $says', async ({ fails, says, code }) => {
  const run = spawn(process.execPath, ARGS, { stdio: 'pipe', env: { ...process.env, FAILS: fails } });
  const [stdout, stderr, [ended]] = await Promise.all([text(run.stdout), text(run.stderr), once(run, 'close')]);
  expect(stdout).toContain(says);
  expect(ended).toBe(code);
  expect(stderr).not.toContain('is not a function');
});
