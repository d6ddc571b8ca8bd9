import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type OpenReadModel, openSqliteReadModel } from '../../src/database/openReadModel.js';
import { pageOf, type RowQuery } from '../../src/graphql/connection.js';

let directory: string;
let model: OpenReadModel;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'satchel-page-'));
  model = openSqliteReadModel(join(directory, 'readmodel.db'));
  await model.db.schema.createTable('thing').addColumn('id', 'text').addColumn('place', 'integer').execute();
  const rows = ['a', 'b', 'c', 'd', 'e'].map((id, place) => ({ id, place }));
  await model.db.insertInto('thing').values(rows).execute();
});
afterEach(async () => {
  await model.close();
  rmSync(directory, { recursive: true });
});

it('leaves out a row that has gone since it was found, and goes on behind it', async () => {
  const page = (after?: string) =>
    pageOf(
      model.db,
      [model.db.selectFrom('thing').selectAll() as RowQuery],
      { list: 'things', filter: {}, sort: { column: 'place', descending: false }, first: 2, after },
      '1',
      async rows => rows.map(({ id }) => (id === 'b' ? undefined : { id })),
    );
  const first = await page();
  expect(first.nodes).toEqual([{ id: 'a' }]);
  expect(first.edges).toHaveLength(1);
  expect(first.pageInfo.hasNextPage).toBe(true);
  expect(first.pageInfo).toMatchObject({ hasPreviousPage: false, startCursor: first.edges[0]?.cursor });
  const second = await page(first.pageInfo.endCursor);
  expect(second.nodes).toEqual([{ id: 'c' }, { id: 'd' }]);
  expect(second.pageInfo).toEqual({
    hasNextPage: true,
    hasPreviousPage: true,
    startCursor: second.edges[0]?.cursor,
    endCursor: second.edges[1]?.cursor,
  });
});
