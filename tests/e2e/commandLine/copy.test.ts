import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EventsDigest } from '../../../src/eventstore/copy/eventsDigest.js';
import type { EventStore } from '../../../src/eventstore/port.js';
import { newUuid } from '../../../src/kernel/ids.js';
import { openEvents } from '../../../src/server/openEvents.js';
import {
  type EventStoreDbStandIn,
  STAND_IN_CERTIFICATE,
  startEventStoreDbStandIn,
} from '../../harness/eventStoreDbStandIn/standIn.js';
import { compileSatchel, contentsOf, type Ended, type SatchelProgram } from '../../harness/satchelProcess.js';

const PASSWORD = 'open-sesame-4711';

describe('satchel copy', () => {
  let program: SatchelProgram;
  let standIn: EventStoreDbStandIn;
  let scratch: string;
  let settings: Readonly<Record<string, string>>;
  let token: string;
  const data = () => settings.SATCHEL_DATA as string;

  const run = (args: readonly string[], more: Readonly<Record<string, string>> = {}) =>
    program.run(args, { ...settings, ...more });
  const copy = (from: string, to: string, more: Readonly<Record<string, string>> = {}) =>
    run(['copy', '--from', from, '--to', to], more);
  const onServer = (password = PASSWORD) => ({
    SATCHEL_EVENTSTORE: `esdb://admin:${password}@localhost:${standIn.port}`,
    SATCHEL_EVENTSTORE_CA_FILE: STAND_IN_CERTIFICATE,
  });

  /** One that is sent again, word for word: what it answers must be the same wherever the events are. */
  const COMMAND = {
    query: `mutation Do($input: RegisterOrgUnitInput!) { registerOrgUnit(input: $input) {
      orgUnit { id name } events { id type revision occurredAt recordedAt } errors { code } } }`,
    variables: {
      input: { commandId: newUuid(), name: '豆坝派出所', level: 'STATION', divisionCode: '621224110', parentId: '' },
    },
  };
  const sendTo = async (more: Readonly<Record<string, string>>) => {
    const serving = program.start(['serve'], { ...settings, ...more, SATCHEL_LOG_LEVEL: 'warn' });
    const url = await serving.url;
    // A read model that was deleted is built first.
    await expect.poll(async () => (await fetch(`${url}/readyz`)).status, { timeout: 20_000 }).toBe(200);
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify(COMMAND),
    });
    const answer = await response.json();
    serving.child.kill('SIGTERM');
    expect(await serving.ended).toMatchObject({ code: 0, stderr: '' });
    return answer;
  };

  beforeAll(async () => {
    program = await compileSatchel();
    standIn = await startEventStoreDbStandIn({ user: { name: 'admin', password: PASSWORD } });
    scratch = mkdtempSync(join(tmpdir(), 'satchel-copy-'));
    settings = {
      SATCHEL_DATA: join(scratch, 'data'),
      SATCHEL_PORT: '0',
      SATCHEL_MASTER_KEY: randomBytes(32).toString('base64'),
    };
    const { stdout } = await run(['init', '--county', '康县公安局', '--admin', '管理员甲']);
    COMMAND.variables.input.parentId = /County (\S+)/.exec(stdout)?.[1] ?? '';
    token = stdout.trim().split('\n').at(-1) ?? '';
  });
  afterAll(async () => {
    program.remove();
    rmSync(scratch, { recursive: true, force: true });
    await standIn.stop();
  });

  const digestOf = async (store: EventStore) => {
    const digest = new EventsDigest();
    for await (const batch of store.readAllRaw()) for (const event of batch) digest.add(event);
    await store.close();
    return { count: digest.count, hex: digest.hex() };
  };

  it('moves a county to EventStoreDB and back, and a command that comes again is answered as before', async () => {
    const answer = await sendTo({});
    expect(answer).toMatchObject({ data: { registerOrgUnit: { events: [{ revision: 0 }], errors: [] } } });

    const there = await copy(data(), 'SATCHEL_EVENTSTORE', onServer());
    const { count, hex } = await digestOf(await openEvents({ data: data() }, { readOnly: true }));
    expect(there).toMatchObject({ code: 0, stdout: expect.stringMatching(`^${hex}  ${count} events, the same in `) });
    expect(there.stderr).toMatch(
      /^Checking the source: .*\n(.*\n)*Copying: (\d+) of \2 events\nComparing both sides: /,
    );

    rmSync(join(data(), 'readmodel.db'));
    expect(await sendTo(onServer())).toEqual(answer);
    // Nothing was recorded by it.
    expect(standIn.log.events.filter(({ streamId }) => !streamId.startsWith('$'))).toHaveLength(count);

    const back = join(scratch, 'back');
    expect(await copy('SATCHEL_EVENTSTORE', back, onServer())).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(`^${hex}  ${count} events`),
    });
    rmSync(join(data(), 'readmodel.db'));
    for (const file of ['events.db', 'events.db-wal', 'events.db-shm']) rmSync(join(data(), file), { force: true });
    expect(await copy(back, data())).toMatchObject({ code: 0 });
    expect(await sendTo({})).toEqual(answer);
  });

  it('takes an address as it is, and several times as well as once', async () => {
    const plain = await startEventStoreDbStandIn();
    const address = `esdb://127.0.0.1:${plain.port}?tls=false`;
    const first = await copy(data(), address);
    expect(first).toMatchObject({ code: 0 });
    expect(await copy(data(), address)).toMatchObject({ code: 0, stdout: first.stdout });
    await plain.stop();
  });

  /** One line of words, without a stack and without the password; nothing is made where nothing was. */
  const refused = async (ending: Promise<Ended>, ...says: readonly string[]) => {
    const before = contentsOf(data());
    const { code, stdout, stderr } = await ending;
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    for (const word of says) expect(stderr).toContain(word);
    expect(stderr).not.toMatch(/^\s+at |node_modules|\.mjs:\d/m);
    expect(stderr).not.toContain('sesame');
    expect(contentsOf(data())).toEqual(before);
    expect(existsSync(join(scratch, 'nowhere'))).toBe(false);
  };

  it('refuses a store that is not there, or cannot be one', async () => {
    const nowhere = join(scratch, 'nowhere');
    await refused(copy(nowhere, join(scratch, 'target')), join(nowhere, 'events.db'), 'does not exist');
    expect(existsSync(join(scratch, 'target'))).toBe(false);
    const file = join(scratch, 'file');
    writeFileSync(file, '');
    await refused(copy(data(), file), `--to ${file}`, 'not a directory');
    await refused(copy('SATCHEL_EVENTSTORE', nowhere), '--from SATCHEL_EVENTSTORE', 'is set');
    await refused(copy('', nowhere), '--from must name');
    await refused(run(['copy', '--from', data()]), "required option '--to <store>' not specified");
  });

  it('refuses a wrong address, password or option, and says which', async () => {
    const nowhere = join(scratch, 'nowhere');
    const byAddress = (rest: string) => `esdb://admin:${PASSWORD}@${rest}`;
    await refused(copy(byAddress('localhost:1'), nowhere), 'esdb://localhost:1 cannot be read');
    await refused(copy(byAddress('localhost:1?tsl=false'), nowhere), '--from', 'an option that is not known', 'tls');
    await refused(copy(data(), 'http://localhost:2113'), '--to', 'must read esdb://');
    await refused(copy(data(), byAddress('localhost:1').replace('//', '/')), '--to', 'must read esdb://');
    await refused(copy(data(), byAddress('localhost:1').replace('//', '')), '--to', 'must read esdb://');
    await refused(copy(data(), byAddress('localhost:1?tls=false')), '--to', 'tls=false');
    await refused(copy('SATCHEL_EVENTSTORE', nowhere, onServer('sesame-of-another')), 'refuses the user');
    await refused(copy(data(), 'SATCHEL_EVENTSTORE', onServer('sesame-of-another')), 'refuses the user');
  });

  it('refuses the same store on both sides, and two servers', async () => {
    await refused(copy(data(), `${data()}/.`), 'are the same store');
    const address = `esdb://localhost:${standIn.port}`;
    await refused(copy('SATCHEL_EVENTSTORE', address, onServer()), `are the same store, ${address}`);
    await refused(copy('SATCHEL_EVENTSTORE', 'esdb://127.0.0.1:1', onServer()), 'one EventStoreDB', 'data directory');
  });

  it('refuses a target with other events', async () => {
    const other = join(scratch, 'other');
    await run(['init', '--county', '成县公安局', '--admin', '管理员乙'], { SATCHEL_DATA: other });
    const before = contentsOf(other);
    await refused(copy(data(), other), 'The target holds other events: revision 0 of orgunit-', 'an empty target');
    expect(contentsOf(other)).toEqual(before);
  });
});
