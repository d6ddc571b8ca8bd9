import { randomUUID } from 'node:crypto';
import cors from '@fastify/cors';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify';
import type { Config } from '../config.js';
import { errorBody } from './errors.js';
import type { Logger } from './logger.js';
import { safeHeaders } from './safeHeaders.js';
import { takeRest } from './takeRest.js';

export interface AppOptions {
  readonly config: Pick<Config, 'bodyLimit' | 'requestTimeout' | 'corsOrigins'>;
  readonly logger: Logger;
  readonly isDraining: () => boolean;
}

/** The HTTP server without any route: limits, headers, and errors that are GraphQL's whatever went wrong. */
export async function createApp({ config, logger, isDraining }: AppOptions): Promise<FastifyInstance> {
  const onError = (error: unknown, request: FastifyRequest, reply: FastifyReply) =>
    answerError(error, request, reply, logger);
  const app = Fastify({
    loggerInstance: logger as FastifyBaseLogger,
    // Its lines would hold the addresses of GET requests, which hold variables.
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    bodyLimit: config.bodyLimit,
    requestTimeout: config.requestTimeout,
    // Our own hook refuses them, with a body that GraphQL clients can read.
    return503OnClosing: false,
    frameworkErrors: onError,
  });
  app.setErrorHandler(onError);
  app.setNotFoundHandler((_request, reply) => reply.code(404).send(errorBody('NOT_FOUND', 'There is nothing here')));
  const headers = safeHeaders();
  app.addHook('onRequest', (request, reply, next) => {
    reply.headers(headers);
    if (isDraining() && !request.routeOptions.config.whileDraining)
      reply.code(503).send(errorBody('SHUTTING_DOWN', 'The server is going away'));
    else next();
  });
  app.addHook('onSend', (request, reply, _payload, next) => {
    reply.header('x-request-id', request.id);
    // Whoever keeps the connection open would keep the server from ending.
    if (isDraining()) reply.header('connection', 'close');
    next();
  });
  app.addHook('onResponse', async ({ id, method, url }, { statusCode, elapsedTime }) => {
    const path = url.split('?', 1)[0];
    logger.debug({ requestId: id, method, path, statusCode, ms: Math.round(elapsedTime) }, 'Request answered');
  });
  if (config.corsOrigins.length > 0) await app.register(cors, corsFor(config.corsOrigins));
  return app;
}

const corsFor = (origins: readonly string[]) => ({
  origin: [...origins],
  methods: ['GET', 'POST'],
  allowedHeaders: ['authorization', 'content-type', 'satchel-read-after', 'apollo-require-preflight'],
  exposedHeaders: ['x-request-id', 'retry-after'],
  maxAge: 600,
});

/** What fastify refuses before GraphQL sees it. Its own messages may repeat what was sent; these do not. */
const REFUSALS: Readonly<Record<string, readonly [status: number, code: string, message: string]>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: [413, 'BODY_TOO_LARGE', 'The request is larger than this server takes'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: [415, 'UNSUPPORTED_MEDIA_TYPE', 'Send the request as application/json'],
};

async function answerError(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  logger: Logger,
): Promise<FastifyReply> {
  const { code = '', statusCode = 500 } = error as { readonly code?: string; readonly statusCode?: number };
  const refusal = REFUSALS[code];
  if (refusal) {
    if (refusal[1] === 'BODY_TOO_LARGE') await takeRest(request.raw);
    return reply.code(refusal[0]).send(errorBody(refusal[1], refusal[2]));
  }
  if (statusCode < 500)
    return reply
      .code(statusCode)
      .send(errorBody('BAD_REQUEST', 'The request is not valid: send a JSON object by POST'));
  logger.error({ err: error, requestId: request.id, errorId: request.id }, 'A request failed unexpectedly');
  const { errors } = errorBody('INTERNAL', 'Something went wrong here; the log has it under the errorId');
  return reply
    .code(500)
    .send({ errors: [{ ...errors[0], extensions: { code: 'INTERNAL', errorId: request.id, requestId: request.id } }] });
}
