import { join } from 'node:path';
import { lensOf } from '../../src/access/vault/sealFields.js';
import { openDatabase, prepareQuery, prepareStatement } from '../../src/database/libsql.js';
import { type OpenReadModel, openSqliteReadModel } from '../../src/database/openReadModel.js';
import { ProjectionRunner } from '../../src/projections/runner.js';
import { views } from '../../src/server/registry.js';
import { FILES, openStores, type Stores } from '../../src/server/stores.js';
import type { BenchRow } from './benchRow.js';
import { benchDirectory, countyStreams, writeStreams } from './record.js';
import { inTurn } from './rounds.js';
import { registerPosts } from './station.js';

const EVENTS = 20_000;
const ROUNDS = 5;
const ROWS_A_TRANSACTION = 500;

/** All read models, from every event, into one that is empty; it is closed afterwards. */
export async function projectAll(
  { events: store, vault }: Pick<Stores, 'events' | 'vault'>,
  readModel: OpenReadModel,
): Promise<void> {
  const runner = new ProjectionRunner({
    store,
    db: readModel.db,
    views,
    lens: await lensOf(vault),
    onError: error => {
      throw error;
    },
  });
  await runner.start();
  if (!(await runner.reached(await store.head(), 120_000))) throw new Error('The rebuild did not come to its end');
  await runner.stop();
  await readModel.close();
}

/** Each event read by the driver, parsed, and put into the one document of its stream: no view, no index, no fold. */
function bareRebuild(eventsFile: string, file: string): void {
  const source = openDatabase(eventsFile, { readOnly: true });
  const target = openDatabase(file);
  target.exec('PRAGMA synchronous = NORMAL');
  target.exec('CREATE TABLE document (id TEXT PRIMARY KEY, revision INTEGER, body TEXT)');
  const read = prepareQuery<[number, Buffer]>(
    source,
    'SELECT position, bytes FROM events WHERE position > ? ORDER BY position LIMIT ?',
  );
  const upsert = prepareStatement(
    target,
    `INSERT INTO document VALUES (?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET revision = excluded.revision, body = excluded.body`,
  );
  for (let after = 0; ; ) {
    const rows = read.all([after, ROWS_A_TRANSACTION]);
    if (rows.length === 0) break;
    target.exec('BEGIN');
    for (const [, bytes] of rows) {
      const event = JSON.parse(bytes.toString('utf8'));
      upsert.run([event.streamId, event.revision, JSON.stringify(event)]);
    }
    target.exec('COMMIT');
    after = rows.at(-1)![0];
  }
  target.close();
  source.close();
}

/** Events of every noun of a county, many streams side by side, sealed fields on. */
export async function benchRebuild(): Promise<BenchRow[]> {
  const directory = benchDirectory('rebuild');
  const satchel = await directory.open();
  const posts = await registerPosts(satchel);
  await writeStreams(satchel.stores, countyStreams(posts, EVENTS));
  await satchel.close();
  const stores = await openStores(directory);
  const size = Number(await stores.events.head());
  const file = (name: string, round: number) => join(directory.data, `${name}-${round}.db`);
  const rates = await inTurn<number>({
    rounds: ROUNDS,
    size,
    work: round => round,
    ours: { run: round => projectAll(stores, openSqliteReadModel(file('ours', round))) },
    baseline: { run: async round => bareRebuild(join(directory.data, FILES.events), file('bare', round)) },
  });
  await stores.close();
  directory.remove();
  return [{ name: 'rebuild of all read models', ...rates, unit: 'events/s', target: { ratio: 0.5 } }];
}
