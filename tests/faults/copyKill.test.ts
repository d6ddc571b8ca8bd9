import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openEventStoreDb } from '../../src/eventstore/eventstoredb/open.js';
import type { EventStore } from '../../src/eventstore/port.js';
import { openSqliteEventStore } from '../../src/eventstore/sqlite/open.js';
import { EVENTS_FILE } from '../../src/server/openEvents.js';
import { collectBatches } from '../contract/collect.js';
import { newStream, sampleAppend, sampleUpcasters } from '../contract/sampleAppend.js';
import { type EventStoreDbStandIn, startEventStoreDbStandIn } from '../harness/eventStoreDbStandIn/standIn.js';
import { compileSatchel, type SatchelProcess, type SatchelProgram } from '../harness/satchelProcess.js';

/** So many that each tenth of them is a batch at least. */
const COMMANDS = 2_500;
const EVENTS = 2 * COMMANDS;
const KILLED_AT = [1, 4, 8];

describe('a copy in a process of its own', () => {
  let program: SatchelProgram;
  let scratch: string;
  let standIn: EventStoreDbStandIn;
  const server = () => `esdb://127.0.0.1:${standIn.port}?tls=false`;
  const directory = (name: string) => join(scratch, name);

  beforeAll(async () => {
    program = await compileSatchel();
  });
  afterAll(() => program.remove());
  beforeEach(async () => {
    scratch = mkdtempSync(join(tmpdir(), 'satchel-copy-kill-'));
    standIn = await startEventStoreDbStandIn();
  });
  afterEach(async () => {
    await standIn.stop();
    rmSync(scratch, { recursive: true, force: true });
  });

  /** A store as a copy names it, open for as long as the work takes. */
  const withStore = async <Result>(name: string, work: (store: EventStore) => Promise<Result>): Promise<Result> => {
    const store = name.startsWith('esdb:')
      ? await openEventStoreDb({ connectionString: name, upcasters: sampleUpcasters })
      : openSqliteEventStore({ file: join(name, EVENTS_FILE), upcasters: sampleUpcasters });
    try {
      return await work(store);
    } finally {
      await store.close();
    }
  };
  const fill = (name: string) =>
    withStore(name, store =>
      store.appendInOrder(Array.from({ length: COMMANDS }, () => sampleAppend({ stream: newStream(), count: 2 }))),
    );
  const contents = (name: string) =>
    withStore(name, async store =>
      (await collectBatches(store.readAllRaw())).map(({ position, type, bytes, ...event }) => ({
        ...event,
        bytes: bytes.toString(),
      })),
    );

  /** Once it says that it is so many tenths through with a phase. */
  const atTenths = ({ child }: SatchelProcess, phase: string, tenths: number): Promise<void> =>
    new Promise(resolve => {
      let said = '';
      child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
        said += chunk;
        const last = [...said.matchAll(new RegExp(`^${phase}: (\\d+) of (\\d+) `, 'gm'))].at(-1);
        if (last && Number(last[1]) / Number(last[2]) >= tenths / 10) resolve();
      });
    });

  it.each([
    ['SQLite to EventStoreDB', () => [directory('from'), server()]],
    ['EventStoreDB to SQLite', () => [server(), directory('to')]],
    ['SQLite to SQLite', () => [directory('from'), directory('to')]],
  ])('goes on when it is started again, and repeats nothing: %s', { timeout: 120_000 }, async (_name, stores) => {
    const [from, to] = stores() as [string, string];
    await fill(from);
    const original = await contents(from);
    const args = ['copy', '--from', from, '--to', to];
    let before = 0;
    for (const tenths of KILLED_AT) {
      const copying = program.start(args, {});
      await atTenths(copying, 'Copying', tenths);
      copying.child.kill('SIGKILL');
      expect(await copying.ended).toMatchObject({ code: null, signal: 'SIGKILL' });
      const there = await contents(to);
      expect(there).toEqual(original.slice(0, there.length));
      // Positions of an EventStoreDB do not count events, so there a kill may come before the first new one.
      expect(there.length).toBeGreaterThanOrEqual(before);
      expect(there.length).toBeLessThan(EVENTS);
      before = there.length;
    }
    expect(before).toBeGreaterThan(0);
    const { code, stdout } = await program.run(args, {});
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/^[0-9a-f]{64} {2}5000 events, /) });
    expect(await contents(to)).toEqual(original);
    expect(await program.run(args, {})).toMatchObject({ code: 0, stdout });
  });

  it('says which events the source took in meanwhile, and goes on with them', { timeout: 120_000 }, async () => {
    const [from, to] = [directory('from'), directory('to')];
    await fill(from);
    const args = ['copy', '--from', from, '--to', to];
    const copying = program.start(args, {});
    await atTenths(copying, 'Comparing both sides', 0);
    copying.child.kill('SIGSTOP');
    await withStore(from, store => store.append(sampleAppend({ stream: 'dispute-late', count: 3 })));
    copying.child.kill('SIGCONT');
    const { code, stdout, stderr } = await copying.ended;
    expect({ code, stdout }).toEqual({ code: 1, stdout: expect.stringContaining('5000 events, the same') });
    expect(stderr).toContain(
      'took in 3 events after those (the first is revision 0 of dispute-late, at position 5001). End what writes',
    );
    expect(await program.run(args, {})).toMatchObject({ code: 0, stdout: expect.stringContaining('5003 events') });
  });

  it('ends at Ctrl-C, says that it can go on, and does', { timeout: 120_000 }, async () => {
    const [from, to] = [directory('from'), server()];
    await fill(from);
    const args = ['copy', '--from', from, '--to', to];
    const copying = program.start(args, {});
    await atTenths(copying, 'Copying', 2);
    copying.child.kill('SIGINT');
    const { code, stdout, stderr } = await copying.ended;
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^satchel: stopped; the same command goes on from where it was$/m);
    expect((await contents(to)).length).toBeGreaterThan(0);
    expect((await contents(to)).length).toBeLessThan(EVENTS);
    expect(await program.run(args, {})).toMatchObject({ code: 0 });
    expect(await contents(to)).toEqual(await contents(from));
  });
});
