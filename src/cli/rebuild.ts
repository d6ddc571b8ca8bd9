import { lensOf } from '../access/vault/sealFields.js';
import type { Config } from '../config.js';
import type { ReadModel } from '../database/readModel.js';
import { comparePositions, countedIn, countOf, type Position } from '../kernel/position.js';
import { readCheckpoints } from '../projections/checkpoints.js';
import { digestsOf } from '../projections/digest.js';
import type { Leadership, Term } from '../projections/leadership.js';
import { ProjectionRunner } from '../projections/runner.js';
import { emptyView } from '../projections/tables.js';
import { views } from '../server/registry.js';
import { openStores, type Stores } from '../server/stores.js';
import { UsageError } from './errors.js';
import { locationsOf } from './locations.js';
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
async function project({ events, vault, leadership, readModel: { db } }: Stores, head: Position): Promise<void> {
  let failed: Error | undefined;
  const onError = (error: Error) => {
    failed = error;
  };
  const bar = progressBar({ name: 'Rebuilding', total: countOf(head), unit: countedIn(head) });
  const runner = new ProjectionRunner({ store: events, db, views, lens: await lensOf(vault), leadership, onError });
  await runner.start();
  while (!failed && comparePositions(runner.position, head) < 0) {
    await runner.reached(head, POLL_MS);
    bar.update(countOf(runner.position));
  }
  bar.stop();
  await runner.stop();
  if (failed) throw failed;
}

const comparedWith = (before: string | undefined, now: string): string => {
  if (before === undefined) return '';
  return before === now ? '  as before' : `  was ${before}`;
};

/** A server that runs beside would show the read models half built. @throws UsageError naming who leads */
async function requireLead(leadership: Leadership): Promise<Term> {
  const term = await leadership.tryLead();
  if (term) return term;
  const { name } = (await leadership.leader()) ?? { name: 'another process' };
  throw new UsageError(
    `${name} keeps these read models up: end every Satchel that uses the database, and rebuild them then`,
  );
}

/** Empties every read model and fills it again from the events; prints the digest of each, and what it was before. */
export async function rebuild(config: Config): Promise<void> {
  const stores = await openStores(locationsOf(config));
  const { db } = stores.readModel;
  try {
    const term = await requireLead(stores.leadership);
    const head = await stores.events.head();
    const before = await digestsNow(db, head);
    for (const view of views) await emptyView(db, view, term);
    await project(stores, head);
    for (const [view, digest] of await digestsOf(db, views))
      process.stdout.write(`${digest}  ${view}${comparedWith(before.get(view), digest)}\n`);
  } finally {
    await stores.close();
  }
}
