import { GraphQLError } from 'graphql';

/** An error for the client: a message that may be shown, and a stable code. */
export const apiError = (code: string, message: string, more: Readonly<Record<string, unknown>> = {}): GraphQLError =>
  new GraphQLError(message, { extensions: { code, ...more } });

export const badCursor = () =>
  apiError('BAD_CURSOR', 'This cursor is not of this list: use one that the same list with the same filters gave out');

export const stale = (asked: string, read: string) =>
  apiError('STALE', 'The read model has not reached the consistency token yet: read again in a moment', {
    asked,
    readAt: read,
  });

export const parked = (asked: string, read: string) =>
  apiError(
    'STALE',
    'The read model could not take in the event of the consistency token: its stream is parked until an administrator ' +
      'retries it. Everything else can be read without the token',
    { asked, readAt: read, parked: true },
  );

export const overdue = () =>
  apiError(
    'REQUEST_TIMEOUT',
    'The request took too long. A command may have been done all the same: send it again with the same commandId to see',
  );

/** Why a signal aborts when the client has gone away: no fault of ours, and nobody reads the answer. */
export const GONE = Symbol('the client has gone away');

const gone = () => apiError('CLIENT_GONE', 'The client has gone away');

/** What stops an operation whose signal has aborted. */
export const abortedBy = ({ reason }: AbortSignal): GraphQLError => (reason === GONE ? gone() : overdue());

/** Stops what nobody waits for any more. @throws GraphQLError REQUEST_TIMEOUT; CLIENT_GONE when the client has gone away */
export function stopIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw abortedBy(signal);
}
