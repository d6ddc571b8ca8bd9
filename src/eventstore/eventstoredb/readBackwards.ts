import type { RecordedEvent as StoredEvent } from '@eventstore/db-client';
import type { Position } from '../../kernel/position.js';
import { START } from '../../kernel/position.js';
import type { Receipt } from '../port.js';
import type { Connection } from './connection.js';
import type { Patience } from './patience.js';
import { positionOf } from './positions.js';
import { readEvents } from './reading.js';
import { isOfSystem, receiptOf } from './storedEvents.js';

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

/** The receipt stands beside the last event of its command, in the one stream that the command touched. */
export async function findReceipt(
  connection: Connection,
  patience: Patience,
  { commandId, streamId }: { readonly commandId: string; readonly streamId: string },
): Promise<Receipt | undefined> {
  for await (const event of backwards(connection, patience, streamId)) {
    const receipt = receiptOf(event);
    if (receipt?.commandId === commandId) return receipt;
  }
  return undefined;
}

/** The events of a stream from the last to the first. */
export async function* backwards(
  connection: Connection,
  patience: Patience,
  streamId: string,
): AsyncGenerator<StoredEvent> {
  let from: 'end' | bigint = 'end';
  for (const maxCount of [LAST_FEW, Number.MAX_SAFE_INTEGER]) {
    const batches = readEvents<'end' | bigint>(connection, patience, {
      from,
      batchSize: REST,
      after: ({ revision }) => revision - 1n,
      open: (client, fromRevision) =>
        client.readStream(streamId, { direction: 'backwards', fromRevision, maxCount, requiresLeader: true }),
    });
    for await (const events of batches) {
      for (const event of events) {
        yield event;
        if (event.revision === 0n) return;
        from = event.revision - 1n;
      }
    }
    if (from === 'end') return;
  }
}
