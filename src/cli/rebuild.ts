import { lensOf } from '../access/vault/sealFields.js';
import type { Config } from '../config.js';
import type { ReadModel } from '../database/readModel.js';
import { comparePositions, type Position } from '../kernel/position.js';
import { readCheckpoints } from '../projections/checkpoints.js';
import { digestsOf } from '../projections/digest.js';
import { ProjectionRunner } from '../projections/runner.js';
import { emptyView } from '../projections/tables.js';
import { views } from '../server/registry.js';
import { openStores, type Stores } from '../server/stores.js';
import { masterKeyOf } from './masterKey.js';
import { progressBar } from './progress.js';

const POLL_MS = 50;

/** Digests of the read models as they stand; none of those that lag behind, or were built by another version. */
async function digestsNow(db: ReadModel, head: Position): Promise<ReadonlyMap<string, string>> {
  const checkpoints = await readCheckpoints(db);
  const current = views.filter(({ table, version }) => {
    const checkpoint = checkpoints.get(table);
    return checkpoint?.version === version && checkpoint.position === head;
  });
  return digestsOf(db, current);
}

/** Fills empty read models from the events, up to `head`. @throws what stops a projection */
async function project({ events, vault, readModel: { db } }: Stores, head: Position): Promise<void> {
  let failed: Error | undefined;
  const onError = (error: Error) => {
    failed = error;
  };
  const bar = progressBar({ name: 'Rebuilding', total: Number(head.split('/')[0]), unit: 'events' });
  const runner = new ProjectionRunner({ store: events, db, views, lens: lensOf(vault), onError });
  await runner.start();
  while (!failed && comparePositions(runner.position, head) < 0) {
    await runner.reached(head, POLL_MS);
    bar.update(Number(runner.position.split('/')[0]));
  }
  bar.stop();
  await runner.stop();
  if (failed) throw failed;
}

const comparedWith = (before: string | undefined, now: string): string => {
  if (before === undefined) return '';
  return before === now ? '  as before' : `  was ${before}`;
};

/** Empties every read model and fills it again from the events; prints the digest of each, and what it was before. */
export async function rebuild(config: Config): Promise<void> {
  const stores = await openStores({ data: config.data, database: config.database, masterKey: masterKeyOf(config) });
  const { db } = stores.readModel;
  try {
    const head = await stores.events.head();
    const before = await digestsNow(db, head);
    for (const view of views) await emptyView(db, view);
    await project(stores, head);
    for (const [view, digest] of await digestsOf(db, views))
      process.stdout.write(`${digest}  ${view}${comparedWith(before.get(view), digest)}\n`);
  } finally {
    await stores.close();
  }
}
