import { lensOf } from '../access/vault/sealFields.js';
import type { Config } from '../config.js';
import { comparePositions } from '../kernel/position.js';
import { digestsOf } from '../projections/digest.js';
import { ProjectionRunner } from '../projections/runner.js';
import { emptyView } from '../projections/tables.js';
import { views } from '../server/registry.js';
import { openStores } from '../server/stores.js';
import { masterKeyOf } from './masterKey.js';
import { progressBar } from './progress.js';

const POLL_MS = 50;

/** Empties every read model and fills it again from the events; prints the digest of each. */
export async function rebuild(config: Config): Promise<void> {
  const stores = await openStores({ data: config.data, masterKey: masterKeyOf(config) });
  const { db } = stores.readModel;
  let failed: Error | undefined;
  try {
    for (const view of views) await emptyView(db, view);
    const head = await stores.events.head();
    const bar = progressBar({ name: 'Rebuilding', total: Number(head.split('/')[0]), unit: 'events' });
    const runner = new ProjectionRunner({
      store: stores.events,
      db,
      views,
      lens: lensOf(stores.vault),
      onError: error => {
        failed = error;
      },
    });
    await runner.start();
    while (!failed && comparePositions(runner.position, head) < 0) {
      await runner.reached(head, POLL_MS);
      bar.update(Number(runner.position.split('/')[0]));
    }
    bar.stop();
    await runner.stop();
    if (failed) throw failed;
    for (const [view, digest] of await digestsOf(db, views)) process.stdout.write(`${digest}  ${view}\n`);
  } finally {
    await stores.close();
  }
}
