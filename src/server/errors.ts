import { randomUUID } from 'node:crypto';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { Forbidden, NotFound, Unauthenticated } from '../access/errors.js';
import { isCancelled, isOutage } from '../database/outage.js';
import { AppendTooLarge, OutcomeUnknown, StoreFull, StoreUnavailable } from '../eventstore/errors.js';
import { literalsIn, withoutValues } from '../graphql/redact.js';
import type { Logger } from './logger.js';

/** Turns whatever went wrong into what a client may see of it. */
export type FormatError = (error: unknown, requestId?: string) => GraphQLFormattedError;

/** Of errors that are formatted where their request is not known any more. */
const requests = new WeakMap<object, string>();

/** The same error, which is known to be of this request when it is formatted. */
export function ofRequest<Failure extends object>(error: Failure, requestId: string): Failure {
  requests.set(error, requestId);
  return error;
}

/** Errors of ours whose code and message are meant for the client. */
const FOR_CLIENTS = [Forbidden, NotFound, Unauthenticated, StoreUnavailable, OutcomeUnknown, AppendTooLarge];

/**
 * What a client is told of a store in trouble, by code: what to do, and not which server it is. A mutation may have
 * been done before the store went away, so none says that nothing was recorded.
 */
const STORE_TROUBLE: Readonly<Record<string, string>> = {
  STORE_UNAVAILABLE:
    'The event store does not answer. Try again in a moment; send a command again with the same commandId, so that it is done once',
  DATABASE_UNAVAILABLE:
    'A database does not answer, or has no room left. Try again in a moment; send a command again with the same commandId, so that it is done once',
  OUTCOME_UNKNOWN:
    'Whether the command was recorded is not known. Send it again, unchanged and with the same commandId: it is done once, and its answer tells',
  APPEND_TOO_LARGE:
    'What the command would record is larger than the event store takes at once, and nothing of it was recorded. Shorten its texts, or record them with several commands',
};

/** Of a full disk no second try helps at once. Its code is that of the store in other trouble: clients do the same. */
const NO_ROOM =
  'The disk of the event store is full: nothing was recorded, and nothing is until whoever runs this server has made room. Then send the command again with the same commandId, so that it is done once';

const troubleOf = (error: GraphQLError, code: string): string | undefined =>
  error.originalError instanceof StoreFull ? NO_ROOM : STORE_TROUBLE[code];

/** What Apollo calls an error to which nobody gave a code. */
const NO_CODE = 'INTERNAL_SERVER_ERROR';

/** The code of an error that was made for the client, or undefined: then it is a fault of ours. */
export function codeOf(error: unknown): string | undefined {
  if (error instanceof GraphQLError) {
    // Apollo wraps an error of a validation rule and puts a general code over the rule's own.
    const inner = codeOf(error.originalError);
    if (inner !== undefined) return tooLong(error) ? 'QUERY_TOO_LONG' : inner;
    const { code } = error.extensions;
    if (typeof code !== 'string' || code === NO_CODE) return undefined;
    return tooLong(error) ? 'QUERY_TOO_LONG' : code;
  }
  if (FOR_CLIENTS.some(kind => error instanceof kind)) return (error as { readonly code: string }).code;
  if (isCancelled(error)) return 'REQUEST_TIMEOUT';
  return isOutage(error) ? 'DATABASE_UNAVAILABLE' : undefined;
}

/** The same error in GraphQL's form; an error of ours keeps its message and, inside, itself. */
export function asGraphQLError(error: unknown): GraphQLError {
  if (error instanceof GraphQLError) return error;
  const cause = error instanceof Error ? error : new Error(String(error));
  return new GraphQLError(cause.message, { originalError: cause });
}

/** graphql-js has no code for this. */
const tooLong = (error: GraphQLError): boolean =>
  /^Syntax Error: Document contains more tha[nt] \d+ tokens/.test(error.message);

/** Every error has a code; a fault of ours shows an id alone, under which the log has the rest. */
export function errorFormatter(logger: Logger): FormatError {
  return (error, given) => {
    const known = asGraphQLError(error);
    const code = codeOf(error);
    const { locations, path } = known.toJSON();
    const place = { ...(locations ? { locations } : {}), ...(path ? { path } : {}) };
    const requestId = given ?? requests.get(known);
    if (code === undefined) {
      const errorId = randomUUID();
      logger.error({ requestId, errorId, path, err: known.originalError ?? known }, 'A request failed unexpectedly');
      const message = 'Something went wrong here; whoever runs this server finds it in the log under the errorId';
      return { message, ...place, extensions: { code: 'INTERNAL', errorId, ...(requestId && { requestId }) } };
    }
    const trouble = troubleOf(known, code);
    if (trouble !== undefined)
      logger.warn({ requestId, path, err: known.originalError ?? known }, 'A store is in trouble');
    const { http: _http, stacktrace: _stacktrace, ...extensions } = known.extensions;
    return { message: trouble ?? messageOf(known), ...place, extensions: { ...extensions, code } };
  };
}

/** Query texts may hold personal data too: what the message repeats of them is taken out. */
function messageOf(error: GraphQLError): string {
  const message = error.message.replace(/((?:found|Unexpected) (?:String|BlockString|Int|Float)) ".*"/s, '$1');
  return error.nodes ? withoutValues(message, literalsIn(error.nodes)) : message;
}

/** The body of an answer that never reached GraphQL. */
export const errorBody = (code: string, message: string) => ({ errors: [{ message, extensions: { code } }] });
