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

/** The store cannot be opened or read as it is: damaged, of a newer version, or not a store. */
export class StoreCorrupt extends EventStoreError {
  readonly code = 'STORE_CORRUPT';
}

/** The store was closed; nothing was written. */
export class StoreClosed extends EventStoreError {
  readonly code = 'STORE_CLOSED';
  constructor() {
    super('The event store is closed');
  }
}
