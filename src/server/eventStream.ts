import type { HTTPGraphQLHead } from '@apollo/server';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { GraphQLError } from 'graphql';
import type { OperationRequest } from '../graphql/operation.js';
import { endAt } from './alarm.js';
import { errorBody } from './errors.js';
import { countRejected } from './metrics/operations.js';
import type { ProtocolOptions } from './protocol.js';
import { contextOverHttp, httpRequestOf, type OfRequest } from './request.js';
import { serverSentEvents } from './serverSentEvents.js';
import { type FormattedResult, subscriptionResults } from './subscriptionResults.js';

export interface EventStreamOptions extends ProtocolOptions {
  readonly path: string;
}

export interface EventStreamEndpoint {
  /** Subscriptions that are open now. */
  subscribers(): number;
  /** Ends subscriptions with `complete`, as soon as what is under way is sent; resolves when that is done. */
  drain(): Promise<void>;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The body as GraphQL over HTTP has it; undefined when it is something else. */
function requestIn(body: unknown): OperationRequest | undefined {
  if (!isObject(body)) return undefined;
  const { query, operationName, variables } = body;
  const named = operationName === undefined || operationName === null || typeof operationName === 'string';
  const given = variables === undefined || variables === null || isObject(variables);
  return typeof query === 'string' && named && given ? { query, operationName, variables } : undefined;
}

/**
 * Serves subscriptions as server-sent events, by the protocol of graphql-sse in its mode of distinct connections: one
 * POST a subscription, answered by events `next` and at last `complete`. The package itself would keep what a slow
 * client does not take in memory without bound.
 * @see https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md
 */
export function serveEventStreams(app: FastifyInstance, options: EventStreamOptions): EventStreamEndpoint {
  const { alarm, context, format, isDraining, logger, metrics, path, patienceMs } = options;
  const running = new Map<AbortController, Promise<void>>();

  const send = async (
    reply: FastifyReply,
    results: AsyncIterable<FormattedResult>,
    controller: AbortController,
  ): Promise<void> => {
    const events = serverSentEvents(reply, patienceMs, () => controller.abort());
    try {
      for await (const result of results) await events.send('next', result);
      await events.send('complete');
    } catch (error) {
      logger.debug({ err: error }, 'An event stream broke');
    } finally {
      events.end();
      // Whatever still waits for its end.
      controller.abort();
      running.delete(controller);
    }
  };

  const refuse = (reply: FastifyReply, error: unknown) => {
    countRejected(metrics);
    const { status, headers } = (error as GraphQLError).extensions.http as HTTPGraphQLHead;
    for (const [name, value] of headers) reply.header(name, value);
    return reply.code(status ?? 500).send({ errors: [format(error, reply.request.id)] });
  };

  const answer = async (request: FastifyRequest, reply: FastifyReply) => {
    if (!request.headers.accept?.includes('text/event-stream'))
      return reply.code(406).send(errorBody('BAD_REQUEST', 'Send the header accept: text/event-stream'));
    const asked = requestIn(request.body);
    if (!asked)
      return reply
        .code(400)
        .send(errorBody('BAD_REQUEST', 'Send a JSON object with a query, and variables if it has any'));
    const controller = new AbortController();
    let contextValue: OfRequest;
    try {
      contextValue = await contextOverHttp(context, httpRequestOf(request, controller.signal, 'sse'));
    } catch (error) {
      return refuse(reply, error);
    }
    endAt(alarm, contextValue.expiresAt, controller);
    // It may have begun to go away meanwhile.
    if (isDraining()) return reply.code(503).send(errorBody('SHUTTING_DOWN', 'The server is going away'));
    running.set(controller, send(reply, subscriptionResults(options, asked, contextValue, controller), controller));
    return reply;
  };

  app.post(path, answer);
  return {
    subscribers: () => running.size,
    async drain() {
      for (const controller of running.keys()) controller.abort();
      await Promise.all(running.values());
    },
  };
}
