import { LRUCache } from 'lru-cache';
import type { Receipt } from '../port.js';
import type { Connection } from './connection.js';
import type { Patience } from './patience.js';
import { readStream } from './readStream.js';
import { receiptOf } from './storedEvents.js';

export interface Receipts {
  /** Of a command in the one stream that it touched; looks at all that the stream holds by now. */
  find(key: { readonly commandId: string; readonly streamId: string }): Promise<Receipt | undefined>;
  /** The same, but of what the stream holds up to a revision; asks the server only when that is not known yet. */
  findUpTo(
    key: { readonly commandId: string; readonly streamId: string },
    revision: number,
  ): Promise<Receipt | undefined>;
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

  const catchUp = async (streamId: string, of: Known): Promise<void> => {
    const unseen = readStream(connection, patience, event => event, streamId, { fromRevision: of.next });
    for await (const batch of unseen)
      for (const event of batch) {
        const receipt = receiptOf(event);
        if (receipt) of.byCommand.set(receipt.commandId, receipt);
        of.next = Math.max(of.next, Number(event.revision) + 1);
      }
    // A stream that nobody has written is not worth a place.
    if (of.next > 0) known.set(streamId, of);
  };

  const findUpTo: Receipts['findUpTo'] = async ({ commandId, streamId }, revision) => {
    const of = known.get(streamId) ?? { next: 0, byCommand: new Map() };
    if (of.next <= revision) await catchUp(streamId, of);
    return of.byCommand.get(commandId);
  };

  return { findUpTo, find: key => findUpTo(key, Number.MAX_SAFE_INTEGER) };
}
