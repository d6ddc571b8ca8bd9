import { HeaderMap } from '@apollo/server';
import type { FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import { asGraphQLError, codeOf, ofRequest } from './errors.js';

/** What the server knows of a request before anyone has looked at its token. */
export interface ContextRequest {
  /** The header of this name, or the connection parameter over WebSocket. */
  readonly authorization?: string | undefined;
  /** Consistency token that reads wait for: the header `satchel-read-after`, or the connection parameter. */
  readonly readAfter?: string | undefined;
  readonly requestId: string;
  readonly transport: 'http' | 'ws' | 'sse';
  /** Aborted when the client goes away, the time is up, or a subscription ends. */
  readonly signal: AbortSignal;
}

/** What must be known of the request in the context of every operation. */
export interface OfRequest extends Pick<ContextRequest, 'requestId' | 'signal'> {
  /** When the token of whoever asks ends, in milliseconds since 1970: a subscription then ends, too. */
  readonly expiresAt?: number | undefined;
}

/** Makes the context of one operation. What it throws is the answer: `Unauthenticated` becomes a 401. */
export type ContextFunction<Context extends object> = (request: ContextRequest) => Context | Promise<Context>;

export function httpRequestOf(
  { id, headers }: FastifyRequest,
  signal: AbortSignal,
  transport: 'http' | 'sse' = 'http',
): ContextRequest {
  const { authorization, 'satchel-read-after': readAfter } = headers;
  return {
    authorization,
    readAfter: typeof readAfter === 'string' ? readAfter : undefined,
    requestId: id,
    transport,
    signal,
  };
}

const STATUS: Readonly<Record<string, number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  STALE: 503,
  STORE_UNAVAILABLE: 503,
  DATABASE_UNAVAILABLE: 503,
  RATE_LIMITED: 429,
};

/** Without a context nothing runs, so the HTTP status says why: here the error is the whole answer. */
export async function contextOverHttp<Context extends object>(
  make: ContextFunction<Context>,
  request: ContextRequest,
): Promise<Context> {
  try {
    return await make(request);
  } catch (error) {
    const code = codeOf(error);
    const status = code === undefined ? 500 : (STATUS[code] ?? 400);
    const { message, extensions, originalError } = asGraphQLError(error);
    const headers = new HeaderMap();
    if (status === 401) headers.set('www-authenticate', 'Bearer');
    if (status === 429) headers.set('retry-after', String(extensions.retryAfter));
    const answer = new GraphQLError(message, {
      ...(originalError && { originalError }),
      extensions: { ...extensions, ...(code !== undefined && { code }), http: { status, headers } },
    });
    throw ofRequest(answer, request.requestId);
  }
}
