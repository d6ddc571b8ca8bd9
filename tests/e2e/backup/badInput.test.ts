import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openSqliteEventStore } from '../../../src/eventstore/sqlite/open.js';
import { canonicalJson } from '../../../src/kernel/canonicalJson.js';
import { newStream, sampleAppend, sampleUpcasters } from '../../contract/sampleAppend.js';
import { newMasterKey } from '../../harness/satchelPlace.js';
import { compileSatchel, contentsOf, type Ended, type SatchelProgram, whenTold } from '../../harness/satchelProcess.js';
import { mountSmallDisk } from '../../harness/smallDisk.js';

/** So many that a signal comes in the middle of a copy. */
const COMMANDS = 3_000;

describe('satchel backup and restore', () => {
  const masterKey = newMasterKey();
  let program: SatchelProgram;
  let scratch: string;
  let data: string;
  let settings: Readonly<Record<string, string>>;
  /** A good backup; tests work on copies. */
  let good: string;
  let copy: string;
  let elsewhere: string;

  const backup = (folder: string) => program.run(['backup', folder], settings);
  const restore = (folder: string, more: Readonly<Record<string, string>> = {}) =>
    program.run(['restore', folder], { ...settings, SATCHEL_DATA: elsewhere, ...more });
  /** Refused with one line of words, and without a stack. */
  const refused = ({ code, stdout, stderr }: Ended, ...says: string[]) => {
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    for (const word of says) expect(stderr).toContain(word);
    expect(stderr).not.toMatch(/^\s+at |node_modules|\.mjs:\d/m);
  };
  const hidden = (folder: string) => readdirSync(folder).filter(name => name.startsWith('.'));

  beforeAll(async () => {
    program = await compileSatchel();
    scratch = mkdtempSync(join(tmpdir(), 'satchel-bad-backup-'));
    [data, good] = [join(scratch, 'data'), join(scratch, 'good')];
    settings = { SATCHEL_DATA: data, SATCHEL_PORT: '0', SATCHEL_MASTER_KEY: masterKey, SATCHEL_LOG_LEVEL: 'warn' };
    expect((await program.run(['init', '--county', '康县公安局', '--admin', '管理员甲'], settings)).code).toBe(0);
    const store = openSqliteEventStore({ file: join(data, 'events.db'), upcasters: sampleUpcasters, disposable: true });
    await store.appendInOrder(
      Array.from({ length: COMMANDS }, () => sampleAppend({ stream: newStream('letter'), count: 4 })),
    );
    await store.close();
    expect((await backup(good)).code).toBe(0);
  });
  afterAll(() => {
    program.remove();
    rmSync(scratch, { recursive: true, force: true });
  });
  beforeEach(() => {
    const folder = mkdtempSync(join(scratch, 'test-'));
    [copy, elsewhere] = [join(folder, 'backup'), join(folder, 'data')];
    cpSync(good, copy, { recursive: true });
  });
  afterEach(() => expect(contentsOf(good).size).toBe(4));

  it('needs no master key to take one, and a restore leaves it as it was', async () => {
    const { SATCHEL_MASTER_KEY: _key, ...without } = settings;
    const folder = join(copy, '..', 'without');
    expect((await program.run(['backup', folder], without)).code).toBe(0);
    const before = contentsOf(folder);
    expect((await restore(folder)).code).toBe(0);
    expect(contentsOf(folder)).toEqual(before);
    expect(readdirSync(elsewhere).sort()).toEqual(['control.db', 'events.db', 'vault.db']);
    refused(await program.run(['restore', copy], { ...without, SATCHEL_DATA: join(copy, '../none') }), 'master key');
  });

  it('of before there was a control store is restored without one', async () => {
    const file = join(copy, 'manifest.json');
    const { control: _none, sha256: _seal, ...rest } = JSON.parse(readFileSync(file, 'utf8'));
    const manifest = { ...rest, version: 1 };
    const sha256 = createHash('sha256').update(canonicalJson(manifest)).digest('hex');
    writeFileSync(file, JSON.stringify({ ...manifest, sha256 }));
    rmSync(join(copy, 'control.db'));
    expect((await restore(copy)).code).toBe(0);
    expect(readdirSync(elsewhere).sort()).toEqual(['events.db', 'vault.db']);
  });

  describe('a backup is refused', () => {
    it('where there is something already, which stays as it is', async () => {
      const before = contentsOf(copy);
      refused(await backup(copy), `${copy}: is not empty`, 'name one that is not there yet');
      expect(contentsOf(copy)).toEqual(before);
      refused(await backup(join(copy, 'manifest.json')), 'is not a folder');
    });

    it('where there are no events, and makes nothing', async () => {
      const nowhere = join(copy, '../nowhere');
      const folder = join(copy, '../of-nothing');
      refused(
        await program.run(['backup', folder], { ...settings, SATCHEL_DATA: nowhere }),
        `${join(nowhere, 'events.db')}: does not exist`,
      );
      for (const each of [nowhere, folder]) expect(existsSync(each)).toBe(false);
    });

    it('without the vault', async () => {
      const part = join(copy, '../part');
      mkdirSync(part);
      cpSync(join(data, 'events.db'), join(part, 'events.db'));
      const folder = join(copy, '../half');
      refused(
        await program.run(['backup', folder], { ...settings, SATCHEL_DATA: part }),
        join(part, 'vault.db'),
        'is not there',
      );
      expect(readdirSync(join(copy, '..')).sort()).toEqual(['backup', 'part']);
    });
  });

  describe('a restore is refused, and puts nothing in place,', () => {
    const nothing = () => expect(existsSync(elsewhere)).toBe(false);

    it('onto a server that is at work, which goes on', async () => {
      const serving = program.start(['serve'], settings);
      const url = await serving.url;
      refused(
        await restore(good, { SATCHEL_DATA: data }),
        join(data, 'events.db'),
        'overwrites nothing',
        'End the server',
        join(data, 'vault.db-wal'),
      );
      expect((await fetch(`${url}/livez`)).status).toBe(200);
      serving.child.kill('SIGTERM');
      expect(await serving.ended).toMatchObject({ code: 0, stderr: '' });
      expect(hidden(data)).toEqual([]);
    });

    it.each(['events.db', 'vault.db', 'control.db', 'readmodel.db'])('where there is a file %s', async name => {
      mkdirSync(elsewhere);
      writeFileSync(join(elsewhere, name), 'something');
      const before = contentsOf(elsewhere);
      refused(await restore(copy), `${join(elsewhere, name)}: is there already`);
      expect(contentsOf(elsewhere)).toEqual(before);
    });

    it.each(['events.db', 'vault.db', 'control.db', 'manifest.json'])('when a byte of %s was flipped', async name => {
      const file = join(copy, name);
      const bytes = readFileSync(file);
      bytes[bytes.length >> 1]! ^= 1;
      writeFileSync(file, bytes);
      refused(await restore(copy), file, 'take another copy of the backup');
      nothing();
    });

    it.each(['events.db', 'vault.db', 'control.db'])('when %s is missing', async name => {
      rmSync(join(copy, name));
      refused(await restore(copy), `${join(copy, name)}: is missing`);
      nothing();
    });

    it('when the manifest is missing, as of a backup that was cut off', async () => {
      rmSync(join(copy, 'manifest.json'));
      refused(await restore(copy), `${copy}: is no backup, or one that was cut off`);
      refused(await restore(join(copy, 'nowhere')), 'is no backup');
      nothing();
    });

    it('when a newer program took it, or it is the manifest of something else', async () => {
      const file = join(copy, 'manifest.json');
      const manifest = JSON.parse(readFileSync(file, 'utf8'));
      writeFileSync(file, JSON.stringify({ ...manifest, version: 3, tapes: 7 }));
      refused(await restore(copy), `${file}: is of version 3, and this program knows version 2`);
      writeFileSync(file, JSON.stringify({ name: 'app', version: 1 }));
      refused(await restore(copy), `${file}: is not the manifest of a backup`);
      writeFileSync(file, JSON.stringify({ ...manifest, events: { ...manifest.events, count: 1 } }));
      refused(await restore(copy), `${file}: is not as it was written`);
      nothing();
    });

    it('with another master key', async () => {
      refused(
        await restore(copy, { SATCHEL_MASTER_KEY: newMasterKey() }),
        `${join(copy, 'vault.db')}: is locked with another master key`,
      );
      nothing();
    });
  });

  describe('stopped in the middle', () => {
    const stop = (args: readonly string[], signal: 'SIGINT' | 'SIGKILL', at: RegExp): Promise<Ended> => {
      const running = program.start(args, settings);
      whenTold(running, at, () => running.child.kill(signal));
      return running.ended;
    };

    it.each([/Checking/, /Copying/, /Comparing both/])(
      'by Ctrl-C at %s, a backup is gone without a trace',
      async at => {
        const folder = join(copy, '../stopped');
        const ended = await stop(['backup', folder], 'SIGINT', at);
        refused(ended, 'stopped; nothing of the backup is left');
        expect(readdirSync(join(copy, '..'))).toEqual(['backup']);
      },
    );

    it('by SIGKILL, it does not look like a backup, and is not in the way of another', async () => {
      const folder = join(copy, '../killed');
      expect((await stop(['backup', folder], 'SIGKILL', /Copying/)).signal).toBe('SIGKILL');
      expect(existsSync(folder)).toBe(false);
      const [partial] = hidden(join(copy, '..'));
      refused(await restore(join(copy, '..', partial!)), 'is no backup, or one that was cut off');
      const again = await backup(folder);
      expect(again.code).toBe(0);
      expect(again.stderr).toMatch(/Left by backups that were killed.*they hold keys, so delete them: /);
      expect(again.stderr).toContain(join(copy, '..', partial!));
      rmSync(join(copy, '..', partial!), { recursive: true });
      expect((await backup(join(copy, '../more'))).stderr).not.toContain('Left by');
      expect((await restore(folder)).code).toBe(0);
    });
  });

  describe('on a full disk', () => {
    const disk = mountSmallDisk(1);
    if (!disk) process.stderr.write('Not run: backup and restore on a full disk, since no small disk can be mounted\n');
    const small = disk?.path ?? '';
    afterEach(() => disk && expect(readdirSync(small)).toEqual([]));
    afterAll(() => disk?.remove());

    it.skipIf(!disk)('a backup says so, and leaves nothing', async () => {
      const folder = join(small, 'today');
      refused(await backup(folder), `${folder}: the disk is full`, 'Make room');
      refused(await backup(small), `${small}: is where a disk is mounted; name a folder in it`);
    });

    it.skipIf(!disk)(
      'a vault that belongs on another disk than the events goes there, whole or not at all',
      async () => {
        const vault = join(small, 'vault.db');
        const there = { SATCHEL_VAULT: vault };
        disk?.fill();
        refused(await restore(copy, there), 'the disk is full');
        expect(readdirSync(small)).toEqual(['ballast']);
        expect(existsSync(elsewhere)).toBe(false);
        disk?.free();
        expect((await restore(copy, there)).code).toBe(0);
        expect(readdirSync(small)).toEqual(['vault.db']);
        expect(readFileSync(vault).equals(readFileSync(join(copy, 'vault.db')))).toBe(true);
        refused(await restore(copy, { ...there, SATCHEL_DATA: join(copy, '../more') }), `${vault}: is there already`);
        rmSync(vault);
      },
    );

    it.skipIf(!disk)('a restore says so, and leaves nothing', async () => {
      const place = join(small, 'data');
      refused(await restore(copy, { SATCHEL_DATA: place }), `${place}: the disk is full`);
    });
  });
});
