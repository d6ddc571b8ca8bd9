import { changeTables } from '../database/differences.js';
import type { ReadModel } from '../database/readModel.js';
import { StoreMisconfigured } from '../eventstore/errors.js';
import type { EventStore } from '../eventstore/port.js';
import { countedIn, START } from '../kernel/position.js';
import { readCheckpoints } from '../projections/checkpoints.js';

/**
 * A read model knows how far it has come by a position of the store that it was built from, which says nothing, or
 * something wrong, about another store.
 * @throws StoreMisconfigured naming the read model
 */
export async function requireSameOrigin(readModel: string, db: ReadModel, events: EventStore): Promise<void> {
  const head = await events.head();
  if (head === START) return;
  for (const { position } of (await changeTables(db, readCheckpoints)).values())
    if (position !== START && countedIn(position) !== countedIn(head))
      throw new StoreMisconfigured(
        `${readModel} was built from another event store: stop here, or delete it, and it is built anew from this one`,
      );
}
