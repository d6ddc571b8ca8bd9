import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { closeDatabase, type Database, openDatabase } from '../../src/database/libsql.js';
import { AppendRefused, StoreCorrupt, StoreUnavailable } from '../../src/eventstore/errors.js';
import type { EventStore } from '../../src/eventstore/port.js';
import { openSqliteEventStore } from '../../src/eventstore/sqlite/open.js';
import { newUuid } from '../../src/kernel/ids.js';
import { collect, collectBatches, take } from './collect.js';
import { newStream, sampleAppend, sampleUpcasters } from './sampleAppend.js';

describe('the file of the event store', () => {
  let directory: string;
  let file: string;
  let opened: EventStore[];
  const open = (readOnly = false): EventStore => {
    const store = openSqliteEventStore({ file, upcasters: sampleUpcasters, readOnly });
    opened.push(store);
    return store;
  };
  const alter = (sql: string): void => withDatabase(file, db => db.exec(sql));

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'satchel-file-'));
    file = join(directory, 'deep/er/events.db');
    opened = [];
  });
  afterEach(async () => {
    for (const store of opened) await store.close();
    rmSync(directory, { recursive: true });
  });

  it('is made with its directory, and is readable by its owner alone', async () => {
    await open().append(sampleAppend({ stream: newStream() }));
    for (const path of [file, `${file}-wal`, `${file}-shm`]) expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(file)).mode & 0o777).toBe(0o700);
  });

  it('holds everything itself once the store is closed', async () => {
    const store = open();
    await store.append(sampleAppend({ stream: newStream(), data: 'only in the log so far' }));
    await store.close();
    expect(existsSync(`${file}-wal`) ? statSync(`${file}-wal`).size : 0).toBe(0);
    expect(readFileSync(file).includes('only in the log so far')).toBe(true);
  });

  it('numbers events without a gap, whatever is refused in between', async () => {
    const stores = [open(), open()];
    const stream = newStream();
    await Promise.allSettled(
      Array.from({ length: 60 }, (_, index) =>
        stores[index % 2]!.append(
          sampleAppend({ stream: index % 5 === 0 ? stream : newStream(), count: 1 + (index % 3) }),
        ),
      ),
    );
    const positions = (await collectBatches(stores[0]!.readAll())).map(({ position }) => Number(position));
    expect(positions).toEqual(positions.map((_, index) => index + 1));
  });

  it('knows one receipt a command, whichever stream it is of', async () => {
    const store = open();
    const commandId = newUuid();
    const first = sampleAppend({ stream: newStream(), commandId });
    await store.append(first);
    const elsewhere = newStream();
    await expect(store.append(sampleAppend({ stream: elsewhere, commandId }))).rejects.toMatchObject({
      code: 'COMMAND_ID_TAKEN',
      receipt: { streamId: first.streamId },
    });
    expect(await store.findReceipt({ commandId, streamId: elsewhere })).toMatchObject({ streamId: first.streamId });
  });

  it('refuses an event that it has elsewhere, and writes those that came with it', async () => {
    const store = open();
    const { receipt, ...append } = sampleAppend({ stream: newStream() });
    await store.append(append);
    const [again, other] = await Promise.allSettled([
      store.append({ ...append, streamId: newStream() }),
      store.append(sampleAppend({ stream: newStream() })),
    ]);
    expect(again).toMatchObject({ status: 'rejected', reason: expect.any(AppendRefused) });
    expect(other.status).toBe('fulfilled');
  });

  it('finds a rare category far into the log', async () => {
    const store = open();
    await store.append(sampleAppend({ stream: newStream('visit'), count: 21_000 }));
    const rare = newStream('need');
    await store.append(sampleAppend({ stream: rare }));
    expect(await collectBatches(store.readAll({ categories: ['need'] }))).toMatchObject([{ streamId: rare }]);
    expect(await take(1, store.subscribe({ categories: ['need'] }))).toMatchObject([{ streamId: rare }]);
  });

  it('fails all that came together when it cannot be written, and takes each again by the same ids', async () => {
    const store = open();
    const appends = Array.from({ length: 5 }, () => sampleAppend({ stream: newStream(), count: 2 }));
    await store.append(appends[0]!);
    alter('ALTER TABLE events RENAME TO away');
    const failed = await Promise.allSettled(appends.slice(1).map(append => store.append(append)));
    for (const outcome of failed) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: expect.any(StoreUnavailable) });
    }
    alter('ALTER TABLE away RENAME TO events');
    const again = await Promise.allSettled(appends.map(append => store.append(append)));
    expect(again.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled', 'fulfilled', 'fulfilled']);
    expect(again[0]).toMatchObject({ reason: { code: 'COMMAND_ID_TAKEN' } });
    expect(await collectBatches(store.readAll())).toHaveLength(10);
  });

  it('refuses a position of another kind of store', async () => {
    await expect(collect(open().readAll({ after: '12/34' }))).rejects.toThrow(RangeError);
    await expect(collect(open().subscribe({ after: 'yesterday' }))).rejects.toThrow(RangeError);
  });

  it('can be opened for reading alone', async () => {
    const append = sampleAppend({ stream: newStream() });
    await open().append(append);
    const reader = open(true);
    expect(await collectBatches(reader.readStream(append.streamId))).toHaveLength(1);
    await expect(reader.append(sampleAppend({ stream: newStream() }))).rejects.toThrow(StoreUnavailable);
    expect(await collectBatches(reader.readAll())).toHaveLength(1);
  });

  it('is not made by opening it for reading', () => {
    expect(() => open(true)).toThrow(StoreCorrupt);
    expect(() => open(true)).toThrow(`${file}: does not exist`);
    expect(existsSync(file)).toBe(false);
  });

  it.each([
    ['no JSON', 'ff80c328'],
    ['cut off', Buffer.from('{"type":"Persua').toString('hex')],
    ['two in one', Buffer.from('{"type":"PersuasionMade"},{"type":"PersuasionMade"}').toString('hex')],
  ])('says which event is damaged: %s', async (_, bytes) => {
    const store = open();
    const stream = newStream();
    await store.append(sampleAppend({ stream, count: 5 }));
    alter(`DROP TRIGGER events_never_change; UPDATE events SET bytes = x'${bytes}' WHERE position = 3`);
    for (const read of [collectBatches(store.readStream(stream)), collect(store.readAll())]) {
      const error = await read.catch(reason => reason);
      expect(error).toBeInstanceOf(StoreCorrupt);
      expect(error.message).toContain(`position 3 (${stream}, revision 2)`);
    }
    expect((await collectBatches(store.readAllRaw()))[2]!.bytes.toString('hex')).toBe(bytes);
  });

  describe('stops the start, and is named, when it', () => {
    const stops = (reason: string | RegExp): void => {
      expect(() => open()).toThrow(StoreCorrupt);
      expect(() => open()).toThrow(file);
      expect(() => open()).toThrow(reason);
    };
    const fill = async (): Promise<void> => {
      const store = open();
      await store.append(sampleAppend({ stream: newStream(), count: 300 }));
      await store.close();
    };

    it('is no database', () => {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, 'Dear diary, today we went up to Zhengwan village. '.repeat(100));
      stops('restore it from a backup, or give another path');
    });

    it('is a directory', () => {
      mkdirSync(file, { recursive: true });
      stops('is not a file');
    });

    it('is another database', () => {
      mkdirSync(dirname(file), { recursive: true });
      alter('CREATE TABLE letters (text)');
      stops('is a database, but not an event store');
    });

    it('was written by a newer program', async () => {
      await fill();
      alter('PRAGMA user_version = 2');
      stops('is an event store of version 2, and this program knows version 1');
    });

    it.each(['events_only_follow', 'events_never_change', 'events_never_go'])('lacks %s', async trigger => {
      await fill();
      alter(`DROP TRIGGER ${trigger}`);
      stops(`${trigger} is missing or was altered`);
    });

    it('is damaged in its middle', async () => {
      await fill();
      const bytes = readFileSync(file);
      bytes.fill(0xa5, 40_960, 49_152);
      writeFileSync(file, bytes);
      stops(/damaged .*restore it from a backup/);
    });

    it('was cut short', async () => {
      await fill();
      truncateSync(file, 40_960);
      stops(/damaged .*restore it from a backup/);
    });
  });
});

function withDatabase(file: string, work: (db: Database) => void): void {
  const db = openDatabase(file);
  try {
    work(db);
  } finally {
    closeDatabase(db);
  }
}
