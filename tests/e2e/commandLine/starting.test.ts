import { randomBytes } from 'node:crypto';
import { closeSync, cpSync, existsSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { registerResident } from '../../harness/residents.js';
import { sampleStation } from '../../harness/sampleStation.js';
import { compileSatchel, contentsOf, type Ended, type SatchelProgram } from '../../harness/satchelProcess.js';
import { TestSatchel } from '../../harness/testSatchel.js';

const FILES = ['events.db', 'vault.db', 'readmodel.db'];

/** Writes bytes that mean nothing over a part of a file. */
function spoil(file: string, at: number, length: number): void {
  const handle = openSync(file, 'r+');
  writeSync(handle, randomBytes(length), 0, length, at);
  closeSync(handle);
}

describe('a start that cannot be', () => {
  let program: SatchelProgram;
  let scratch: string;
  let template: string;
  let data: string;
  const masterKey = () => settings.SATCHEL_MASTER_KEY;
  let settings: { readonly SATCHEL_MASTER_KEY: string };

  beforeAll(async () => {
    program = await compileSatchel();
    scratch = mkdtempSync(join(tmpdir(), 'satchel-start-'));
    template = join(scratch, 'template');
    const satchel = await TestSatchel.start();
    const people = await sampleStation(satchel);
    for (let n = 0; n < 30; n++) await registerResident(satchel, people.officer, { name: `居民${n}` });
    settings = { SATCHEL_MASTER_KEY: (satchel.config.masterKey as Buffer).toString('base64') };
    await satchel.stop();
    cpSync(satchel.directory, template, { recursive: true });
    await satchel.close();
  });
  afterAll(() => {
    program.remove();
    rmSync(scratch, { recursive: true, force: true });
  });
  beforeEach(() => {
    data = mkdtempSync(join(scratch, 'data-'));
    cpSync(template, data, { recursive: true });
  });

  const serve = (more: Readonly<Record<string, string>>, ...args: string[]): Promise<Ended> =>
    program.run(['serve', ...args], { SATCHEL_DATA: data, SATCHEL_PORT: '0', ...more });

  /** It says so on standard error, in words and not with a stack, and leaves the files as they are. */
  const refused = async (starting: () => Promise<Ended>, ...says: readonly string[]): Promise<void> => {
    const before = contentsOf(data);
    const { code, stdout, stderr } = await starting();
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    for (const word of says) expect(stderr).toContain(word);
    expect(stderr).not.toMatch(/^\s+at |node_modules|\.mjs:\d/m);
    expect(stderr).not.toContain(masterKey());
    expect(contentsOf(data)).toEqual(before);
  };

  it.each(FILES)('%s is damaged at its head', async file => {
    spoil(join(data, file), 0, 200);
    await refused(() => serve(settings), join(data, file), file === 'readmodel.db' ? 'delete it' : 'backup');
  });

  it.each(FILES)('%s is damaged in its middle', async file => {
    const { size } = statSync(join(data, file));
    spoil(join(data, file), Math.floor(size / 2), Math.floor(size / 4));
    await refused(() => serve(settings), join(data, file), 'damaged', file === 'readmodel.db' ? 'delete it' : 'backup');
  });

  it('the vault is where the events should be', async () => {
    cpSync(join(data, 'vault.db'), join(data, 'events.db'));
    await refused(() => serve(settings), join(data, 'events.db'), 'not an event store');
  });

  it('the master key is another', async () => {
    const other = { SATCHEL_MASTER_KEY: randomBytes(32).toString('base64') };
    await refused(() => serve(other), join(data, 'vault.db'), 'locked with another master key');
  });

  it('the vault is not there, and another is not made in its place', async () => {
    rmSync(join(data, 'vault.db'));
    await refused(() => serve(settings), join(data, 'vault.db'), 'restore it from a backup', 'SATCHEL_VAULT');
    const elsewhere = join(data, 'elsewhere.db');
    await refused(() => serve({ ...settings, SATCHEL_VAULT: elsewhere }), elsewhere, 'the vault is not there');
  });

  it('the vault belongs to other events', async () => {
    const other = join(scratch, 'other');
    const county = ['init', '--county', '样本县公安局', '--admin', '张三'];
    expect(await program.run(county, { SATCHEL_DATA: other, ...settings })).toMatchObject({ code: 0 });
    cpSync(join(other, 'vault.db'), join(data, 'vault.db'));
    await refused(() => serve(settings), join(data, 'vault.db'), 'does not belong to these events');
  });

  it('there is no master key', async () => {
    await refused(() => serve({}), 'SATCHEL_MASTER_KEY_FILE', 'openssl rand');
  });

  it('the master key is none, or its file is not there', async () => {
    await refused(() => serve({ SATCHEL_MASTER_KEY: 'too short' }), 'SATCHEL_MASTER_KEY must be 32 random bytes');
    const file = { SATCHEL_MASTER_KEY_FILE: join(data, 'missing.key') };
    await refused(() => serve(file), 'SATCHEL_MASTER_KEY_FILE must be a file that can be read');
  });

  it('a variable is unknown, or not as it must be', async () => {
    const bad = { ...settings, SATCHEL_DATABSE: 'x', SATCHEL_QUERY_DEPTH: 'deep' };
    await refused(
      () => serve(bad),
      'SATCHEL_DATABSE is not a setting that Satchel knows',
      'SATCHEL_QUERY_DEPTH must be a depth',
    );
  });

  it('an option or a command is unknown', async () => {
    await refused(() => serve(settings, '--prot', '80'), "unknown option '--prot'");
    await refused(() => program.run(['sreve'], settings), "unknown command 'sreve'");
  });

  it('the port is in use', async () => {
    const other = createServer();
    await new Promise<void>(resolve => other.listen({ host: '127.0.0.1', port: 0 }, resolve));
    const { port } = other.address() as { port: number };
    await refused(() => serve({ ...settings, SATCHEL_PORT: String(port) }), `127.0.0.1:${port}`, 'SATCHEL_PORT');
    other.close();
  });

  it('the host is nobody', async () => {
    await refused(() => serve({ ...settings, SATCHEL_HOST: 'nowhere.invalid' }), 'nowhere.invalid', 'SATCHEL_HOST');
    await refused(() => serve({ ...settings, SATCHEL_HOST: '192.0.2.1' }), '192.0.2.1', 'SATCHEL_HOST');
  });

  it('nothing is made where nothing was, as long as it cannot start', async () => {
    const nowhere = join(data, 'nowhere');
    const unreachable = { ...settings, SATCHEL_DATABASE: 'postgres://satchel:secret@127.0.0.1:1/satchel' };
    const vaultAway = { ...settings, SATCHEL_VAULT: 'postgres://satchel:secret@127.0.0.1:1/satchel' };
    for (const more of [{}, { ...settings, SATCHEL_PORT: 'x' }, unreachable, vaultAway]) {
      await refused(() => program.run(['serve'], { SATCHEL_DATA: nowhere, ...more }));
      expect(existsSync(nowhere)).toBe(false);
    }
  });

  it('the data directory is a file', async () => {
    const file = join(data, 'events.db');
    await refused(() => serve({ ...settings, SATCHEL_DATA: file }), file);
  });

  it('and it starts on the same files when nothing is wrong', async () => {
    const running = program.start(['serve'], { SATCHEL_DATA: data, SATCHEL_PORT: '0', ...settings });
    expect((await fetch(`${await running.url}/readyz`)).status).toBe(200);
    running.child.kill('SIGTERM');
    expect(await running.ended).toMatchObject({ code: 0, signal: null });
  });
});
