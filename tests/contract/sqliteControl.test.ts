import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { closeDatabase, openDatabase } from '../../src/database/libsql.js';
import { openControl } from '../../src/policies/control/openControl.js';
import { itIsAControlStore } from './controlContract.js';

const directory = mkdtempSync(join(tmpdir(), 'satchel-control-'));
afterAll(() => rmSync(directory, { recursive: true }));

let files = 0;
const newPlace = () => join(directory, `control-${files++}.db`);

const change = (file: string, sql: string): void => {
  const db = openDatabase(file);
  db.exec(sql);
  closeDatabase(db);
};

describe('in a file', () => {
  itIsAControlStore({
    newPlace,
    makeNewer: async file => change(file, 'UPDATE about SET version = 9'),
    shown: file => file,
  });

  it('it is for its owner alone', async () => {
    const file = newPlace();
    await (await openControl(file)).close();
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('it is closed though nothing was asked of it', async () => {
    const file = newPlace();
    await (await openControl(file)).close();
    // What was written is in the file itself: a copy of that is whole.
    expect(statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0).toBe(0);
    expect(statSync(file).size).toBeGreaterThan(0);
  });

  it('another database is refused, and what is no database', async () => {
    const file = newPlace();
    change(file, 'CREATE TABLE visit (id TEXT)');
    await expect(openControl(file)).rejects.toThrow(`${file}: is a database, but not a control store`);
    const text = newPlace();
    writeFileSync(text, 'x'.repeat(10_000));
    await expect(openControl(text)).rejects.toMatchObject({
      code: 'CONTROL_UNUSABLE',
      message: expect.stringMatching(/is damaged; restore it from a backup, or delete it/),
    });
  });
});
