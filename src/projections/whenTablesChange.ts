import { setTimeout as delay } from 'node:timers/promises';
import type { ReadModel } from '../database/readModel.js';
import { CheckpointMoved, type Place, readCheckpoints } from './checkpoints.js';
import type { View } from './view.js';

const LOOK_EVERY_MS = 1_000;

/**
 * What a retry or a rebuild of another program has made of the tables shows at the next batch, and in a quiet time
 * nobody knows when that comes: so who leads looks at them, as often as those who do not lead. Ends with nothing when
 * the signal says so.
 * @param placeOf where who leads has each view
 */
export async function whenTablesChange(
  db: ReadModel,
  views: readonly View[],
  placeOf: (view: View) => Place,
  signal: AbortSignal,
): Promise<CheckpointMoved | undefined> {
  while (await delay(LOOK_EVERY_MS, true, { signal, ref: false }).catch(() => false))
    try {
      const stored = await readCheckpoints(db);
      const isChanged = (view: View) => {
        const found = stored.get(view.table);
        return found?.version !== view.version || found.epoch !== placeOf(view).epoch;
      };
      if (views.some(isChanged)) return new CheckpointMoved('Another program changed the tables');
    } catch {
      // Who writes meets it too, and says so.
    }
  return undefined;
}
