import { join } from 'node:path';
import { openSqliteEventStore } from '../../src/eventstore/sqlite/open.js';
import { bareAppends, makeAppends } from './bareAppends.js';
import type { BenchRow } from './benchRow.js';
import { benchDirectory } from './record.js';
import { inTurn } from './rounds.js';

const TARGETS = [
  { clients: 1, ratio: 0.8, size: 400 },
  { clients: 16, ratio: 0.65, size: 3_200 },
  { clients: 64, ratio: 0.6, size: 6_400 },
] as const;
const ROUNDS = 14;

/**
 * Durable appends, one event of about 600 bytes and one receipt each, against a bare loop on the same driver
 * with as many rows a transaction. Both are given the same events, encoded beforehand.
 */
export async function benchAppends(): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const { clients, ratio, size } of TARGETS) {
    const directory = benchDirectory('appends');
    const file = join(directory.data, 'events.db');
    const store = openSqliteEventStore({ file, upcasters: new Map([['PersuasionMade', []]]) });
    const bare = bareAppends(join(directory.data, 'bare.db'));
    const rates = await inTurn({
      rounds: ROUNDS,
      size,
      work: () => makeAppends(clients, size),
      ours: {
        run: async work => {
          await Promise.all(
            work.map(async appends => {
              for (const append of appends) await store.append(append);
            }),
          );
        },
      },
      baseline: bare,
    });
    await store.close();
    bare.close();
    directory.remove();
    rows.push({ name: `durable appends, ${clients} in flight`, ...rates, unit: 'events/s', target: { ratio } });
  }
  return rows;
}
