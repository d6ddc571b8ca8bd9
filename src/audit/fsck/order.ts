import { createHash } from 'node:crypto';
import type { RawEvent } from '../../eventstore/port.js';
import { comparePositions, countedIn, type Position, START } from '../../kernel/position.js';
import { IdTable } from './idTable.js';
import type { Misfit } from './rules.js';

/** Whether events, one after the other, stand in the order that the store promises. */
export interface OrderCheck {
  /** The next event, by what the store says of it. */
  next(event: RawEvent): Misfit[];
  /** Whether an event of this id has come by in this stream. */
  has(eventId: string, streamId: string): boolean;
  readonly streams: number;
}

const KEY_BYTES = 16;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const keyOfId = (uuid: string): Buffer => Buffer.from(uuid.replaceAll('-', ''), 'hex');
const keyOfStream = (streamId: string): Buffer => createHash('sha256').update(streamId).digest().subarray(0, KEY_BYTES);
/** Tells a stream from nearly every other, in 31 bits. */
const markOf = (streamId: string): number => keyOfStream(streamId).readUInt32LE() >>> 1;

/** Positions that count events go up by one; those that count bytes only go up. */
const follows = (position: Position, before: Position): boolean =>
  countedIn(position) === 'events' ? position === String(Number(before) + 1) : comparePositions(position, before) > 0;

export function orderCheck(): OrderCheck {
  const [ids, nextRevisions] = [new IdTable(), new IdTable()];
  let before = START;

  const checkPosition = ({ position }: RawEvent): Misfit[] => {
    const previous = before;
    before = position;
    return follows(position, previous) ? [] : [{ rule: 'POSITION', detail: `${position} after ${previous}` }];
  };
  const checkRevision = ({ streamId, revision }: RawEvent): Misfit[] => {
    const stream = keyOfStream(streamId);
    const expected = nextRevisions.get(stream) ?? 0;
    // From here on, so that one gap is told once.
    nextRevisions.set(stream, revision + 1);
    return revision === expected ? [] : [{ rule: 'REVISION', detail: `${revision} instead of ${expected}` }];
  };
  const checkId = ({ eventId, streamId }: RawEvent): Misfit[] => {
    if (!UUID.test(eventId)) return [{ rule: 'EVENT_ID' }];
    const id = keyOfId(eventId);
    if (ids.get(id) !== undefined) return [{ rule: 'EVENT_ID', detail: `${eventId} stands twice` }];
    ids.set(id, markOf(streamId));
    return [];
  };
  return {
    has: (eventId, streamId) => UUID.test(eventId) && ids.get(keyOfId(eventId)) === markOf(streamId),
    next: event => [...checkPosition(event), ...checkRevision(event), ...checkId(event)],
    get streams() {
      return nextRevisions.size;
    },
  };
}
