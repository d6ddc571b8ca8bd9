import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emptyPlace, newMasterKey, type SatchelPlace } from '../../harness/satchelPlace.js';
import { compileSatchel, type Ended, type SatchelProgram } from '../../harness/satchelProcess.js';

const INIT = ['init', '--county', '康县公安局', '--admin', '管理员甲'];

describe('read models that hold more than the event store does', { timeout: 60_000 }, () => {
  let program: SatchelProgram;
  let place: SatchelPlace;
  const run = (...args: string[]) => program.run(args, place.settings);
  const refused = ({ code, stdout, stderr }: Ended) => {
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/readmodel\.db holds events up to position 3, and the event store ends at 0/);
    expect(stderr).toContain('satchel rebuild --from-nothing');
    expect(stderr).not.toMatch(/^\s+at /m);
  };

  beforeAll(async () => {
    program = await compileSatchel();
    place = await emptyPlace(newMasterKey());
    expect((await run(...INIT)).code).toBe(0);
    for (const name of readdirSync(place.data)) if (!name.startsWith('readmodel.db')) rmSync(join(place.data, name));
    expect(existsSync(join(place.data, 'readmodel.db'))).toBe(true);
  });
  afterAll(async () => {
    program.remove();
    await place.remove();
  });

  it('are refused by everything that would go on from them, and nothing is recorded', async () => {
    refused(await run(...INIT));
    refused(await run('serve'));
    refused(await run('rebuild'));
    refused(await run(...INIT));
    expect((await run('fsck')).stdout).toContain('Looked at 0 events');
  });

  it('are built from nothing, and all goes on', async () => {
    const rebuilt = await run('rebuild', '--from-nothing');
    expect(rebuilt.code).toBe(0);
    for (const line of rebuilt.stdout.trim().split('\n')) expect(line).toMatch(/^[0-9a-f]{64} {2}\w+ {2}new$/);
    expect((await run(...INIT)).code).toBe(0);
    const serving = program.start(['serve'], place.settings);
    expect((await fetch(`${await serving.url}/readyz`)).status).toBe(200);
    serving.child.kill('SIGTERM');
    expect(await serving.ended).toMatchObject({ code: 0, stderr: '' });
  });
});
