import type { Position } from '../../kernel/position.js';
import { NoSuchPosition } from '../errors.js';
import type { Connection } from './connection.js';
import type { Patience } from './patience.js';
import { isOfServer, logPosition, positionOf } from './positions.js';
import { readEvents } from './reading.js';

/**
 * Whether an event stands at this very position. Where there is none, one server answers with the next event, and
 * another that it is no place to read from.
 */
export async function holds(connection: Connection, patience: Patience, position: Position): Promise<boolean> {
  const fromPosition = logPosition(position);
  if (!isOfServer(fromPosition)) return false;
  const batches = readEvents(connection, patience, {
    from: position,
    batchSize: 1,
    after: () => position,
    open: client => client.readAll({ fromPosition, maxCount: 1, requiresLeader: true }),
  });
  try {
    for await (const [event] of batches) return event !== undefined && positionOf(event.position) === position;
  } catch (error) {
    if (!(error instanceof NoSuchPosition)) throw error;
  }
  return false;
}
