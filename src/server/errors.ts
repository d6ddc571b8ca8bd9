import { randomUUID } from 'node:crypto';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { Forbidden, NotFound, Unauthenticated } from '../access/errors.js';
import { StoreUnavailable } from '../eventstore/errors.js';
import { literalsIn, withoutValues } from '../graphql/redact.js';
import type { Logger } from './logger.js';

/** Turns whatever went wrong into what a client may see of it. */
export type FormatError = (error: unknown) => GraphQLFormattedError;

/** Errors of ours whose code and message are meant for the client. */
const FOR_CLIENTS = [Forbidden, NotFound, Unauthenticated, StoreUnavailable];

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
  return FOR_CLIENTS.some(kind => error instanceof kind) ? (error as { readonly code: string }).code : undefined;
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
  return error => {
    const known = asGraphQLError(error);
    const code = codeOf(error);
    const { locations, path } = known.toJSON();
    const place = { ...(locations ? { locations } : {}), ...(path ? { path } : {}) };
    if (code === undefined) {
      const errorId = randomUUID();
      logger.error({ errorId, path, err: known.originalError ?? known }, 'A request failed unexpectedly');
      const message = 'Something went wrong here; whoever runs this server finds it in the log under the errorId';
      return { message, ...place, extensions: { code: 'INTERNAL', errorId } };
    }
    const { http: _http, stacktrace: _stacktrace, ...extensions } = known.extensions;
    return { message: messageOf(known), ...place, extensions: { ...extensions, code } };
  };
}

/** Query texts may hold personal data too: what the message repeats of them is taken out. */
function messageOf(error: GraphQLError): string {
  const message = error.message.replace(/((?:found|Unexpected) (?:String|BlockString|Int|Float)) ".*"/s, '$1');
  return error.nodes ? withoutValues(message, literalsIn(error.nodes)) : message;
}

/** The body of an answer that never reached GraphQL. */
export const errorBody = (code: string, message: string) => ({ errors: [{ message, extensions: { code } }] });
