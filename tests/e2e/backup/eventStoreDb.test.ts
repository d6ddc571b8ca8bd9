import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openSqliteEventStore } from '../../../src/eventstore/sqlite/open.js';
import { newStream, sampleAppend, sampleUpcasters } from '../../contract/sampleAppend.js';
import { type EventStoreDbStandIn, startEventStoreDbStandIn } from '../../harness/eventStoreDbStandIn/standIn.js';
import { newMasterKey } from '../../harness/satchelPlace.js';
import { compileSatchel, type Ended, type SatchelProgram, whenTold } from '../../harness/satchelProcess.js';

/** So many that a signal comes in the middle of a copy. */
const COMMANDS = 2_000;
const INIT = ['init', '--county', '康县公安局', '--admin', '管理员甲'];

describe('a backup restored onto EventStoreDB', () => {
  const masterKey = newMasterKey();
  let program: SatchelProgram;
  let scratch: string;
  let backup: string;
  let events: number;
  let standIn: EventStoreDbStandIn;
  let data: string;
  let settings: Readonly<Record<string, string>>;

  const restore = (...options: string[]) => program.run(['restore', backup, ...options], settings);
  const recorded = () => standIn.log.events.filter(({ streamId }) => !streamId.startsWith('$'));
  const refused = ({ code, stdout, stderr }: Ended, ...says: string[]) => {
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    for (const word of says) expect(stderr).toContain(word);
    expect(stderr).not.toMatch(/^\s+at |node_modules|\.mjs:\d/m);
  };
  beforeAll(async () => {
    program = await compileSatchel();
    scratch = mkdtempSync(join(tmpdir(), 'satchel-restore-'));
    const [source, file] = [
      { SATCHEL_DATA: join(scratch, 'source'), SATCHEL_MASTER_KEY: masterKey },
      'source/events.db',
    ];
    expect((await program.run(INIT, source)).code).toBe(0);
    const store = openSqliteEventStore({ file: join(scratch, file), upcasters: sampleUpcasters, disposable: true });
    await store.appendInOrder(
      Array.from({ length: COMMANDS }, () => sampleAppend({ stream: newStream('letter'), count: 2 })),
    );
    events = Number(await store.head());
    await store.close();
    backup = join(scratch, 'backup');
    expect((await program.run(['backup', backup], source)).code).toBe(0);
  });
  afterAll(() => {
    program.remove();
    rmSync(scratch, { recursive: true, force: true });
  });
  beforeEach(async () => {
    standIn = await startEventStoreDbStandIn();
    data = join(mkdtempSync(join(scratch, 'test-')), 'data');
    settings = {
      SATCHEL_DATA: data,
      SATCHEL_MASTER_KEY: masterKey,
      SATCHEL_EVENTSTORE: `esdb://127.0.0.1:${standIn.port}?tls=false`,
    };
  });
  afterEach(() => standIn.stop());

  const stopped = (signal: 'SIGINT' | 'SIGKILL') => {
    const running = program.start(['restore', backup], settings);
    whenTold(running, /^Copying/m, () => running.child.kill(signal));
    return running.ended;
  };
  const isPart = () => {
    expect(recorded().length).toBeGreaterThan(0);
    expect(recorded().length).toBeLessThan(events);
    expect(existsSync(join(data, 'vault.db'))).toBe(false);
  };
  const isWhole = () => {
    expect(recorded().length).toBe(events);
    expect(readdirSync(data).sort()).toEqual(['control.db', 'vault.db']);
  };

  it('is there whole, and fits', async () => {
    expect(await restore()).toMatchObject({ code: 0, stdout: expect.stringContaining(`  ${events} events`) });
    isWhole();
    // What is in its letters is made up; everything else is as it must be.
    const { stdout } = await program.run(['fsck'], settings);
    expect(stdout).toContain(`${2 * COMMANDS}  DATA`);
    expect(stdout).not.toMatch(/\d {2}(?!DATA)[A-Z_]{4,}/);
  });

  it('that was stopped by Ctrl-C goes on with --resume, and only with it', { timeout: 60_000 }, async () => {
    refused(await stopped('SIGINT'), 'with --resume goes on from there');
    isPart();
    const there = recorded().length;
    refused(await restore(), 'holds events already', '--resume');
    expect(recorded().length).toBe(there);
    expect((await restore('--resume')).code).toBe(0);
    isWhole();
  });

  it('that was killed says what it left behind, and goes on without that', { timeout: 60_000 }, async () => {
    expect((await stopped('SIGKILL')).signal).toBe('SIGKILL');
    isPart();
    const [left] = readdirSync(data);
    refused(await restore('--resume'), `${join(data, left!)}: is left by a restore that was cut off`);
    rmSync(join(data, left!), { recursive: true });
    expect((await restore('--resume')).code).toBe(0);
    isWhole();
  });

  it('is refused where there are other events, with --resume too', async () => {
    expect((await program.run(INIT, { ...settings, SATCHEL_DATA: join(data, '../other') })).code).toBe(0);
    const there = recorded().length;
    refused(await restore(), 'The event store holds events already', 'SATCHEL_EVENTSTORE');
    expect(existsSync(data)).toBe(false);
    refused(await restore('--resume'), 'The target holds other events');
    expect(recorded().length).toBe(there);
    expect(existsSync(data)).toBe(false);
  });

  it('leaves alone what has come meanwhile', { timeout: 60_000 }, async () => {
    const running = program.start(['restore', backup], settings);
    const vault = join(data, 'vault.db');
    whenTold(running, /^Copying/m, () => writeFileSync(vault, 'of another'));
    refused(await running.ended, `${vault}: has come meanwhile`);
    expect(readFileSync(vault, 'utf8')).toBe('of another');
  });

  it('says so when the server goes away in between, and leaves no file', { timeout: 60_000 }, async () => {
    const running = program.start(['restore', backup], settings);
    whenTold(running, /^Copying/m, () => standIn.stop());
    refused(await running.ended, `esdb://127.0.0.1:${standIn.port}`, '--resume');
    expect(existsSync(data)).toBe(false);
  });

  it('is taken from there, and goes back onto SQLite', async () => {
    expect((await restore()).code).toBe(0);
    const folder = join(data, '../again');
    const taken = await program.run(['backup', folder], settings);
    expect(taken).toMatchObject({ code: 0, stdout: expect.stringMatching(/up to position \d+\/\d+$/m) });
    const [digest] = /^[0-9a-f]{64}/.exec(taken.stdout)!;
    const { SATCHEL_EVENTSTORE: _address, ...embedded } = settings;
    const back = await program.run(['restore', folder], { ...embedded, SATCHEL_DATA: join(data, '../back') });
    expect(back).toMatchObject({ code: 0, stdout: expect.stringContaining(digest) });
    expect(readdirSync(join(data, '../back')).sort()).toEqual(['control.db', 'events.db', 'vault.db']);
  });
});
