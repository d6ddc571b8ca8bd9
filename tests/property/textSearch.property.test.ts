import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPostgresReadModel } from '../../src/database/openPostgresReadModel.js';
import { type OpenReadModel, openSqliteReadModel } from '../../src/database/openReadModel.js';
import type { ReadModel } from '../../src/database/readModel.js';
import { bigramsOf } from '../../src/database/textIndex/bigrams.js';
import { textIndexesOn } from '../../src/database/textIndex/textIndexesOn.js';
import type { RowQuery } from '../../src/graphql/connection.js';
import { searched } from '../../src/graphql/textSearch.js';
import { readTextIndex } from '../../src/projections/checkpoints.js';
import { alwaysLeads } from '../../src/projections/leadership.js';
import { writeRows } from '../../src/projections/rows.js';
import { emptyView, prepareTables } from '../../src/projections/tables.js';
import { ensureTextIndex } from '../../src/projections/textIndexes.js';
import type { View } from '../../src/projections/view.js';
import { startPostgres, type TestPostgres } from '../harness/postgres.js';

/** Rows are put in by hand. */
const indexedView: View = {
  table: 'indexed_stand_in',
  version: 1,
  columns: { words: 'text' },
  indexes: [],
  searched: 'words',
  keysOf: () => [],
  fold: () => undefined,
};
/** The same rows, in a table that never gets an index. */
const plainView: View = { ...indexedView, table: 'plain_stand_in' };

/** Few, so that texts share them: two that look alike, one of two code units and half of one, and signs of every syntax. */
const SIGNS = [...'中文纠纷邻里号第1280 aAbéİß-()（）"\'%_\\*{},', '\u0000', '𠮷', '\ud842', 'e\u0301'];
const text = fc.string({ unit: fc.constantFrom(...SIGNS), maxLength: 12 });
const texts = fc.oneof({ weight: 6, arbitrary: text }, fc.string({ unit: 'binary', maxLength: 30 }));
/** By the number of a row: what it says then, or that it goes. */
const changes = fc.array(fc.tuple(fc.nat(9), fc.option(texts, { freq: 8 })), { maxLength: 12 });

describe('a text search by an index', () => {
  let postgres: TestPostgres;
  const directory = mkdtempSync(join(tmpdir(), 'satchel-text-'));
  const models: OpenReadModel[] = [];

  beforeAll(async () => {
    postgres = await startPostgres();
    models.push(openSqliteReadModel(join(directory, 'readmodel.db')));
    models.push(await openPostgresReadModel(await postgres.makeDatabase('text')));
    for (const { db } of models) await prepareTables(db, [indexedView, plainView], await alwaysLeads.tryLead());
  }, 60_000);
  afterAll(async () => {
    for (const model of models) await model.close();
    await postgres?.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  const put = (db: ReadModel, made: readonly (readonly [number, string | null])[]) =>
    db.transaction().execute(async transaction => {
      for (const view of [indexedView, plainView])
        for (const [key, words] of made)
          await writeRows(
            transaction,
            view,
            new Map([[`row-${key}`, words === null ? undefined : { id: `row-${key}`, words: words.toLowerCase() }]]),
          );
    });
  const find = async (db: ReadModel, view: View, wanted: string) => {
    const rows = db.selectFrom(view.table).select('id').orderBy('id') as unknown as RowQuery;
    const found = await searched(db, view, wanted, filter => filter(rows).execute());
    return found.map(({ id }) => id);
  };
  const makeIndex = async (db: ReadModel) => {
    await ensureTextIndex(db, indexedView, 0, new AbortController().signal);
    expect(await readTextIndex(db, indexedView.table)).toBeDefined();
  };

  it('gives what going through the rows gives, on both databases, whatever is written before and after', async () => {
    await fc.assert(
      fc.asyncProperty(changes, changes, fc.array(text, { maxLength: 6 }), async (before, after, asked) => {
        const parts = [...before, ...after].map(([, words]) => [...(words ?? '')].slice(1, 4).join(''));
        const answers: unknown[] = [];
        for (const { db } of models) {
          for (const view of [indexedView, plainView]) await emptyView(db, view, (await alwaysLeads.tryLead())!);
          await put(db, before);
          await makeIndex(db);
          await put(db, after);
          for (const wanted of [...asked, ...parts]) {
            const found = await find(db, indexedView, wanted);
            expect(found).toEqual(await find(db, plainView, wanted));
            answers.push([wanted, found]);
          }
        }
        expect(answers.slice(answers.length / 2)).toEqual(answers.slice(0, answers.length / 2));
      }),
      { numRuns: 60 },
    );
  }, 120_000);

  it('looks at few rows alone: those with the same two characters side by side', async () => {
    for (const { db } of models) {
      await emptyView(db, indexedView, (await alwaysLeads.tryLead())!);
      await put(db, [
        [1, '邻里纠纷'],
        [2, '纷纠'],
        [3, '纠 纷'],
        [4, '纠纷 邻里'],
      ]);
      await makeIndex(db);
      const index = (await readTextIndex(db, indexedView.table)) as string;
      const at = { table: indexedView.table, column: 'words' };
      const rowsWith = async (wanted: string) => {
        const holding = await textIndexesOn(db).holding(db, index, at, bigramsOf(wanted));
        const rows = db.selectFrom(indexedView.table).select('id').orderBy('id');
        return (await rows.where(holding!).execute()).map(({ id }) => id);
      };
      expect(await rowsWith('纠纷')).toEqual(['row-1', 'row-4']);
      expect(await rowsWith('里纠纷')).toEqual(['row-1']);
      expect(await rowsWith('纠 纷')).toEqual(['row-3']);
      expect(await rowsWith('纠纷案')).toEqual([]);
    }
  });
});
