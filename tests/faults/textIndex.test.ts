import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openPostgresReadModel } from '../../src/database/openPostgresReadModel.js';
import { type OpenReadModel, openSqliteReadModel } from '../../src/database/openReadModel.js';
import { textIndexesOn } from '../../src/database/textIndex/textIndexesOn.js';
import type { RowQuery } from '../../src/graphql/connection.js';
import { searched } from '../../src/graphql/textSearch.js';
import { readTextIndex } from '../../src/projections/checkpoints.js';
import { alwaysLeads } from '../../src/projections/leadership.js';
import { nextOf, oldOf } from '../../src/projections/rebuild/names.js';
import { dropOld, switchTables } from '../../src/projections/rebuild/switchTables.js';
import { writeRows } from '../../src/projections/rows.js';
import { emptyView, prepareTables } from '../../src/projections/tables.js';
import { ensureTextIndex } from '../../src/projections/textIndexes.js';
import type { View } from '../../src/projections/view.js';
import { startPostgres, type TestPostgres } from '../harness/postgres.js';

/** Rows are put in by hand. */
const view: View = {
  table: 'searched_stand_in',
  version: 1,
  columns: { words: 'text' },
  indexes: [],
  searched: 'words',
  keysOf: () => [],
  fold: () => undefined,
};
const AT = { table: view.table, column: 'words' };
const ENGINES = ['SQLite', 'PostgreSQL'] as const;

