import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ALL_ROLES } from '../../../src/access/roles.js';
import { compileSatchel, type SatchelProcess, type SatchelProgram } from '../../harness/satchelProcess.js';

const LOADS_WITHIN = 120_000;

let program: SatchelProgram;
let scratch: string;
let started: SatchelProcess[];

beforeAll(async () => {
  program = await compileSatchel();
});
afterAll(() => program.remove());
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'satchel-demo-test-'));
  started = [];
});
afterEach(async () => {
  for (const { child, ended } of started) {
    child.kill('SIGKILL');
    await ended;
  }
  rmSync(scratch, { recursive: true, force: true });
});

/** Engines of real work, where nobody answers: a demo that tried to use them would not start. */
const ELSEWHERE = {
  SATCHEL_EVENTSTORE: 'esdb://127.0.0.1:1?tls=false',
  SATCHEL_DATABASE: 'postgres://satchel:secret@127.0.0.1:1/satchel',
};

/** The demo with its temporary files in the scratch directory, on any free port. */
function demo(...args: readonly string[]): SatchelProcess {
  const process = program.start(['--port', '0', ...args], { TMPDIR: scratch, SATCHEL_LOG_LEVEL: 'warn', ...ELSEWHERE });
  started.push(process);
  return process;
}

async function ask(url: string, token: string, query: string) {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query }),
  });
  return (await response.json()) as { data?: unknown; errors?: unknown };
}

/** Tokens by role, as they were printed. */
const tokensIn = (stdout: string): ReadonlyMap<string, string> =>
  new Map([...stdout.matchAll(/^([A-Z_]+): .*\n(\S+)$/gm)].map(([, role, token]) => [role ?? '', token ?? '']));

/** With the role to ask each in. */
const queriesIn = (stdout: string): readonly (readonly [role: string, query: string])[] =>
  [...stdout.matchAll(/^# (?:([A-Z_]+): )?.*\n(query [\s\S]*?)\n\n/gm)].map(
    ([, role, query]) => [role ?? 'COUNTY_CHIEF', query ?? ''] as const,
  );

describe('satchel demo', () => {
  it(
    'prints a token of every role and queries that answer, and leaves nothing behind',
    async () => {
      const { child, url, said, ended } = demo('demo', '--size', '0');
      const address = await url;
      const [printed] = await said(/[\s\S]*Ctrl-C ends it/);
      const tokens = tokensIn(printed);
      expect([...tokens.keys()].sort()).toEqual([...ALL_ROLES].sort());
      for (const [role, token] of tokens)
        expect(await ask(address, token, '{ viewer { role } }')).toEqual({ data: { viewer: { role } } });
      const queries = queriesIn(printed);
      expect(queries.length).toBeGreaterThanOrEqual(4);
      expect(queries).toContainEqual(['OFFICER', expect.stringContaining('myDay')]);
      for (const [role, query] of queries)
        expect((await ask(address, tokens.get(role) ?? '', query)).errors).toBeUndefined();

      expect(readdirSync(scratch)).toHaveLength(1);
      child.kill('SIGINT');
      expect(await ended).toMatchObject({ code: 0, stdout: expect.stringContaining('Ended.') });
      expect(readdirSync(scratch)).toEqual([]);
    },
    LOADS_WITHIN,
  );

  it('leaves nothing behind either when it is interrupted while it loads', async () => {
    const { child, ended } = demo('demo');
    await once(child.stderr, 'data');
    expect(readdirSync(scratch)).toHaveLength(1);
    child.kill('SIGINT');
    expect((await ended).code).toBe(130);
    expect(readdirSync(scratch)).toEqual([]);
  });

  it(
    'keeps the county where --data says, and goes on with it',
    async () => {
      const data = join(scratch, 'kept');
      const first = demo('--data', data, 'demo', '--size', '0');
      await once(first.child.stderr, 'data');
      first.child.kill('SIGKILL');
      await first.ended;

      const second = demo('--data', data, 'demo', '--size', '0');
      await second.said(/Ctrl-C ends it/);
      second.child.kill('SIGINT');
      const loaded = await second.ended;
      const third = demo('--data', data, 'demo', '--size', '0');
      await third.said(/Ctrl-C ends it/);
      third.child.kill('SIGINT');
      const again = await third.ended;

      const eventsIn = (stdout: string) => /of (\d+) events/.exec(stdout)?.[1];
      expect(eventsIn(again.stdout)).toBe(eventsIn(loaded.stdout));
      expect(loaded.stderr).toContain('Recording the sample county');
      expect(again.stderr).toBe('');
      expect(existsSync(join(data, 'events.db'))).toBe(true);
    },
    LOADS_WITHIN,
  );

  it(
    'serves nothing before read models that were deleted are there again',
    async () => {
      const data = join(scratch, 'kept');
      const first = demo('--data', data, 'demo', '--size', '0');
      await first.said(/Ctrl-C ends it/);
      first.child.kill('SIGINT');
      const events = /of (\d+) events/.exec((await first.ended).stdout)?.[1];
      for (const name of readdirSync(data)) if (name.startsWith('readmodel.db')) rmSync(join(data, name));

      const again = demo('--data', data, 'demo');
      const address = await again.url;
      const [printed] = await again.said(/[\s\S]*?Tokens[\s\S]*?AUDITOR: .*\n\S+\n/);
      const answer = await ask(address, tokensIn(printed).get('AUDITOR') ?? '', '{ disputes(first: 1) { readAt } }');
      expect(answer).toEqual({ data: { disputes: { readAt: events } } });
    },
    LOADS_WITHIN,
  );

  it.each(['many', '-1', '1.5', '999999'])('says what --size may be, instead of %s', async size => {
    const { code, stderr } = await demo('demo', '--size', size).ended;
    expect(code).toBe(1);
    expect(stderr).toBe('satchel: --size must be a whole number of commands from 0 to 200000\n');
  });

  it('touches no directory that holds other events', async () => {
    const data = join(scratch, 'real');
    mkdirSync(data);
    writeFileSync(join(data, 'events.db'), 'of somebody else');
    const { code, stderr } = await demo('--data', data, 'demo').ended;
    expect(code).toBe(1);
    expect(stderr).toContain('holds events already');
    expect(readdirSync(data)).toEqual(['events.db']);
  });

  it('does not begin to load when its port is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as { port: number };
    const { code, stderr } = await demo('--port', String(port), 'demo').ended;
    expect(code).toBe(1);
    expect(stderr).toContain(String(port));
    expect(stderr).not.toContain('Recording');
    expect(readdirSync(scratch)).toEqual([]);
    taken.close();
  });
});
