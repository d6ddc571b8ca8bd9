import { createHash } from 'node:crypto';
import type { ReadModel } from '../database/readModel.js';
import { canonicalJson } from '../kernel/canonicalJson.js';
import { restSince } from './rest.js';
import { toRow } from './rows.js';
import { BOOKKEEPING, type View } from './view.js';

const PAGE = 1000;

/**
 * SHA-256 (hex) over a view's rows in order of their key, without bookkeeping columns. Equal digests: the same view.
 * @param rest so many times as long as each page took, the machine is left to others
 */
export async function digestOf(db: ReadModel, view: View, rest = 0): Promise<string> {
  const columns = ['id', ...Object.keys(view.columns).filter(name => !BOOKKEEPING.includes(name))];
  const hash = createHash('sha256');
  let last = '';
  for (;;) {
    const begun = performance.now();
    const rows = await db
      .selectFrom(view.table)
      .select(columns)
      .where('id', '>', last)
      .orderBy('id')
      .limit(PAGE)
      .execute();
    for (const row of rows) hash.update(`${canonicalJson(toRow(view, row))}\n`);
    const end = rows.at(-1)?.id;
    if (end === undefined || rows.length < PAGE) return hash.digest('hex');
    last = end as string;
    await restSince(begun, rest);
  }
}

export async function digestsOf(db: ReadModel, views: readonly View[]): Promise<ReadonlyMap<string, string>> {
  const digests = new Map<string, string>();
  for (const view of views) digests.set(view.table, await digestOf(db, view));
  return digests;
}
