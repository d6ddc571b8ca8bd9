import type { FastifyReply } from 'fastify';
import { GONE, overdue } from '../graphql/errors.js';
import { errorBody } from './errors.js';

const TOO_LONG = errorBody('REQUEST_TIMEOUT', overdue().message);

/**
 * A signal that aborts when the client goes away, with GONE as its reason, or the time is up; then the client is answered with 503.
 * Fastify's own `request.signal` and `handlerTimeout` take the end of a body for the end of the client (5.12).
 * @param timeoutMs 0 for no limit
 */
export function deadlineOf(reply: FastifyReply, timeoutMs: number): AbortSignal {
  const controller = new AbortController();
  const expire = () => {
    controller.abort();
    if (!reply.sent) reply.code(503).send(TOO_LONG);
  };
  const timer = timeoutMs > 0 ? setTimeout(expire, timeoutMs) : undefined;
  reply.raw.once('close', () => {
    clearTimeout(timer);
    if (!reply.raw.writableFinished) controller.abort(GONE);
  });
  return controller.signal;
}
