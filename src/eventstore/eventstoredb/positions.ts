import type { ReadPosition } from '@eventstore/db-client';
import { isPosition, type Position, START } from '../../kernel/position.js';
import { StoreMisconfigured } from '../errors.js';

interface LogPosition {
  readonly commit: bigint;
  readonly prepare: bigint;
}

/** What a server gives that knows no position: all bits set. */
const NONE = 2n ** 64n - 1n;

/**
 * Both numbers: events written in one transaction share the first.
 * @throws StoreMisconfigured when the server gave none
 */
export function positionOf(position: LogPosition | undefined): Position {
  if (position === undefined || position.commit === NONE || position.prepare === NONE) {
    throw new StoreMisconfigured('This EventStoreDB gives no positions of events; use version 22.6 or a later one');
  }
  return `${position.commit}/${position.prepare}`;
}

/** Whether a server can have an event there: it counts in 64 bits, and START is before the first. */
export const isOfServer = (position: ReadPosition): boolean =>
  typeof position === 'object' && position.commit < NONE && position.prepare < NONE;

/** @throws RangeError when it is not a position of this kind of store */
export function logPosition(position: Position = START): ReadPosition {
  if (position === START) return 'start';
  const [commit, prepare] = position.split('/');
  if (!isPosition(position) || commit === undefined || prepare === undefined) {
    throw new RangeError(`${position} is not a position of this store`);
  }
  return { commit: BigInt(commit), prepare: BigInt(prepare) };
}
