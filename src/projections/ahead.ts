import type { EventStore } from '../eventstore/port.js';
import { comparePositions, type Position } from '../kernel/position.js';

/**
 * The read models hold more events than the event store does: those of another one, or of a time to which it was put
 * back. What is recorded up to where they stand would never be taken in.
 */
export class ReadModelAhead extends Error {
  override readonly name = 'ReadModelAhead';
  readonly code = 'READ_MODEL_AHEAD';

  constructor(readModel: string, position: Position, head: Position) {
    super(
      `${readModel} holds events up to position ${position}, and the event store ends at ${head}: it was built from ` +
        'another one, or this one was put back from an older copy. End every server, see that these are the events ' +
        'that are meant, and build it from nothing: satchel rebuild --from-nothing',
    );
  }
}

/** @throws ReadModelAhead, and what `head` throws */
export async function requireNotAhead(
  readModel: string,
  position: Position,
  store: Pick<EventStore, 'head'>,
): Promise<void> {
  const head = await store.head();
  if (comparePositions(position, head) > 0) throw new ReadModelAhead(readModel, position, head);
}
