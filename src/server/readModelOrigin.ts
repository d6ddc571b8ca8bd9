import { changeTables } from '../database/differences.js';
import type { ReadModel } from '../database/readModel.js';
import { StoreMisconfigured } from '../eventstore/errors.js';
import type { EventStore } from '../eventstore/port.js';
import { countedIn, START } from '../kernel/position.js';
import { type Checkpoint, prepareCheckpoints, readCheckpoints } from '../projections/checkpoints.js';
import { requireNotAhead, requireSameHistory } from '../projections/history.js';
import { requireNotNewer } from '../projections/newer.js';
import { views } from './registry.js';

/** How far the read models are; none of those that were never made. */
const checkpointsIn = (db: ReadModel): Promise<ReadonlyMap<string, Checkpoint>> =>
  changeTables(db, async inside => {
    await prepareCheckpoints(inside);
    return readCheckpoints(inside);
  });

/**
 * What was made by a newer Satchel is left as it is.
 * @throws ReadModelNewer naming the read model
 */
export const requireOwnVersion = async (readModel: string, db: ReadModel): Promise<void> =>
  requireNotNewer(readModel, views, await checkpointsIn(db));

/**
 * A read model knows how far it has come by a position of the store that it was built from, which says nothing, or
 * something wrong, about another store.
 * @throws StoreMisconfigured, OtherHistory naming the read model
 */
export async function requireSameOrigin(readModel: string, db: ReadModel, events: EventStore): Promise<void> {
  const checkpoints = [...(await checkpointsIn(db)).values()];
  // Afterwards, since another process may be at work on both.
  const head = await events.head();
  for (const { position } of checkpoints) {
    if (position === START) continue;
    if (head !== START && countedIn(position) !== countedIn(head))
      throw new StoreMisconfigured(
        `${readModel} was built from another event store: stop here, or build it from nothing out of this one: satchel rebuild --from-nothing`,
      );
    await requireNotAhead(readModel, position, { head: async () => head });
  }
  const landmarks = checkpoints.map(({ landmark }) => landmark);
  await requireSameHistory(readModel, landmarks, events);
}
