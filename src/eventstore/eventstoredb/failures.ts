import {
  AccessDeniedError,
  CancelledError,
  convertToCommandError,
  MaxAppendSizeExceededError,
  NotLeaderError,
  StreamDeletedError,
  StreamNotFoundError,
  UnavailableError,
  WrongExpectedVersionError,
} from '@eventstore/db-client';
import { EventStoreError, StoreCorrupt, StoreMisconfigured } from '../errors.js';
import type { Connection, Session } from './connection.js';

/** The client's errors, as it meant them; one that it failed to make sense of is left as it came. */
export function understood(error: unknown): unknown {
  try {
    return error instanceof Error ? convertToCommandError(error) : error;
  } catch {
    return error;
  }
}

export const isConflict = (error: unknown): error is WrongExpectedVersionError =>
  error instanceof WrongExpectedVersionError;
export const isTooLarge = (error: unknown): error is MaxAppendSizeExceededError =>
  error instanceof MaxAppendSizeExceededError;
export const isNoStream = (error: unknown): boolean => error instanceof StreamNotFoundError;

/** The server was not reached, or answered that it did nothing. */
export const isCertainlyNotDone = (error: unknown): boolean =>
  error instanceof AccessDeniedError ||
  error instanceof StreamDeletedError ||
  error instanceof NotLeaderError ||
  (error instanceof UnavailableError && /No connection established|ECONNREFUSED|ENOTFOUND/.test(error.message));

/**
 * The error that trying again does not mend, if it is one. Otherwise the client is made fit for the next attempt:
 * it reconnects by itself after these three; anything else, and silence above all, may come from its very first
 * call, which asks for the server's features and whose failure it keeps for good.
 */
export function lasting(error: unknown, connection: Connection, session: Session): EventStoreError | undefined {
  if (error instanceof EventStoreError) return error;
  if (error instanceof StreamDeletedError) {
    return new StoreCorrupt(
      `${connection.shown}: stream ${error.streamName} was deleted by another program; restore it`,
      { cause: error },
    );
  }
  if (error instanceof UnavailableError || error instanceof NotLeaderError || error instanceof CancelledError) {
    return undefined;
  }
  connection.distrust(session);
  if (!(error instanceof AccessDeniedError)) return undefined;
  return new StoreMisconfigured(`${connection.shown} refuses the user, or its password`, { cause: error });
}

export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
