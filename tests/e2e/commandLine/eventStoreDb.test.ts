import { randomBytes } from 'node:crypto';
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type EventStoreDbStandIn,
  STAND_IN_CERTIFICATE,
  startEventStoreDbStandIn,
} from '../../harness/eventStoreDbStandIn/standIn.js';
import { compileSatchel, type Ended, type SatchelProgram } from '../../harness/satchelProcess.js';

const PASSWORD = 'open-sesame-4711';
const INIT = ['init', '--county', '康县公安局', '--admin', '管理员甲'];

describe('the command line on EventStoreDB', () => {
  let program: SatchelProgram;
  let standIn: EventStoreDbStandIn;
  let scratch: string;
  let settings: Readonly<Record<string, string>>;
  let admin: string;

  const run = (args: readonly string[], more: Readonly<Record<string, string>> = {}) =>
    program.run(args, { ...settings, ...more });
  const address = (password = PASSWORD, port = standIn.port) => `esdb://admin:${password}@localhost:${port}`;

  beforeAll(async () => {
    program = await compileSatchel();
    standIn = await startEventStoreDbStandIn({ user: { name: 'admin', password: PASSWORD } });
    scratch = mkdtempSync(join(tmpdir(), 'satchel-on-eventstore-'));
    settings = {
      SATCHEL_DATA: join(scratch, 'data'),
      SATCHEL_PORT: '0',
      SATCHEL_MASTER_KEY: randomBytes(32).toString('base64'),
      SATCHEL_EVENTSTORE: address(),
      SATCHEL_EVENTSTORE_CA_FILE: STAND_IN_CERTIFICATE,
    };
  });
  afterAll(async () => {
    program.remove();
    rmSync(scratch, { recursive: true, force: true });
    await standIn.stop();
  });

  it('init records there, and not in the data directory', async () => {
    const { code, stdout, stderr } = await run(INIT);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    admin = /Administrator (officer-\S+)/.exec(stdout)?.[1] ?? '';
    expect(standIn.log.events.map(({ streamId }) => streamId)).toContain(admin);
    expect(existsSync(join(settings.SATCHEL_DATA as string, 'events.db'))).toBe(false);
    expect(await run(INIT)).toMatchObject({ code: 1, stderr: expect.stringContaining('the event store holds events') });
  });

  it('serve serves what is there, and token works beside it', async () => {
    const serving = program.start(['serve'], { ...settings, SATCHEL_LOG_LEVEL: 'warn' });
    const url = await serving.url;
    const issued = await run(['token', admin]);
    expect(issued).toMatchObject({ code: 0, stderr: '' });
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${issued.stdout.trim()}` },
      body: JSON.stringify({ query: '{ viewer { role orgUnit { name } } projections { current } }' }),
    });
    const { data } = (await response.json()) as { data: { projections: { current: boolean }[] } };
    expect(data).toMatchObject({ viewer: { role: 'ADMIN', orgUnit: { name: '康县公安局' } } });
    expect(data.projections.every(({ current }) => current)).toBe(true);
    expect(await (await fetch(`${url}/readyz`)).json()).toMatchObject({
      ready: true,
      parts: expect.objectContaining({ officer: { state: 'UP_TO_DATE', text: '0 bytes behind' } }),
    });
    serving.child.kill('SIGTERM');
    expect(await serving.ended).toMatchObject({ code: 0, stderr: '' });
    expect(await run(['token', 'officer-019f0000-0000-7000-8000-000000000000'])).toMatchObject({ code: 1 });
  });

  it('rebuild prints the digests, equal to those before', async () => {
    const { code, stdout, stderr } = await run(['rebuild']);
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: expect.stringMatching(/Rebuilding: (\d+) of \1 bytes\nWhat was built is served now;.*\n$/),
    });
    for (const line of stdout.trim().split('\n')) expect(line).toMatch(/^[0-9a-f]{64} {2}\w+ {2}as before$/);
  });

  /** One line of words, without a stack and without the password. */
  const refused = async (ending: Promise<Ended>, ...says: readonly string[]) => {
    const { code, stdout, stderr } = await ending;
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    for (const word of says) expect(stderr).toContain(word);
    expect(stderr).not.toMatch(/^\s+at |node_modules|\.mjs:\d/m);
    expect(stderr).not.toMatch(/sesame|b3Blbi1zZXNhbWU|YWRtaW46/);
  };

  it.each([
    ['serve', ['serve']],
    ['init', INIT],
    ['token', ['token', 'officer-1']],
    ['rebuild', ['rebuild']],
    ['fsck', ['fsck']],
  ])('%s says what is wrong with the server, and not the password', async (_name, args) => {
    const trace = { SATCHEL_LOG_LEVEL: 'trace' };
    const other = { SATCHEL_EVENTSTORE: address('sesame-of-another'), ...trace };
    await refused(run(args, other), `esdb://localhost:${standIn.port} refuses the user`);
    const nobody = { SATCHEL_EVENTSTORE: address(PASSWORD, 1), ...trace };
    await refused(run(args, nobody), 'esdb://localhost:1 cannot be read', 'SATCHEL_EVENTSTORE');
    const noFile = { SATCHEL_EVENTSTORE_CA_FILE: join(scratch, 'missing.pem'), ...trace };
    await refused(run(args, noFile), join(scratch, 'missing.pem'));
    const badAddress = { SATCHEL_EVENTSTORE: `esdb://admin:${PASSWORD}#@127.0.0.1`, ...trace };
    await refused(run(args, badAddress), 'SATCHEL_EVENTSTORE is no address');
  });

  it('demo keeps to a store of its own', async () => {
    const demo = program.start(['demo', '--size', '0'], { ...settings, SATCHEL_EVENTSTORE: address(PASSWORD, 1) });
    const before = standIn.log.events.length;
    expect((await fetch(`${await demo.url}/readyz`)).status).toBe(200);
    demo.child.kill('SIGTERM');
    expect((await demo.ended).code).toBe(0);
    expect(standIn.log.events.length).toBe(before);
  });

  it('a vault or a read model of the other store is refused, and left as it is', async () => {
    const { SATCHEL_EVENTSTORE: _address, SATCHEL_EVENTSTORE_CA_FILE: _file, ...embedded } = settings;
    const own = { ...embedded, SATCHEL_DATA: join(scratch, 'own') };
    expect((await program.run(INIT, own)).code).toBe(0);
    const served = () => run(['serve'], { SATCHEL_DATA: own.SATCHEL_DATA });
    await refused(served(), join(own.SATCHEL_DATA, 'vault.db'), 'does not belong to these events');
    copyFileSync(join(settings.SATCHEL_DATA as string, 'vault.db'), join(own.SATCHEL_DATA, 'vault.db'));
    await refused(served(), join(own.SATCHEL_DATA, 'readmodel.db'), 'satchel rebuild --from-nothing');
  });
});
