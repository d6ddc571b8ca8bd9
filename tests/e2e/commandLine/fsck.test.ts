import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newUuid } from '../../../src/kernel/ids.js';
import { alterEnvelope } from '../../harness/alteredEvents.js';
import { compileSatchel, contentsOf, type SatchelProgram } from '../../harness/satchelProcess.js';

const NAME = '管理员甲';

describe('satchel fsck', () => {
  let program: SatchelProgram;
  let scratch: string;
  let data: string;
  let settings: Readonly<Record<string, string>>;
  let token: string;
  let county: string;
  const run = (more: Readonly<Record<string, string>> = {}) => program.run(['fsck'], { ...settings, ...more });

  beforeAll(async () => {
    program = await compileSatchel();
    scratch = mkdtempSync(join(tmpdir(), 'satchel-fsck-'));
    data = join(scratch, 'data');
    settings = { SATCHEL_DATA: data, SATCHEL_PORT: '0', SATCHEL_MASTER_KEY: randomBytes(32).toString('base64') };
    const { stdout } = await program.run(['init', '--county', '康县公安局', '--admin', NAME], settings);
    county = /County (\S+)/.exec(stdout)?.[1] ?? '';
    token = /^ey\S+$/m.exec(stdout)?.[0] ?? '';
  });
  afterAll(() => {
    program.remove();
    rmSync(scratch, { recursive: true, force: true });
  });

  it('looks at the events of a server while it serves and records', async () => {
    const serving = program.start(['serve'], { ...settings, SATCHEL_LOG_LEVEL: 'warn' });
    const url = await serving.url;
    const register = async (name: string) => {
      const query = `mutation Do($input: RegisterOrgUnitInput!) { registerOrgUnit(input: $input) { errors { code } } }`;
      const input = { commandId: newUuid(), name, level: 'STATION', divisionCode: '621224110', parentId: county };
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify({ query, variables: { input } }),
      });
      return (await response.json()) as object;
    };
    let [registered, checked] = [0, false];
    const recording = (async () => {
      while (!checked) {
        const answer = await register(`派出所${++registered}`);
        expect(answer).toEqual({ data: { registerOrgUnit: { errors: [] } } });
      }
    })();
    const { code, stdout, stderr } = await run().finally(() => {
      checked = true;
    });
    await recording;
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('Everything fits') });
    expect(stderr).toMatch(/^Checking: \d+ of \d+ events$/m);
    expect(registered).toBeGreaterThan(1);
    serving.child.kill('SIGTERM');
    expect(await serving.ended).toMatchObject({ code: 0, stderr: '' });
  });

  it('says what is missing without a master key, and with another one', async () => {
    const before = contentsOf(data);
    const { SATCHEL_MASTER_KEY: _key, ...without } = settings;
    expect(await program.run(['fsck'], without)).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/Sealed values: \d+, not opened, since there is no master key/),
    });
    expect(await run({ SATCHEL_MASTER_KEY: randomBytes(32).toString('base64') })).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('vault.db: is locked with another master key'),
    });
    expect(contentsOf(data)).toEqual(before);
  });

  it('says what is missing without the vault or the store, and makes neither', async () => {
    const [vault, away] = [join(data, 'vault.db'), join(scratch, 'vault.db')];
    renameSync(vault, away);
    expect(await run()).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining(`${vault}: is not there`),
    });
    expect(existsSync(vault)).toBe(false);
    renameSync(away, vault);
    const nowhere = join(scratch, 'nowhere');
    expect(await run({ SATCHEL_DATA: nowhere })).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining(`${join(nowhere, 'events.db')}: does not exist`),
    });
    expect(existsSync(nowhere)).toBe(false);
  });

  it('names the first event that does not fit, without what stands in it', async () => {
    alterEnvelope(join(data, 'events.db'), 2, event => ({ ...event, data: { ...(event.data as object), name: NAME } }));
    const { code, stdout } = await run();
    expect(code).toBe(2);
    expect(stdout).toMatch(/^The first that does not fit: position 2 \(officer-\S+, revision 0\)$/m);
    expect(stdout).toMatch(/^ {2}IN_THE_CLEAR {2}personal value is not sealed: name$/m);
    expect(stdout).toMatch(/^1 of \d+ events do not fit:$/m);
    expect(stdout).not.toContain(NAME);
  });
});
