import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newUuid } from '../../../src/kernel/ids.js';
import { caseEvents } from '../../harness/caseEvents.js';
import { compileSatchel, type SatchelProcess, type SatchelProgram } from '../../harness/satchelProcess.js';
import { newId } from '../../harness/testSatchel.js';

/** A request whose head the server has, and whose body it waits for: it is under way until `finish`. */
async function requestUnderWay(url: string, token: string, body: string): Promise<ClientRequest> {
  const sent = request(`${url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      authorization: `Bearer ${token}`,
      expect: '100-continue',
    },
  });
  await new Promise((resolve, reject) => sent.once('continue', resolve).once('error', reject).flushHeaders());
  return sent;
}

const finish = (sent: ClientRequest, body: string): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => sent.once('response', resolve).once('error', reject).end(body));

describe('Ctrl-C', () => {
  let program: SatchelProgram;
  let scratch: string;
  let settings: Readonly<Record<string, string>>;
  let admin: string;
  let token: string;

  let registerStation: string;
  const station = newId('orgunit');
  const isEnding = (serving: SatchelProcess) => {
    serving.child.kill('SIGINT');
    return serving.said(/Ending:/);
  };

  beforeAll(async () => {
    program = await compileSatchel();
    scratch = mkdtempSync(join(tmpdir(), 'satchel-ending-'));
    settings = {
      SATCHEL_DATA: join(scratch, 'data'),
      SATCHEL_PORT: '0',
      SATCHEL_MASTER_KEY: randomBytes(32).toString('hex'),
      SATCHEL_LOG_LEVEL: 'warn',
    };
    const { stdout } = await program.run(['init', '--county', '康县公安局', '--admin', '管理员甲'], settings);
    admin = /Administrator (\S+)/.exec(stdout)?.[1] ?? '';
    token = stdout.trim().split('\n').at(-1) ?? '';
    const unit = { id: station, name: '豆坝派出所', level: 'STATION', divisionCode: '621224110' };
    const parentId = /County (\S+)/.exec(stdout)?.[1];
    registerStation = JSON.stringify({
      query: `mutation Do($input: RegisterOrgUnitInput!) { registerOrgUnit(input: $input) {
        orgUnit { id } events { type } errors { code } } }`,
      variables: { input: { commandId: newUuid(), parentId, ...unit } },
    });
  });
  afterAll(() => {
    program.remove();
    rmSync(scratch, { recursive: true, force: true });
  });

  it('lets the request under way finish, gives subscriptions their last cursor, and lets go of the files', async () => {
    const serving = program.start(['serve'], settings);
    const url = await serving.url;
    const events = await caseEvents({ url, token: async () => token }, admin, admin);
    expect((await events.next(2)).map(({ event }) => event.type)).toEqual([
      'OfficerRegistered',
      'OfficerAssignedToUnit',
    ]);
    const underWay = await requestUnderWay(url, token, registerStation);
    const rest = events.rest().catch(error => JSON.stringify(error));

    await isEnding(serving);
    expect(await rest).toMatch(/SHUTTING_DOWN.*"cursor":"\d+"/);
    const late = await fetch(`${url}/livez`).then(
      ({ status }) => status,
      () => 'nobody there',
    );
    expect([503, 'nobody there']).toContain(late);
    const response = await finish(underWay, registerStation);
    expect(await json(response)).toEqual({
      data: { registerOrgUnit: { orgUnit: { id: station }, events: [{ type: 'OrgUnitRegistered' }], errors: [] } },
    });
    expect(response).toMatchObject({ statusCode: 200, headers: { connection: 'close' } });

    const { code, signal, stdout, stderr } = await serving.ended;
    expect({ code, signal, stderr }).toEqual({ code: 0, signal: null, stderr: '' });
    expect(stdout).toMatch(/Ended\.\s*$/);
    await events.close();
  });

  it('leaves files that can be opened again, with what was answered in them', async () => {
    const serving = program.start(['serve'], settings);
    const answer = await fetch(`${await serving.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query: `{ orgUnit(id: "${station}") { name revision } }` }),
    });
    expect(await answer.json()).toEqual({ data: { orgUnit: { name: '豆坝派出所', revision: 0 } } });
    serving.child.kill('SIGINT');
    expect(await serving.ended).toMatchObject({ code: 0, signal: null });
  });

  it('a second time ends it at once, whatever is under way', async () => {
    const serving = program.start(['serve'], settings);
    const underWay = await requestUnderWay(await serving.url, token, registerStation);
    const broken = new Promise(resolve => underWay.once('error', resolve));
    await isEnding(serving);
    serving.child.kill('SIGINT');
    expect(await serving.ended).toMatchObject({ code: 130, signal: null });
    await broken;
  });

  it('ends it after the time that requests get, when one does not finish', async () => {
    const serving = program.start(['serve'], { ...settings, SATCHEL_DRAIN_TIMEOUT: '100' });
    const underWay = await requestUnderWay(await serving.url, token, registerStation);
    const broken = new Promise(resolve => underWay.once('error', resolve));
    await isEnding(serving);
    expect(await serving.ended).toMatchObject({ code: 0, signal: null });
    await broken;
  });
});
