import { isDeepStrictEqual } from 'node:util';
import { type Position, START } from '../../kernel/position.js';
import { CopyRefused } from '../errors.js';
import type { EventStore, RawEvent } from '../port.js';
import { EventsDigest } from './eventsDigest.js';

/** What two stores have in common, from their first event on. */
export interface Compared {
  readonly count: number;
  /** SHA-256, hexadecimal. */
  readonly digest: string;
  /** Position in the source of the last of them, or START. */
  readonly position: Position;
  /** Receipts that the target does not keep, since it knows their command id from another stream. */
  readonly receiptsLeftOut: number;
}

/**
 * Reads all of the target beside the source, event by event; only positions may differ.
 * @throws CopyRefused naming the first event of the target that is not the source's
 */
export async function compareStores(
  from: EventStore,
  to: EventStore,
  step: (position: Position) => void,
): Promise<Compared> {
  const digest = new EventsDigest();
  const originals = eventsOf(from);
  let [position, receiptsLeftOut] = [START, 0];
  try {
    for await (const batch of to.readAllRaw()) {
      for (const copy of batch) {
        const { value: original } = await originals.next();
        requireSame(original, copy);
        if (!isDeepStrictEqual(original.receipt, copy.receipt)) {
          await requireKnownElsewhere(to, original, copy);
          receiptsLeftOut++;
        }
        digest.add(copy);
        position = original.position;
      }
      step(position);
    }
  } finally {
    await originals.return(undefined);
  }
  return { count: digest.count, digest: digest.hex(), position, receiptsLeftOut };
}

async function* eventsOf(store: EventStore): AsyncGenerator<RawEvent, undefined> {
  for await (const batch of store.readAllRaw()) yield* batch;
}

function requireSame(original: RawEvent | undefined, copy: RawEvent): asserts original is RawEvent {
  const isSame =
    original !== undefined &&
    original.streamId === copy.streamId &&
    original.revision === copy.revision &&
    original.eventId === copy.eventId &&
    original.bytes.equals(copy.bytes);
  if (!isSame) throw otherEvents(copy, original ? `which has ${placeOf(original)} there` : 'which ends before it');
}

async function requireKnownElsewhere(to: EventStore, { receipt }: RawEvent, copy: RawEvent): Promise<void> {
  const { streamId } = copy;
  const known = receipt && !copy.receipt && (await to.findReceipt({ commandId: receipt.commandId, streamId }));
  if (!known || known.streamId === streamId) throw otherEvents(copy, 'which has another receipt beside it');
}

const placeOf = ({ streamId, revision }: RawEvent): string => `revision ${revision} of ${streamId}`;

const otherEvents = (copy: RawEvent, but: string): CopyRefused =>
  new CopyRefused(
    `The target holds other events: revision ${copy.revision} of ${copy.streamId}, at position ${copy.position}, is not from the source, ${but}. Give an empty target`,
  );
