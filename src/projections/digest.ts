import { createHash } from 'node:crypto';
import type { ReadModel } from '../database/readModel.js';
import { canonicalJson } from '../kernel/canonicalJson.js';
import { restSince } from './rest.js';
import { pagesOf, toRow } from './rows.js';
import { BOOKKEEPING, type View } from './view.js';

/**
 * SHA-256 (hex) over a view's rows in order of their key, without bookkeeping columns. Equal digests: the same view.
 * @param rest so many times as long as each page took, the machine is left to others
 */
export async function digestOf(db: ReadModel, view: View, rest = 0): Promise<string> {
  const columns = ['id', ...Object.keys(view.columns).filter(name => !BOOKKEEPING.includes(name))];
  const hash = createHash('sha256');
  let begun = performance.now();
  for await (const rows of pagesOf(db, view.table, columns)) {
    for (const row of rows) hash.update(`${canonicalJson(toRow(view, row))}\n`);
    await restSince(begun, rest);
    begun = performance.now();
  }
  return hash.digest('hex');
}

export async function digestsOf(db: ReadModel, views: readonly View[]): Promise<ReadonlyMap<string, string>> {
  const digests = new Map<string, string>();
  for (const view of views) digests.set(view.table, await digestOf(db, view));
  return digests;
}
