import {
  AccessDeniedError,
  convertToCommandError,
  MaxAppendSizeExceededError,
  NotLeaderError,
  StreamDeletedError,
  StreamNotFoundError,
  WrongExpectedVersionError,
} from '@eventstore/db-client';
import { EventStoreError, NoSuchPosition, StoreCorrupt } from '../errors.js';
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

const INVALID_POSITION = /invalid position/i;

/** Of a server that answers and takes in nothing for now: it is in good order otherwise, or would not say so. */
const NOT_HANDLED = /Server Is Too Busy/;
/** Of gRPC: a disk or a quota is used up. */
const RESOURCE_EXHAUSTED = 8;
/** The same code, given by the client's side of the line when it breaks off: the server may have done what was asked. */
const BROKEN_OFF = /Bandwidth exhausted|Received message larger/;
const isRefusal = (error: unknown): boolean =>
  error instanceof Error &&
  (NOT_HANDLED.test(error.message) ||
    ((error as { readonly code?: unknown }).code === RESOURCE_EXHAUSTED && !BROKEN_OFF.test(error.message)));

/** Nor does it take in anything while it looks for a leader. */
const NO_LEADER = /Server Is Not Ready|No leader info available/;

/** Of gRPC and of the client, for a call that never began. */
const NEVER_SENT = /No connection established|Channel closed before call started|^Failed to discover after/;

/** The server was not reached, or answered that it did nothing. */
export const isCertainlyNotDone = (error: unknown): boolean =>
  error instanceof AccessDeniedError ||
  error instanceof StreamDeletedError ||
  error instanceof NotLeaderError ||
  isRefusal(error) ||
  (error instanceof Error && (NEVER_SENT.test(error.message) || NO_LEADER.test(error.message)));

/**
 * The error that trying again does not mend, if it is one. Otherwise the client is replaced, since it does not reconnect
 * by itself; but not where the server answers on it that it takes in nothing, so that reading goes on. A user or
 * password that the server refuses may be put right there at any time; `open` alone gives up on it.
 */
export function lasting(error: unknown, connection: Connection, session: Session): EventStoreError | undefined {
  if (error instanceof EventStoreError) return error;
  if (error instanceof StreamDeletedError) {
    return new StoreCorrupt(
      `${connection.shown}: stream ${error.streamName} was deleted by another program; restore it`,
      { cause: error },
    );
  }
  if (error instanceof Error && INVALID_POSITION.test(error.message))
    return new NoSuchPosition(`${connection.shown} has no event at the position that was asked for`, { cause: error });
  if (isRefusal(error)) return undefined;
  connection.distrust(session, error instanceof NotLeaderError ? error.leader : undefined);
  return undefined;
}

export const isDenied = (error: unknown): boolean => error instanceof AccessDeniedError;

export const reasonOf = (error: unknown): string =>
  isDenied(error) ? 'the user, or its password, is refused' : error instanceof Error ? error.message : String(error);
