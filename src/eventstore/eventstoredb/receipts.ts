import type { RecordedEvent as StoredEvent } from '@eventstore/db-client';
import { LRUCache } from 'lru-cache';
import type { Receipt, ReceiptKey } from '../port.js';
import type { Connection } from './connection.js';
import type { Patience } from './patience.js';
import { readStream } from './readStream.js';
import { receiptOf } from './storedEvents.js';

export interface Receipts {
  /** Of a command in the one stream that it touched; asks the server only for what was not seen yet. */
  find(key: ReceiptKey): Promise<Receipt | undefined>;
  /** Keeps in mind what stands beside an event that someone reads. */
  see(event: StoredEvent): void;
}

interface Known {
  /** Everything before this revision was looked at. */
  next: number;
  readonly byCommand: Map<string, Receipt>;
}

/** Streams whose receipts are kept in mind: what was read of a stream never changes. */
const STREAMS = 5_000;

/** A receipt stands beside the last event of its command. */
export function receiptsOn(connection: Connection, patience: Patience): Receipts {
  const known = new LRUCache<string, Known>({ max: STREAMS });

  const look = (of: Known, event: StoredEvent): void => {
    const receipt = receiptOf(event);
    if (receipt) of.byCommand.set(receipt.commandId, receipt);
    of.next = Number(event.revision) + 1;
  };

  const ofStream = (streamId: string): Known => known.get(streamId) ?? { next: 0, byCommand: new Map() };

  const catchUp = async (streamId: string, of: Known): Promise<void> => {
    const unseen = readStream(connection, patience, event => event, streamId, { fromRevision: of.next });
    // Someone else may have seen them meanwhile.
    for await (const batch of unseen) for (const event of batch) if (Number(event.revision) >= of.next) look(of, event);
    // A stream that nobody has written is not worth a place.
    if (of.next > 0) known.set(streamId, of);
  };

  return {
    find: async ({ commandId, streamId, upTo = Number.MAX_SAFE_INTEGER }) => {
      const of = ofStream(streamId);
      if (of.next <= upTo) await catchUp(streamId, of);
      return of.byCommand.get(commandId);
    },
    see: event => {
      const of = ofStream(event.streamId);
      // A gap may hide a receipt.
      if (Number(event.revision) !== of.next) return;
      look(of, event);
      known.set(event.streamId, of);
    },
  };
}
