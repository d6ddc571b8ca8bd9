import {
  AccessDeniedError,
  convertToCommandError,
  MaxAppendSizeExceededError,
  NotLeaderError,
  StreamDeletedError,
  StreamNotFoundError,
  WrongExpectedVersionError,
} from '@eventstore/db-client';
import { EventStoreError, StoreCorrupt } from '../errors.js';
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

/** Of gRPC and of the client, for a call that never began. */
const NEVER_SENT = /No connection established|Channel closed before call started|^Failed to discover after/;

/** The server was not reached, or answered that it did nothing. */
export const isCertainlyNotDone = (error: unknown): boolean =>
  error instanceof AccessDeniedError ||
  error instanceof StreamDeletedError ||
  error instanceof NotLeaderError ||
  (error instanceof Error && NEVER_SENT.test(error.message));

/**
 * The error that trying again does not mend, if it is one. Otherwise the client is replaced: it does not reconnect by
 * itself. A user or password that the server refuses may be put right there at any time; `open` alone gives up on it.
 */
export function lasting(error: unknown, connection: Connection, session: Session): EventStoreError | undefined {
  if (error instanceof EventStoreError) return error;
  if (error instanceof StreamDeletedError) {
    return new StoreCorrupt(
      `${connection.shown}: stream ${error.streamName} was deleted by another program; restore it`,
      { cause: error },
    );
  }
  connection.distrust(session, error instanceof NotLeaderError ? error.leader : undefined);
  return undefined;
}

export const isDenied = (error: unknown): boolean => error instanceof AccessDeniedError;

export const reasonOf = (error: unknown): string =>
  isDenied(error) ? 'the user, or its password, is refused' : error instanceof Error ? error.message : String(error);
