import { checkAppend } from '../checkAppend.js';
import { AppendTooLarge, OutcomeUnknown, StoreClosed, StoreMisconfigured, StoreUnavailable } from '../errors.js';
import type { Append, Appended, EventStore, RecordedEvent, StoreObserver } from '../port.js';
import { stoppable } from '../stoppable.js';
import type { Upcasters } from '../upcasting.js';
import { parseAddress } from './address.js';
import { append } from './append.js';
import { connectTo } from './connection.js';
import { isDenied } from './failures.js';
import { head } from './head.js';
import { holds } from './holds.js';
import { boundedInFlight } from './inFlight.js';
import { PATIENCE, type Patience } from './patience.js';
import { readAll } from './readAll.js';
import { readStream } from './readStream.js';
import { receiptsOn } from './receipts.js';
import { type Read, rawEvent, recordedEvent } from './storedEvents.js';
import { follow } from './subscribe.js';

export interface EventStoreDbOptions {
  /** As `parseAddress` reads it. */
  readonly connectionString: string;
  /** Certificate of the authority that signed the servers', in PEM form; comes before the one in the address. */
  readonly caFile?: string;
  readonly upcasters: Upcasters;
  readonly patience?: Partial<Patience>;
  readonly observer?: StoreObserver | undefined;
}

/** Bytes of one event. Servers take a mebibyte in one append by default, and an event is a record, not a file. */
export const LARGEST_EVENT_BYTES = 512 * 1024;
/** Bytes of the events of one append: what such a server takes, less what it counts beside them. */
export const LARGEST_APPEND_BYTES = 1024 * 1024 - 24 * 1024;

/**
 * The event store on EventStoreDB. All that a process opens on it share one connection, to one address.
 * @throws StoreMisconfigured when address, certificate, user or password are wrong
 * @throws StoreUnavailable when the server does not answer
 */
export async function openEventStoreDb(options: EventStoreDbOptions): Promise<EventStore> {
  const { connectionString, caFile, upcasters } = options;
  const address = parseAddress(connectionString);
  const patience = { ...PATIENCE, ...options.patience };
  const connection = connectTo({ ...address, ...(caFile && { tlsCaFile: caFile }) }, options.observer?.reconnecting);
  const inFlight = boundedInFlight(patience.appendsInFlight);
  const receipts = receiptsOn(connection, patience);
  const recorded = recordedEvent(upcasters);
  // Whoever reads a stream is about to add to it: the receipts in it are then known.
  const recordedOfStream: Read<RecordedEvent> = event => {
    receipts.see(event);
    return recorded(event);
  };
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    await inFlight.idle();
    await connection.release();
  };

  try {
    await head(connection, patience);
  } catch (error) {
    await connection.release();
    if (!(error instanceof StoreUnavailable && isDenied(error.cause))) throw error;
    throw new StoreMisconfigured(`${connection.shown} refuses the user, or its password`, { cause: error.cause });
  }

  let refusesAppends = false;
  const send = async (wanted: Append): Promise<Appended> => {
    try {
      const appended = await append(connection, patience, receipts, wanted);
      refusesAppends = false;
      return appended;
    } catch (error) {
      refusesAppends = error instanceof StoreUnavailable || error instanceof OutcomeUnknown;
      throw error;
    }
  };
  const appendOne = async (wanted: Append): Promise<Appended> => {
    if (closing) throw new StoreClosed();
    checkAppend(wanted);
    checkSize(wanted);
    return inFlight.enter(wanted.streamId, () => send(wanted));
  };

  return {
    append: appendOne,
    // The server promises no order among appends that are under way together.
    appendInOrder: async appends => {
      for (const each of appends) await appendOne(each);
    },
    largestEventBytes: LARGEST_EVENT_BYTES,
    largestAppendBytes: LARGEST_APPEND_BYTES,
    hasRoom: () => true,
    refusesAppends: () => refusesAppends,
    readStream: (streamId, range) => readStream(connection, patience, recordedOfStream, streamId, range),
    readAll: range => readAll(connection, patience, recorded, range),
    readAllRaw: range => readAll(connection, patience, rawEvent, range),
    subscribe: (range = {}) => stoppable(range.signal, stop => follow(connection, patience, recorded, range, stop)),
    findReceipt: receipts.find,
    head: () => head(connection, patience),
    holds: position => holds(connection, patience, position),
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}

function checkSize({ streamId, events }: Append): void {
  if (events.some(({ bytes }) => bytes.length > LARGEST_EVENT_BYTES))
    throw new AppendTooLarge(streamId, LARGEST_EVENT_BYTES);
  const together = events.reduce((sum, { bytes }) => sum + bytes.length, 0);
  if (together > LARGEST_APPEND_BYTES) throw new AppendTooLarge(streamId, LARGEST_APPEND_BYTES);
}