describe.each(ENGINES)('an index for text search, on %s', engine => {
  const directory = mkdtempSync(join(tmpdir(), 'satchel-text-index-'));
  let postgres: TestPostgres | undefined;
  let address: string;
  let model: OpenReadModel;

  const open = () => (engine === 'SQLite' ? openSqliteReadModel(address) : openPostgresReadModel(address));
  beforeAll(async () => {
    if (engine === 'PostgreSQL') postgres = await startPostgres();
    address = (await postgres?.makeDatabase('text')) ?? join(directory, 'readmodel.db');
    model = await open();
    await prepareTables(model.db, [view], await alwaysLeads.tryLead());
  }, 60_000);
  afterAll(async () => {
    await model?.close();
    await postgres?.stop();
    rmSync(directory, { recursive: true, force: true });
  });
  beforeEach(async () => {
    await emptyView(model.db, view, (await alwaysLeads.tryLead())!);
    await put({ a: '邻里纠纷', b: '土地纠纷' });
  });

  const put = (words: Readonly<Record<string, string>>, into = view) =>
    model.db
      .transaction()
      .execute(transaction =>
        writeRows(transaction, into, new Map(Object.entries(words).map(([id, text]) => [id, { id, words: text }]))),
      );
  /** As a rebuild does, whose events have made these rows. */
  async function switchTo(words: Readonly<Record<string, string>>): Promise<void> {
    await prepareTables(model.db, [nextOf(view)], await alwaysLeads.tryLead());
    await put(words, nextOf(view));
    const nothing = { readAll: async function* () {} };
    const lens = { open: async () => undefined, blindIndex: () => '' };
    await switchTables({ db: model.db, store: nothing, lens }, [view]);
  }
  const rows = () => model.db.selectFrom(view.table).select('id').orderBy('id') as unknown as RowQuery;
  const find = async (text: string, before: () => Promise<void> = async () => {}) => {
    const found = await searched(model.db, view, text, async filter => {
      const query = filter(rows());
      await before();
      return query.execute();
    });
    return found.map(({ id }) => id);
  };
  const ensure = (signal = new AbortController().signal) => ensureTextIndex(model.db, view, 2, signal);
  const index = () => readTextIndex(model.db, view.table);
  /** Names of all that there are, whatever their table. */
  const indexes = async (): Promise<readonly string[]> => {
    const inCatalogue =
      engine === 'SQLite'
        ? sql<{ name: string }>`select name from sqlite_master where sql like 'create virtual table%'`
        : sql<{ name: string }>`select relname as name from pg_class where relkind = 'i' and relname like 'text\\_%'`;
    return (await inCatalogue.execute(model.db)).rows.map(({ name }) => name);
  };

  it('is made at so many rows, once', async () => {
    await ensureTextIndex(model.db, view, 3, new AbortController().signal);
    expect(await index()).toBeUndefined();
    await put({ c: '水沟' });
    await ensureTextIndex(model.db, view, 3, new AbortController().signal);
    const made = await index();
    expect(await indexes()).toEqual([made]);
    await ensure();
    expect(await indexes()).toEqual([made]);
  });

  it('takes the place of what a process left that was killed before it was used', async () => {
    const left = await textIndexesOn(model.db).make(model.db, AT, new AbortController().signal);
    expect(await indexes()).toEqual([left]);
    expect(await index()).toBeUndefined();
    await ensure();
    expect(await index()).toBeDefined();
    expect(await indexes()).toEqual([await index()]);
    await put({ c: '水沟' });
    expect(await find('水沟')).toEqual(['c']);
  });

  it('holds what was there, and what is written while it is made', async () => {
    const numbered = (count: number, text: string) =>
      Object.fromEntries(Array.from({ length: count }, (_, number) => [`n${number}`, `${text}第${number}号`]));
    await put(numbered(1_000, '旧'));
    let made = false;
    const making = ensure().finally(() => {
      made = true;
    });
    let written = 0;
    for (; !made; written++) {
      await put({ [`n${(written * 101) % 1_000}`]: `新${written}村`, [`m${written}`]: '另外' });
      await nextTurn();
    }
    await making;
    expect(await index()).toBeDefined();
    expect(written).toBeGreaterThan(0);
    expect(await find('另外')).toHaveLength(written);
    const last = await rows().select('words').execute();
    for (const word of ['旧第', '第99', '号', '新1', `新${written - 1}村`])
      expect([word, await find(word)]).toEqual([
        word,
        last.filter(row => (row.words as string).includes(word)).map(({ id }) => id),
      ]);
  }, 60_000);

  it('finds what very many rows have as well', async () => {
    await ensure();
    const many = Object.fromEntries(Array.from({ length: 6_000 }, (_, number) => [`m${number}`, `纠纷${number}`]));
    await put(many);
    expect(await find('纠纷')).toHaveLength(6_002);
    expect(await find('纠纷5999')).toEqual(['m5999']);
  }, 60_000);

  it('is given up when the process is to end, and made another time', async () => {
    const stop = new AbortController();
    stop.abort();
    await ensure(stop.signal);
    expect([await index(), await indexes()]).toEqual([undefined, []]);
    await ensure();
    expect(await find('纠纷')).toEqual(['a', 'b']);
  });

  it('stays with its table when another takes the place of it, and goes with it', async () => {
    await ensure();
    const before = await index();
    await switchTo({ a: '别的', c: '水沟' });
    expect([await index(), await readTextIndex(model.db, oldOf(view).table)]).toEqual([undefined, before]);
    expect(await find('纠纷')).toEqual([]);
    expect(await find('水沟')).toEqual(['c']);
    await ensure();
    expect(await find('水沟')).toEqual(['c']);
    await dropOld(model.db, [view]);
    expect(await indexes()).toEqual([await index()]);
  });

  it('is not taken for that of the table that took the place of its own while it was made', async () => {
    await put(Object.fromEntries(Array.from({ length: 1_000 }, (_, number) => [`n${number}`, `旧第${number}号`])));
    const making = ensure();
    await switchTo({ a: '别的', c: '水沟' });
    await making;
    expect(await find('水沟')).toEqual(['c']);
    await dropOld(model.db, [view]);
    await ensure();
    expect(await find('水沟')).toEqual(['c']);
    expect(await indexes()).toEqual([await index()]);
  });

  it.each(['dropped', 'kept'])(
    'is not asked about the table that took the place of its own, %s, meanwhile',
    async way => {
      await ensure();
      let done = false;
      const switched = async () => {
        if (done) return;
        done = true;
        // None in a place where the former table had what is looked for.
        const words = { z: '别的', x: '别的', y: '新的纠纷' };
        if (way === 'kept') return switchTo(words);
        await emptyView(model.db, view, (await alwaysLeads.tryLead())!);
        await put(words);
      };
      expect(await find('纠纷', switched)).toEqual(['y']);
      expect(done).toBe(true);
      await dropOld(model.db, [view]);
    },
  );

  it('hides nothing that is wrong with a search itself', async () => {
    await ensure();
    const broken = searched(model.db, view, '纠纷', filter => filter(rows()).where('nowhere', '=', 1).execute());
    await expect(broken).rejects.toThrow(/nowhere/);
  });

  if (engine === 'SQLite')
    it('holds after VACUUM, which may number rows anew', async () => {
      await put({ c: '水沟', d: '羊圈' });
      await ensure();
      await model.db.deleteFrom(view.table).where('id', 'in', ['a', 'c']).execute();
      await sql`vacuum`.execute(model.db);
      await put({ e: '水沟' });
      expect([await find('纠纷'), await find('羊圈'), await find('水沟')]).toEqual([['b'], ['d'], ['e']]);
    });

  if (engine === 'PostgreSQL')
    it('keeps nobody waiting while it is made, and is given up at once when the process is to end', async () => {
      const other = await open();
      const stop = new AbortController();
      let making: Promise<void> = Promise.resolve();
      await other.db
        .transaction()
        .execute(async transaction => {
          // Until this one is over, the server cannot finish an index.
          await writeRows(transaction, view, new Map([['c', { id: 'c', words: '水沟' }]]));
          making = ensure(stop.signal);
          await expect.poll(indexes).toHaveLength(1);
          await put({ d: '羊圈' });
          expect(await find('羊圈')).toEqual(['d']);
          expect(await index()).toBeUndefined();
          stop.abort();
          await making;
          throw new Error('rolled back');
        })
        .catch(error => expect(error.message).toBe('rolled back'));
      await other.close();
      expect(await index()).toBeUndefined();
      await ensure();
      expect(await indexes()).toEqual([await index()]);
      expect([await find('羊圈'), await find('水沟')]).toEqual([['d'], []]);
    }, 60_000);
});
