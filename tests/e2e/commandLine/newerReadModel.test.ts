import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPostgresReadModel } from '../../../src/database/openPostgresReadModel.js';
import { type OpenReadModel, openSqliteReadModel } from '../../../src/database/openReadModel.js';
import { startPostgres, type TestPostgres } from '../../harness/postgres.js';
import { compileSatchel, contentsOf, type SatchelProgram } from '../../harness/satchelProcess.js';

const INIT = ['init', '--county', '康县公安局', '--admin', '管理员甲'];
const COMMANDS = [['serve'], ['rebuild'], INIT, ['parked']];

describe('a read model of a newer Satchel', () => {
  let program: SatchelProgram;
  let postgres: TestPostgres;
  let scratch: string;

  beforeAll(async () => {
    program = await compileSatchel();
    postgres = await startPostgres();
    scratch = mkdtempSync(join(tmpdir(), 'satchel-newer-'));
  }, 60_000);
  afterAll(async () => {
    program.remove();
    rmSync(scratch, { recursive: true, force: true });
    await postgres.stop();
  });

  const settingsOf = (data: string) => ({
    SATCHEL_DATA: data,
    SATCHEL_PORT: '0',
    SATCHEL_MASTER_KEY: randomBytes(32).toString('base64'),
  });

  async function refusedBy(
    settings: Readonly<Record<string, string>>,
    name: string,
    open: () => Promise<OpenReadModel>,
  ): Promise<void> {
    expect((await program.run(INIT, settings)).code).toBe(0);
    const onceOpen = async <T>(job: (model: OpenReadModel) => Promise<T>): Promise<T> => {
      const model = await open();
      const result = await job(model);
      await model.close();
      return result;
    };
    await onceOpen(({ db }) =>
      db.updateTable('projection_checkpoint').set({ version: 999 }).where('projection', '=', 'officer').execute(),
    );
    const checkpoints = () =>
      onceOpen(({ db }) => db.selectFrom('projection_checkpoint').selectAll().orderBy('projection').execute());
    const before = [await checkpoints(), contentsOf(settings.SATCHEL_DATA as string)];
    for (const args of COMMANDS) {
      const { code, stdout, stderr } = await program.run(args, settings);
      expect({ args, code, stdout }).toEqual({ args, code: 1, stdout: '' });
      expect(stderr).toContain(`${name} was made by a newer Satchel (officer is of version 999 there, and of `);
      expect(stderr).not.toMatch(/^\s+at /m);
    }
    expect([await checkpoints(), contentsOf(settings.SATCHEL_DATA as string)]).toEqual(before);
  }

  it('is refused with the way out, and left as it is, in a file', async () => {
    const data = join(scratch, 'file');
    const file = join(data, 'readmodel.db');
    await refusedBy(settingsOf(data), file, async () => openSqliteReadModel(file));
  }, 60_000);

  it('is refused with the way out, and left as it is, in PostgreSQL', async () => {
    const database = await postgres.makeDatabase('newer');
    const settings = { ...settingsOf(join(scratch, 'remote')), SATCHEL_DATABASE: database };
    await refusedBy(settings, 'The database of SATCHEL_DATABASE', () => openPostgresReadModel(database));
  }, 60_000);
});
