import { type Position, START } from '../../kernel/position.js';
import type { Connection } from './connection.js';
import type { Patience } from './patience.js';
import { positionOf } from './positions.js';
import { readEvents } from './reading.js';
import { isOfSystem } from './storedEvents.js';

/** What is looked for is nearly always among the last few: they are asked for first, the rest when need be. */
const LAST_FEW = 32;
const REST = 500;

/** Position of the last event that is not the server's own. */
export async function head(connection: Connection, patience: Patience): Promise<Position> {
  for (const maxCount of [LAST_FEW, Number.MAX_SAFE_INTEGER]) {
    const batches = readEvents(connection, patience, {
      from: 'end' as const,
      batchSize: REST,
      after: () => 'end' as const,
      open: (client, fromPosition) =>
        client.readAll({ direction: 'backwards', fromPosition, maxCount, requiresLeader: true }),
    });
    let read = 0;
    for await (const events of batches) {
      read += events.length;
      const last = events.find(event => !isOfSystem(event));
      if (last) return positionOf(last.position);
    }
    if (read < maxCount) return START;
  }
  return START;
}
