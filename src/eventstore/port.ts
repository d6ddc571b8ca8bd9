import type { EventEnvelope } from '../kernel/envelope.js';
import type { StreamId } from '../kernel/ids.js';
import type { Position } from '../kernel/position.js';

/** An event with its place in the order of all events. */
export interface RecordedEvent<Type extends string = string, Data = unknown> extends EventEnvelope<Type, Data> {
  readonly position: Position;
}

/** An event as it is written: the canonical bytes (RFC 8785) and what the store needs of them to index it. */
export interface EncodedEvent {
  readonly eventId: string;
  readonly revision: number;
  /** UTF-8; stored, hashed and exported as they are. */
  readonly bytes: Buffer;
}

/** An event as it stands in the store, before it is parsed: for hashing, export and copies. */
export interface RawEvent extends EncodedEvent {
  readonly position: Position;
  readonly streamId: StreamId;
  /** What the store calls it beside the bytes, if it does. */
  readonly type?: string;
  /** Of the command whose last event this is, if it left one. */
  readonly receipt?: KeptReceipt | undefined;
}

/** A receipt as it is kept beside the last event of its command. */
export interface KeptReceipt {
  readonly commandId: string;
  readonly actorId: string;
  /** HMAC-SHA-256 of the canonical input, base64url: tells the same input from another without keeping it. */
  readonly inputHmac: string;
  readonly firstRevision: number;
}

/** What a command left behind, so that the same command again is answered and not done again. */
export interface Receipt extends KeptReceipt {
  readonly streamId: StreamId;
  readonly lastRevision: number;
  readonly position: Position;
}

export interface ReceiptKey {
  readonly commandId: string;
  readonly streamId: StreamId;
  /** Revision up to which the stream was just read: a store need not ask for what came after it. All by default. */
  readonly upTo?: number;
}

export interface Append {
  readonly streamId: StreamId;
  /** Revision of the last event of the stream, or NO_STREAM. Always exact: there is no "any". */
  readonly expectedRevision: number;
  /** At least one; revisions go on from `expectedRevision` without a gap. */
  readonly events: readonly EncodedEvent[];
  readonly receipt?: Omit<KeptReceipt, 'firstRevision'>;
}

/** The expected revision of a stream that does not exist yet. */
export const NO_STREAM = -1;

export interface Appended {
  /** Position of the last event appended. */
  readonly position: Position;
  readonly lastRevision: number;
}

export interface ReadStreamOptions {
  /** First revision to read (inclusive); 0 by default. */
  readonly fromRevision?: number;
  readonly maxCount?: number;
}

export interface ReadAllOptions {
  /** Exclusive; the start by default. */
  readonly after?: Position;
  /** Only streams of these categories (`dispute` of `dispute-…`); all by default. */
  readonly categories?: readonly string[];
  /** Events in one batch at the most; 1,000 by default. */
  readonly batchSize?: number;
}

export interface SubscribeOptions extends ReadAllOptions {
  /** Ends the subscription normally. */
  readonly signal?: AbortSignal;
}

/** Told of what a store does, for whoever watches over it. Must not throw. */
export interface StoreObserver {
  /** So many appends were written together, and waited for the disk once. */
  groupWritten(appends: number): void;
  /** The connection to the server, or a subscription on it, was lost and is made anew. */
  reconnecting(): void;
}

/**
 * The record. It can be added to and read; it offers no way to change or to take away.
 * Positions strictly increase in the order of append; an acknowledged append is on disk.
 */
export interface EventStore {
  /**
   * Adds the events of one command, all or none.
   * @throws RevisionConflict when the stream is not at `expectedRevision`
   * @throws CommandIdTaken when a receipt of this command id exists (the receipt is on the error)
   * @throws StoreUnavailable when the outcome is certain to be that nothing was written
   */
  append(append: Append): Promise<Appended>;
  /**
   * Many appends, each all or none, in this order: once one is refused, none behind it is written.
   * @throws what `append` throws, for the first that is refused
   */
  appendInOrder(appends: readonly Append[]): Promise<void>;
  /** The largest event that it takes, in bytes; Infinity where nothing but the disk sets a limit. */
  readonly largestEventBytes: number;
  /** The same for the events of one append together. */
  readonly largestAppendBytes: number;
  /**
   * False since an append found no room on the disk, until one is written or there is room again; what is there can be
   * read all the while. Always true of a server, which tells nobody.
   */
  hasRoom(): boolean;
  /**
   * True since the server answered the last append by not taking it, or not at all, until it takes one: only an append
   * can tell, and what is there may be read all the while. Never true of a file.
   */
  refusesAppends(): boolean;
  /** In order of revision, in batches that are never empty; nothing for a stream that does not exist. */
  readStream(streamId: StreamId, options?: ReadStreamOptions): AsyncIterable<readonly RecordedEvent[]>;
  /** What is there now, in order of position, in batches that are never empty. */
  readAll(options?: ReadAllOptions): AsyncIterable<readonly RecordedEvent[]>;
  /** The same without parsing. */
  readAllRaw(options?: ReadAllOptions): AsyncIterable<readonly RawEvent[]>;
  /**
   * What is there, then what comes, without a gap or a repeat, in batches that are never empty.
   * Sees appends of other processes too. Ends when the signal aborts or the store closes.
   */
  subscribe(options?: SubscribeOptions): AsyncIterable<readonly RecordedEvent[]>;
  findReceipt(key: ReceiptKey): Promise<Receipt | undefined>;
  /** Position of the last event, or START of an empty store. */
  head(): Promise<Position>;
  /** Whether an event stands at this very position. */
  holds(position: Position): Promise<boolean>;
  /** Waits for appends under way, ends subscriptions, lets go of files and connections. Idempotent. */
  close(): Promise<void>;
}
