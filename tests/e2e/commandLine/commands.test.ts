import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newUuid } from '../../../src/kernel/ids.js';
import { emitEventSchemas, emitSdl } from '../../../src/server/emit.js';
import { compileSatchel, contentsOf, type SatchelProgram } from '../../harness/satchelProcess.js';
import { newId } from '../../harness/testSatchel.js';

const JWT = /^[\w-]+\.[\w-]+\.[\w-]+$/m;
const INIT = ['init', '--county', '康县公安局', '--admin', '管理员甲'];

describe('the command line', () => {
  let program: SatchelProgram;
  let scratch: string;
  let settings: Readonly<Record<string, string>>;
  let admin: string;
  let token: string;

  const run = (...args: string[]) => program.run(args, settings);
  const ask = async (url: string, query: string, variables: object = {}) => {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query, variables }),
    });
    return (await response.json()) as { readonly data?: unknown; readonly errors?: unknown };
  };
  const digests = (stdout: string) =>
    new Map([...stdout.matchAll(/^([0-9a-f]{64}) {2}(\w+)(.*)$/gm)].map(([, digest, view]) => [view, digest]));

  beforeAll(async () => {
    program = await compileSatchel();
    scratch = mkdtempSync(join(tmpdir(), 'satchel-commands-'));
    const keyFile = join(scratch, 'master.key');
    writeFileSync(keyFile, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600 });
    settings = { SATCHEL_DATA: join(scratch, 'data'), SATCHEL_PORT: '0', SATCHEL_MASTER_KEY_FILE: keyFile };
  });
  afterAll(() => {
    program.remove();
    rmSync(scratch, { recursive: true, force: true });
  });

  it('help names the commands that the README explains', async () => {
    const { stdout } = await run('--help');
    const list = stdout.slice(stdout.indexOf('Commands:'));
    const named = [...list.matchAll(/^ {2}([a-z]+) /gm)].map(([, name]) => name).filter(name => name !== 'help');
    expect(named.length).toBeGreaterThan(5);
    const explained = [...readFileSync('README.md', 'utf8').matchAll(/^\| `satchel ([a-z]+)/gm)].map(
      ([, name]) => name,
    );
    expect(explained.sort()).toEqual(named.sort());
  });

  it.each([
    ['--admin', '  ', '--admin: must not be empty'],
    ['--county', '', '--county: must not be empty'],
    ['--division', '999', '--division: must be a division code of 2, 4, 6, 9 or 12 digits'],
    ['--expires', '5y', 'a time must be written as 30m, 12h or 90d'],
  ])('init records nothing when %s is %j, so that it can be told again', async (option, value, says) => {
    const elsewhere = { ...settings, SATCHEL_DATA: join(scratch, `unfit${option}`) };
    const { code, stderr } = await program.run([...INIT, option, value], elsewhere);
    expect(code).toBe(1);
    expect(stderr).toContain(`satchel: ${says}`);
    expect(await program.run(INIT, elsewhere)).toMatchObject({ code: 0, stderr: '' });
  });

  it('serve says how an empty record begins, and init begins it beside the server', async () => {
    const elsewhere = { ...settings, SATCHEL_DATA: join(scratch, 'empty') };
    const { child, url, said, ended } = program.start(['serve'], elsewhere);
    try {
      await said(/The record is empty: `satchel init` begins it/);
      const { stdout } = await program.run(INIT, elsewhere);
      const response = await fetch(`${await url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${stdout.trim().split('\n').at(-1)}` },
        body: JSON.stringify({ query: '{ viewer { role } }' }),
      });
      expect(await response.json()).toEqual({ data: { viewer: { role: 'ADMIN' } } });
    } finally {
      child.kill('SIGINT');
      await ended;
    }
  });

  it('init records the county and its administrator, and prints a token', async () => {
    const { code, stdout, stderr } = await run(...INIT);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    admin = /Administrator (officer-\S+)/.exec(stdout)?.[1] ?? '';
    expect(admin).toMatch(/^officer-[0-9a-f-]{36}$/);
    expect(stdout).toMatch(JWT);
  });

  it('init is refused in a store that holds events, and changes nothing', async () => {
    const data = settings.SATCHEL_DATA as string;
    const before = contentsOf(data);
    const { code, stdout, stderr } = await run(...INIT);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('holds events already');
    expect(contentsOf(data)).toEqual(before);
  });

  it('token prints one for who is in the record, and for nobody else', async () => {
    const good = await run('token', admin, '--expires', '30m');
    expect(good).toMatchObject({ code: 0, stderr: '' });
    token = JWT.exec(good.stdout)?.[0] ?? '';
    const { iat, exp } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    expect(exp - iat).toBe(30 * 60);
    const nobody = await run('token', newId('officer'));
    expect(nobody).toMatchObject({ code: 1, stdout: '' });
    expect(nobody.stderr).toContain('is not in the record');
    const forEver = await run('token', admin, '--expires', 'ever');
    expect(forEver).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('30m, 12h or 90d') });
  });

  it('serve answers with the token, and token works beside it', async () => {
    const serving = program.start(['serve'], { ...settings, SATCHEL_LOG_LEVEL: 'warn' });
    const url = await serving.url;
    expect(await ask(url, '{ viewer { role orgUnit { name } } }')).toEqual({
      data: { viewer: { role: 'ADMIN', orgUnit: { name: '康县公安局' } } },
    });
    const input = { commandId: newUuid(), name: '豆坝派出所', level: 'STATION', divisionCode: '621224110' };
    const mutation = `mutation Do($input: RegisterOrgUnitInput!) {
      registerOrgUnit(input: $input) { events { type } errors { code message } } }`;
    const { data } = (await ask(url, '{ orgUnits { nodes { id } } }')) as {
      data: { orgUnits: { nodes: { id: string }[] } };
    };
    expect(await ask(url, mutation, { input: { ...input, parentId: data.orgUnits.nodes[0]?.id } })).toEqual({
      data: { registerOrgUnit: { events: [{ type: 'OrgUnitRegistered' }], errors: [] } },
    });
    expect(await run('token', admin)).toMatchObject({ code: 0, stdout: expect.stringMatching(JWT) });
    serving.child.kill('SIGTERM');
    expect(await serving.ended).toMatchObject({ code: 0, stderr: '' });
  });

  it('serve goes on when nobody reads any more what it prints', async () => {
    const { child, said, ended } = program.start(['serve'], settings);
    ended.catch(() => undefined);
    const exited = once(child, 'exit');
    await said(/Ctrl-C ends it/);
    child.stdout.destroy();
    child.kill('SIGINT');
    expect(await exited).toEqual([0, null]);
  });

  it('rebuild prints the digests, equal to those before', async () => {
    const { code, stdout } = await run('rebuild');
    expect(code).toBe(0);
    const lines = stdout.trim().split('\n');
    expect(lines.length).toBeGreaterThan(10);
    for (const line of lines) expect(line).toMatch(/^[0-9a-f]{64} {2}\w+ {2}as before$/);
    rmSync(join(settings.SATCHEL_DATA as string, 'readmodel.db'));
    const anew = await run('rebuild');
    expect(anew.code).toBe(0);
    expect(anew.stdout).not.toContain('as before');
    expect(digests(anew.stdout)).toEqual(digests(stdout));
    // An empty view would have the same digest whatever happened.
    expect(new Set(digests(stdout).values()).size).toBeGreaterThan(2);
  });

  it('schema writes all that there is to write', async () => {
    const directory = join(scratch, 'schema');
    expect(await run('schema', directory)).toMatchObject({ code: 0, stderr: '' });
    expect(readFileSync(join(directory, 'schema.graphql'), 'utf8')).toBe(emitSdl());
    expect(readdirSync(join(directory, 'events')).sort()).toEqual([...emitEventSchemas().keys()].sort());
  });
});
