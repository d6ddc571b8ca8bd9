import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEventStoreDbStandIn } from '../../harness/eventStoreDbStandIn/standIn.js';
import { startHangingPostgresStandIn } from '../../harness/hangingPostgresStandIn.js';
import { startPostgres, type TestPostgres } from '../../harness/postgres.js';
import { compileSatchel, type SatchelProgram } from '../../harness/satchelProcess.js';

const SECRET = 'open-sesame-4711';

// All at once: most of them wait for nothing but the end of a process's patience, which is up to twenty seconds.
describe.concurrent('engines that cannot be used', () => {
  let program: SatchelProgram;
  let postgres: TestPostgres;
  let scratch: string;
  /** Takes connections and never says a word. */
  let mute: Server;
  const mutePort = () => (mute.address() as AddressInfo).port;

  beforeAll(async () => {
    program = await compileSatchel();
    postgres = await startPostgres();
    scratch = mkdtempSync(join(tmpdir(), 'satchel-unusable-'));
    mute = createServer(() => {});
    await new Promise<void>(resolve => mute.listen({ host: '127.0.0.1', port: 0 }, resolve));
  }, 60_000);
  afterAll(async () => {
    program.remove();
    mute.close();
    await postgres.stop();
    rmSync(scratch, { recursive: true, force: true });
  });

  /** It ends by itself, says why in words and without a password, and has made nothing. */
  const refused = async (settings: Readonly<Record<string, string>>, ...says: readonly string[]): Promise<void> => {
    const data = join(mkdtempSync(join(scratch, 'test-')), 'data');
    const { code, stdout, stderr } = await program.run(['serve'], {
      SATCHEL_DATA: data,
      SATCHEL_PORT: '0',
      SATCHEL_MASTER_KEY: randomBytes(32).toString('base64'),
      SATCHEL_LOG_LEVEL: 'trace',
      ...settings,
    });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    for (const word of says) expect(stderr).toContain(word);
    expect(stderr).not.toMatch(/^\s+at |node_modules|\.mjs:\d/m);
    expect(stderr).not.toMatch(/sesame|w%C3%B6rd|wörd/);
    for (const file of ['readmodel.db', 'events.db', 'vault.db']) expect(existsSync(join(data, file))).toBe(false);
  };

  it('EventStoreDB with an option that is not known', () =>
    refused(
      { SATCHEL_EVENTSTORE: `esdb://admin:${SECRET}@localhost:2113?tsl=false` },
      'SATCHEL_EVENTSTORE is no address',
      'an option that is not known; there are tls,',
    ));

  it('PostgreSQL at an address without a database, or where nobody listens', async () => {
    await refused(
      { SATCHEL_DATABASE: `postgres://satchel:${SECRET}@127.0.0.1` },
      'SATCHEL_DATABASE must be postgres://',
    );
    await refused(
      { SATCHEL_DATABASE: `postgres://satchel:${SECRET}@127.0.0.1:1/satchel` },
      'postgres://satchel@127.0.0.1:1/satchel',
      'cannot be reached',
    );
  });

  it('PostgreSQL for the control store alone, where nobody listens', async () => {
    await refused(
      { SATCHEL_CONTROL: `postgres://satchel:${SECRET}@127.0.0.1:1/satchel` },
      'postgres://satchel@127.0.0.1:1/satchel',
      'cannot be reached',
    );
  });

  it('PostgreSQL with a wrong password, or without the database', async () => {
    const address = await postgres.makeDatabase('unusable');
    const { port } = postgres;
    await refused(
      { SATCHEL_DATABASE: `postgres://satchel:${SECRET}@127.0.0.1:${port}/unusable` },
      `postgres://satchel@127.0.0.1:${port}/unusable`,
      'refuses the user or the password',
    );
    await refused({ SATCHEL_DATABASE: address.replace('/unusable', '/nowhere') }, 'create the database');
  });

  it('PostgreSQL that takes the connection and then says nothing', () =>
    refused(
      { SATCHEL_DATABASE: `postgres://satchel:${SECRET}@127.0.0.1:${mutePort()}/satchel` },
      `postgres://satchel@127.0.0.1:${mutePort()}/satchel`,
      'cannot be reached',
    ));

  it('PostgreSQL that lets one in and then says nothing', { timeout: 60_000 }, async () => {
    const hanging = await startHangingPostgresStandIn();
    await refused(
      { SATCHEL_DATABASE: `postgres://satchel:${SECRET}@127.0.0.1:${hanging.port}/satchel` },
      `postgres://satchel@127.0.0.1:${hanging.port}/satchel`,
      'cannot be reached (ETIMEDOUT)',
    );
    await hanging.stop();
  });

  it('EventStoreDB that answers and then says nothing', { timeout: 120_000 }, async () => {
    const standIn = await startEventStoreDbStandIn();
    // What it says first is there, and the rest never comes.
    for (let count = 0; count < 10; count++) standIn.faults.reads.push({ after: 1, does: 'hang' });
    await refused(
      { SATCHEL_EVENTSTORE: `esdb://127.0.0.1:${standIn.port}?tls=false` },
      `esdb://127.0.0.1:${standIn.port} cannot be read: no answer within`,
    );
    await standIn.stop();
  });

  it('EventStoreDB that takes the connection and then says nothing', { timeout: 120_000 }, () =>
    refused(
      { SATCHEL_EVENTSTORE: `esdb://127.0.0.1:${mutePort()}?tls=false` },
      `esdb://127.0.0.1:${mutePort()} cannot be read: no answer within`,
      'SATCHEL_EVENTSTORE',
    ),
  );
});
