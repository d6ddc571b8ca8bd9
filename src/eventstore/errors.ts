import { comparePositions, type Position } from '../kernel/position.js';
import type { Receipt } from './port.js';

/** Base of what a store may throw; `code` is stable. */
export abstract class EventStoreError extends Error {
  abstract readonly code: string;
  override get name(): string {
    return this.constructor.name;
  }
}

/** The stream has moved on (or does not exist) since it was read. Nothing was written. */
export class RevisionConflict extends EventStoreError {
  readonly code = 'REVISION_CONFLICT';
  constructor(
    readonly streamId: string,
    readonly expectedRevision: number,
    readonly actualRevision: number,
  ) {
    super(`${streamId} is at revision ${actualRevision}, not at ${expectedRevision}`);
  }
}

/** A receipt of this command id exists: the command was done before. Nothing was written. */
export class CommandIdTaken extends EventStoreError {
  readonly code = 'COMMAND_ID_TAKEN';
  constructor(readonly receipt: Receipt) {
    super(`Command ${receipt.commandId} has been done before`);
  }
}

/** Nothing was written, and the same append may be tried again. */
export class StoreUnavailable extends EventStoreError {
  readonly code = 'STORE_UNAVAILABLE';
}

/** The disk of the store is full. Nothing was written; the same append may be tried again once there is room. */
export class StoreFull extends StoreUnavailable {}

/** The store cannot be opened or read as it is: damaged, of a newer version, or not a store. */
export class StoreCorrupt extends EventStoreError {
  readonly code = 'STORE_CORRUPT';
}

/** The store's own rules refuse the append: an event of this id exists elsewhere. Nothing was written; trying again is of no use. */
export class AppendRefused extends EventStoreError {
  readonly code = 'APPEND_REFUSED';
}

/**
 * The append was sent and no answer came, however often it was asked for: it may be written, or be written yet.
 * The same append again, or its receipt, will tell.
 */
export class OutcomeUnknown extends EventStoreError {
  readonly code = 'OUTCOME_UNKNOWN';
}

/** An event, or the events of one append together, are larger than the store takes. Nothing was written. */
export class AppendTooLarge extends EventStoreError {
  readonly code = 'APPEND_TOO_LARGE';
  constructor(
    readonly streamId: string,
    readonly limitBytes: number,
  ) {
    super(`An append to ${streamId} is larger than ${limitBytes} bytes; keep large things in files, outside events`);
  }
}

/** The store cannot be reached as it was asked for: a bad address, certificate, user or password. */
export class StoreMisconfigured extends EventStoreError {
  readonly code = 'STORE_MISCONFIGURED';
}

/** An event is of a type or version that this program does not know: it was written by a newer one. */
export class EventUnreadable extends EventStoreError {
  readonly code = 'EVENT_UNREADABLE';
  constructor(
    readonly type: string,
    readonly schemaVersion: number,
    readonly position: Position,
    reason: string,
  ) {
    super(
      `The event at position ${position}, ${type} version ${schemaVersion}, ${reason}; use the program that wrote it`,
    );
  }
}

/** Events cannot be copied to this store: it holds others, or another program writes to it. */
export class CopyRefused extends EventStoreError {
  readonly code = 'COPY_REFUSED';
}

/** The log has no event at the position that was to be read from: it was removed, or never was. */
export class NoSuchPosition extends EventStoreError {
  readonly code = 'NO_SUCH_POSITION';
}

/**
 * The log ends before what was read of it, or has grown differently since: the server was put back to an older copy, and
 * is not the one that it was.
 */
export class LogPutBack extends EventStoreError {
  readonly code = 'LOG_PUT_BACK';
  constructor(
    readonly shown: string,
    /** Of the last event that was read. */
    readonly at: Position,
    readonly head: Position,
  ) {
    const reason =
      comparePositions(at, head) > 0
        ? `ends at ${head}, and events up to ${at} were read from it`
        : `does not have the event any more that was read from it at ${at}`;
    super(`${shown} ${reason}: it was put back to an older copy`);
  }
}

/** The store was closed; nothing was written. */
export class StoreClosed extends EventStoreError {
  readonly code = 'STORE_CLOSED';
  constructor() {
    super('The event store is closed');
  }
}
