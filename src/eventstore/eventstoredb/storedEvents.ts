import type { RecordedEvent as StoredEvent } from '@eventstore/db-client';
import { decodeEvent, requireSame } from '../codec.js';
import { StoreCorrupt } from '../errors.js';
import type { KeptReceipt, RawEvent, Receipt, RecordedEvent } from '../port.js';
import type { Upcasters } from '../upcasting.js';
import { positionOf } from './positions.js';
import type { ReceiptMetadata } from './proposedEvents.js';

/** How an event of the store is wanted. */
export type Read<Event> = (event: StoredEvent) => Event;

/** Events and streams of the server itself. */
export const isOfSystem = ({ streamId, type }: StoredEvent): boolean =>
  streamId.startsWith('$') || type.startsWith('$');

export function rawEvent(event: StoredEvent): RawEvent {
  const { streamId, id, revision, type, data } = event;
  const position = positionOf(event.position);
  if (!(data instanceof Uint8Array)) {
    throw new StoreCorrupt(`The event at position ${position} (${streamId}, revision ${revision}) is not of Satchel`);
  }
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  const receipt = keptReceipt(event);
  return { position, eventId: id, streamId, revision: Number(revision), type, bytes, ...(receipt && { receipt }) };
}

/** @throws StoreCorrupt when the server's words for the event are not those of its bytes */
export const recordedEvent =
  (upcasters: Upcasters): Read<RecordedEvent> =>
  event => {
    const raw = rawEvent(event);
    const recorded = decodeEvent(raw, upcasters);
    requireSame(raw, recorded);
    return recorded;
  };

const isText = (value: unknown): value is string => typeof value === 'string';

export function metadataOf({ metadata }: StoredEvent): Partial<ReceiptMetadata> {
  const isRecord = typeof metadata === 'object' && metadata !== null && !(metadata instanceof Uint8Array);
  return isRecord ? (metadata as Partial<ReceiptMetadata>) : {};
}

function keptReceipt(event: StoredEvent): KeptReceipt | undefined {
  const { commandId, actorId, inputHmac, firstRevision } = metadataOf(event);
  const isWhole = isText(commandId) && isText(actorId) && isText(inputHmac) && typeof firstRevision === 'number';
  return isWhole ? { commandId, actorId, inputHmac, firstRevision } : undefined;
}

/** The receipt, when this is the last event of a command that left one. */
export function receiptOf(event: StoredEvent): Receipt | undefined {
  const kept = keptReceipt(event);
  if (kept === undefined) return undefined;
  const { streamId, revision, position } = event;
  return { ...kept, streamId, lastRevision: Number(revision), position: positionOf(position) };
}
