import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emptyPlace, newMasterKey, type SatchelPlace } from '../harness/satchelPlace.js';
import { compileSatchel, type SatchelProgram } from '../harness/satchelProcess.js';

describe('a restore where the read models are on PostgreSQL', () => {
  const masterKey = newMasterKey();
  const places: SatchelPlace[] = [];
  let program: SatchelProgram;
  let scratch: string;

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

  it('is refused when they are of other events, and nothing is in place then', async () => {
    const [used, other] = places.map(({ settings }) => settings) as [
      SatchelPlace['settings'],
      SatchelPlace['settings'],
    ];
    expect((await program.run(['init', '--county', '康县公安局', '--admin', '管理员甲'], used)).code).toBe(0);
    const backup = join(scratch, 'backup');
    expect((await program.run(['backup', backup], used)).code).toBe(0);
    const intoUsed = await program.run(['restore', backup], { ...other, SATCHEL_DATABASE: used.SATCHEL_DATABASE! });
    expect(intoUsed).toMatchObject({ code: 1, stdout: '' });
    expect(intoUsed.stderr).toContain('The database of SATCHEL_DATABASE holds read models already');
    expect(existsSync(other.SATCHEL_DATA!)).toBe(false);
    expect((await program.run(['restore', backup], other)).code).toBe(0);
  });
});
