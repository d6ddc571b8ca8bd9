import { cpSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newUuid } from '../../../src/kernel/ids.js';
import { newMasterKey } from '../../harness/satchelPlace.js';
import { compileSatchel, contentsOf, type SatchelProcess, type SatchelProgram } from '../../harness/satchelProcess.js';

const WITH_LOG = ['events.db', 'vault.db', 'readmodel.db'];
/** The backup has written the log of the control store back into its file, and nothing was due since. */
const FILES = [...WITH_LOG, 'control.db'];

// SQLite goes by names alone: the log of a file that was moved away is written into whatever comes in its place.
describe('a log that was left of a server that was killed', { timeout: 60_000 }, () => {
  let program: SatchelProgram;
  let scratch: string;
  let data: string;
  let backup: string;
  let settings: Readonly<Record<string, string>>;
  let token: string;
  let county: string;
  /** All of the stores, after the kill; each test has a copy. */
  let killed: string;
  let away: string;

  const moveAway = (names: readonly string[]) => {
    for (const name of names) renameSync(join(data, name), join(away, name));
  };
  const register = async (server: SatchelProcess, count: number) => {
    for (let n = 0; n < count; n++) {
      const query = 'mutation Do($input: RegisterOfficerInput!) { registerOfficer(input: $input) { errors { code } } }';
      const who = { name: `民警${n}`, orgUnitId: county, role: 'OFFICER', post: '民警' };
      const response = await fetch(`${await server.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify({ query, variables: { input: { commandId: newUuid(), ...who } } }),
      });
      expect(await response.json()).toEqual({ data: { registerOfficer: { errors: [] } } });
    }
  };

  beforeAll(async () => {
    program = await compileSatchel();
    scratch = mkdtempSync(join(tmpdir(), 'satchel-left-log-'));
    [data, backup, killed] = [join(scratch, 'data'), join(scratch, 'backup'), join(scratch, 'killed')];
    settings = { SATCHEL_DATA: data, SATCHEL_PORT: '0', SATCHEL_MASTER_KEY: newMasterKey(), SATCHEL_LOG_LEVEL: 'warn' };
    const { stdout } = await program.run(['init', '--county', '康县公安局', '--admin', '管理员甲'], settings);
    county = /County (\S+)/.exec(stdout)?.[1] ?? '';
    token = /^ey\S+$/m.exec(stdout)?.[0] ?? '';
    const serving = program.start(['serve'], settings);
    await register(serving, 5);
    expect((await program.run(['backup', backup], settings)).code).toBe(0);
    await register(serving, 3);
    serving.child.kill('SIGKILL');
    await serving.ended;
    renameSync(data, killed);
    for (const file of WITH_LOG) expect(contentsOf(killed).has(join(killed, `${file}-wal`))).toBe(true);
  }, 60_000);
  beforeEach(() => {
    cpSync(killed, data, { recursive: true });
    away = mkdtempSync(join(scratch, 'away-'));
  });
  afterEach(() => rmSync(data, { recursive: true }));
  afterAll(() => {
    program.remove();
    rmSync(scratch, { recursive: true, force: true });
  });

  it('is in the way of a restore, which names every file, and restores what was in the backup once all are gone', async () => {
    moveAway(FILES);
    const before = contentsOf(data);
    const refused = await program.run(['restore', backup], settings);
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    for (const name of ['events.db-wal', 'events.db-shm', 'vault.db-wal', 'readmodel.db-wal'])
      expect(refused.stderr).toContain(join(data, name));
    expect(contentsOf(data)).toEqual(before);

    moveAway(readdirSync(data));
    expect(await program.run(['restore', backup], settings)).toMatchObject({ code: 0 });
    expect(readdirSync(data).sort()).toEqual(['control.db', 'events.db', 'vault.db']);
    const fsck = await program.run(['fsck'], settings);
    expect(fsck.stdout).toMatch(/Looked at 13 events .*Sealed values: 6 open.*Everything fits/s);
  });

  it.each(['events.db', 'vault.db'])('keeps a server from making a new %s', async name => {
    moveAway([name]);
    const log = contentsOf(data).get(join(data, `${name}-wal`));
    const refused = await program.run(['serve'], settings);
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toContain(join(data, name));
    expect(refused.stderr).not.toMatch(/^\s+at /m);
    expect(contentsOf(data).get(join(data, `${name}-wal`))).toBe(log);
  });

  it('is what a copy does not write over', async () => {
    moveAway(['events.db']);
    const before = contentsOf(data);
    const refused = await program.run(['copy', '--from', killed, '--to', data], settings);
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toContain(`${join(data, 'events.db')}: is not there, but its log is`);
    expect(refused.stderr).not.toMatch(/^\s+at /m);
    expect(contentsOf(data)).toEqual(before);
  });

  it('is let go with read models that are gone, and has everything that was acknowledged', async () => {
    rmSync(join(data, 'readmodel.db'));
    const serving = program.start(['serve'], settings);
    await register(serving, 1);
    serving.child.kill('SIGTERM');
    expect(await serving.ended).toMatchObject({ code: 0, stderr: '' });
    expect((await program.run(['fsck'], settings)).stdout).toMatch(/Looked at 21 events .*Everything fits/s);
  });
});
