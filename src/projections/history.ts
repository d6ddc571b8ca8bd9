import { type LogPutBack, NoSuchPosition } from '../eventstore/errors.js';
import type { EventStore, RecordedEvent } from '../eventstore/port.js';
import { comparePositions, type Position } from '../kernel/position.js';

// A position says how far a read model has come, and nothing of whose events it has taken in: a store that was put back
// from an older copy and has grown since, or another one altogether, has events of its own at the same places.

/** An event by which a log is known again: no other has it at this place of this stream. */
export interface Landmark {
  readonly position: Position;
  readonly streamId: string;
  readonly revision: number;
  readonly eventId: string;
  /** A device may send its command to the one and to the other, and both give the event the same id. */
  readonly recordedAt: string;
}

export const landmarkOf = ({ position, streamId, revision, eventId, recordedAt }: RecordedEvent): Landmark => ({
  position,
  streamId,
  revision,
  eventId,
  recordedAt,
});

/** The read models hold events of another history than the event store does, and cannot go on from there. */
export class OtherHistory extends Error {
  override readonly name: string = 'OtherHistory';
  readonly code: string = 'OTHER_HISTORY';

  constructor(readModel: string, reason: string) {
    super(
      `${readModel} ${reason}: it was built from another one, or this one was put back from an older copy. End every ` +
        'server, see that these are the events that are meant, and build it from nothing: satchel rebuild --from-nothing',
    );
  }
}

/** They hold more events than the event store does. What is recorded up to where they stand would never be taken in. */
export class ReadModelAhead extends OtherHistory {
  override readonly name = 'ReadModelAhead';
  override readonly code = 'READ_MODEL_AHEAD';

  constructor(readModel: string, position: Position, head: Position) {
    super(readModel, `holds events up to position ${position}, and the event store ends at ${head}`);
  }
}

const notThere = (position: Position): string =>
  `holds an event of position ${position} that the event store does not have there`;

/** What it means for a read model that the log does not have what was read of it, or where it is to go on. */
export function otherHistory(readModel: string, error: LogPutBack | NoSuchPosition): OtherHistory {
  if (error instanceof NoSuchPosition)
    return new OtherHistory(readModel, 'stands at a position at which the event store has no event');
  const { at, head } = error;
  return comparePositions(at, head) > 0
    ? new ReadModelAhead(readModel, at, head)
    : new OtherHistory(readModel, notThere(at));
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

/** Whether the log has this event where it was. @throws what `readStream` throws */
export async function hasLandmark(store: Pick<EventStore, 'readStream'>, landmark: Landmark): Promise<boolean> {
  const { streamId, revision } = landmark;
  for await (const [event] of store.readStream(streamId, { fromRevision: revision, maxCount: 1 }))
    return event !== undefined && isSame(landmarkOf(event), landmark);
  return false;
}

const isSame = (one: Landmark, other: Landmark): boolean =>
  one.position === other.position && one.eventId === other.eventId && one.recordedAt === other.recordedAt;

/**
 * Sees that the last event which each table has taken in is there. Tables of an earlier release remember none until
 * they take in the next.
 * @throws OtherHistory, and what `readStream` throws
 */
export async function requireSameHistory(
  readModel: string,
  landmarks: readonly (Landmark | undefined)[],
  store: Pick<EventStore, 'readStream'>,
): Promise<void> {
  // Most stand at the same place.
  const distinct = new Map(landmarks.flatMap(each => (each ? [[each.position, each] as const] : [])));
  for (const landmark of distinct.values())
    if (!(await hasLandmark(store, landmark))) throw new OtherHistory(readModel, notThere(landmark.position));
}
