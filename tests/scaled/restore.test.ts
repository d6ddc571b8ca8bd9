import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPostgresReadModel } from '../../src/database/openPostgresReadModel.js';
import { newUuid } from '../../src/kernel/ids.js';
import { emptyPlace, newMasterKey, type SatchelPlace } from '../harness/satchelPlace.js';
import { compileSatchel, type SatchelProgram } from '../harness/satchelProcess.js';

describe('a restore where the read models are on PostgreSQL', () => {
  const masterKey = newMasterKey();
  const places: SatchelPlace[] = [];
  let program: SatchelProgram;
  let scratch: string;
  /** Of the first place. */
  let county: string;
  let token: string;

  beforeAll(async () => {
    program = await compileSatchel();
    scratch = mkdtempSync(join(tmpdir(), 'satchel-restore-'));
    places.push(await emptyPlace(masterKey), await emptyPlace(masterKey));
  });
  afterAll(async () => {
    for (const each of places) await each.remove();
    program.remove();
    rmSync(scratch, { recursive: true, force: true });
  });

  const tablesIn = async (database: string) => {
    const { db, close } = await openPostgresReadModel(database);
    return db.introspection.getTables().finally(close);
  };

  it('is refused when they are of other events, and nothing is in place then', async () => {
    const [used, other] = places.map(({ settings }) => settings) as [
      SatchelPlace['settings'],
      SatchelPlace['settings'],
    ];
    const init = await program.run(['init', '--county', '康县公安局', '--admin', '管理员甲'], used);
    [, county = '', token = ''] = /County (\S+)[\s\S]*Token \(.*\):\n(\S+)/.exec(init.stdout) ?? [];
    expect(token).not.toBe('');
    const backup = join(scratch, 'backup');
    expect((await program.run(['backup', backup], used)).code).toBe(0);
    const intoUsed = await program.run(['restore', backup], { ...other, SATCHEL_DATABASE: used.SATCHEL_DATABASE! });
    expect(intoUsed).toMatchObject({ code: 1, stdout: '' });
    expect(intoUsed.stderr).toContain('The database of SATCHEL_DATABASE holds read models already');
    const besideUsed = await program.run(['restore', backup], { ...other, SATCHEL_VAULT: used.SATCHEL_DATABASE! });
    expect(besideUsed).toMatchObject({ code: 1, stdout: '' });
    expect(besideUsed.stderr).toContain('holds a vault already');
    for (const { stderr } of [intoUsed, besideUsed]) expect(stderr).not.toMatch(/^\s+at |p%40ss|p@ss/m);
    expect(existsSync(other.SATCHEL_DATA!)).toBe(false);
    expect(await tablesIn(other.SATCHEL_DATABASE!)).toEqual([]);
    expect((await program.run(['restore', backup], other)).code).toBe(0);
  });

  it('comes from there onto the embedded engines, with the same events and keys', async () => {
    const { settings } = places[0]!;
    const { SATCHEL_EVENTSTORE: _events, SATCHEL_DATABASE: _database, ...embedded } = settings;
    const [first, second, data] = ['first', 'second', 'data'].map(name => join(scratch, name)) as [
      string,
      string,
      string,
    ];
    const taken = await program.run(['backup', first], settings);
    expect(taken.code).toBe(0);
    const file = { ...embedded, SATCHEL_DATA: data };
    expect((await program.run(['restore', first], file)).code).toBe(0);
    expect(readdirSync(data).sort()).toEqual(['control.db', 'events.db', 'vault.db']);
    const fsck = await program.run(['fsck'], file);
    expect(fsck).toMatchObject({ code: 0, stdout: expect.stringContaining('Everything fits') });
    const again = await program.run(['backup', second], file);
    expect(held(again.stdout)).toEqual(held(taken.stdout));
    expect(held(taken.stdout)).toHaveLength(3);
  });

  it('is refused onto a server that is at work, which goes on, and nothing of it is lost', async () => {
    const { settings } = places[0]!;
    const [before, after] = ['before', 'after'].map(name => join(scratch, name)) as [string, string];
    const serving = program.start(['serve'], settings);
    const url = await serving.url;
    const taken = await program.run(['backup', before], settings);
    for (const [says, ...options] of [
      ['The event store holds events already, and a restore overwrites nothing. End the server'],
      ['holds read models already, of other events: end the server', '--resume'],
    ]) {
      const refused = await program.run(['restore', before, ...options], settings);
      expect(refused).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining(says!) });
    }
    const again = await program.run(['backup', after], settings);
    expect(held(again.stdout)).toEqual(held(taken.stdout));

    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    const query = `mutation Do($input: RegisterOrgUnitInput!) {
      registerOrgUnit(input: $input) { orgUnit { name } errors { code } } }`;
    const input = { commandId: newUuid(), name: '豆坝派出所', level: 'STATION', parentId: county };
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query, variables: { input } }),
    });
    expect(await response.json()).toEqual({
      data: { registerOrgUnit: { orgUnit: { name: '豆坝派出所' }, errors: [] } },
    });
    serving.child.kill('SIGTERM');
    expect(await serving.ended).toMatchObject({ code: 0, stderr: '' });
  });

  /** Digest of the events, and how many keys and timers there are. */
  const held = (stdout: string) =>
    [...stdout.matchAll(/^[0-9a-f]{64}|^A (vault|control store) with \d+ \w+/gm)].map(([each]) => each);
});
