import { type BinaryEventType, binaryEvent, type EventData } from '@eventstore/db-client';
import { type Append, NO_STREAM } from '../port.js';

/** Beside the last event of a command: the receipt, and which of several calls of `append` wrote it. */
export interface ReceiptMetadata {
  readonly appendId: string;
  readonly firstRevision: number;
  readonly commandId?: string;
  readonly actorId?: string;
  readonly inputHmac?: string;
}

/**
 * The events as they are sent. As "binary", since the client would parse and write anew what it takes for JSON.
 * The type is read from the bytes, so that it cannot say anything else than they do.
 */
export function proposedEvents({ events, expectedRevision, receipt }: Append, appendId: string): EventData[] {
  const metadata = { appendId, firstRevision: expectedRevision + 1, ...receipt } satisfies ReceiptMetadata;
  return events.map(({ eventId, bytes }, index) =>
    binaryEvent<BinaryEventType>({
      id: eventId,
      type: typeOf(bytes),
      data: bytes,
      ...(index === events.length - 1 && { metadata }),
    }),
  );
}

function typeOf(bytes: Buffer): string {
  const { type } = JSON.parse(bytes.toString('utf8')) as { type: string };
  return type;
}

export const expectedOf = ({ expectedRevision }: Append): bigint | 'no_stream' =>
  expectedRevision === NO_STREAM ? 'no_stream' : BigInt(expectedRevision);
