import type { AddressInfo } from 'node:net';
import fastifyApollo from '@as-integrations/fastify';
import type { FastifyInstance } from 'fastify';
import { type GraphQLSchema, NoSchemaIntrospectionCustomRule, subscribe } from 'graphql';
import { type Config, ConfigError } from '../config.js';
import { limitRules, type QueryLimits } from '../graphql/limits.js';
import { invalidDocument } from '../graphql/trustedDocuments.js';
import { urlOf } from './address.js';
import { type Alarm, systemAlarm } from './alarm.js';
import { createApollo } from './apollo.js';
import { createApp } from './app.js';
import { deadlineOf } from './deadline.js';
import { errorFormatter } from './errors.js';
import { type EventStreamEndpoint, serveEventStreams } from './eventStream.js';
import { type GraphiqlOptions, serveGraphiql, servePlainPage } from './graphiql.js';
import { type Readiness, serveHealth } from './health.js';
import type { Logger } from './logger.js';
import type { Metrics } from './metrics/metrics.js';
import { operationMetrics } from './metrics/operations.js';
import { serveMetrics } from './metrics/serveMetrics.js';
import { onlyTrusted } from './onlyTrusted.js';
import { trackConnections } from './openConnections.js';
import { warnOfProxies } from './proxyWarning.js';
import { type ContextFunction, contextOverHttp, httpRequestOf, type OfRequest } from './request.js';
import { traceRequests } from './tracing/traceRequests.js';
import type { Tracing } from './tracing/tracing.js';
import { serveWebSocket, type WebSocketEndpoint } from './websocket.js';

export interface ServerOptions<Context extends OfRequest> {
  readonly schema: GraphQLSchema;
  readonly context: ContextFunction<Context>;
  /** Runs subscriptions; that of graphql-js, if left out. */
  readonly subscribe?: typeof subscribe;
  readonly config: ServerConfig;
  readonly logger: Logger;
  /** Asked at each `/readyz`; ready by default for as long as the server is not going away. */
  readonly readiness?: () => Readiness | Promise<Readiness>;
  /** Called once, when the server begins to go away: requests still run, none is taken any more. */
  readonly onDrain?: () => void | Promise<void>;
  readonly graphiql?: GraphiqlOptions;
  /** Counted into; served at `/metrics` where SATCHEL_METRICS says so. */
  readonly metrics?: Metrics;
  readonly tracing?: Tracing | undefined;
  /** Rings when a token ends; by the clock of the machine, if left out. */
  readonly alarm?: Alarm | undefined;
  /** How long a client may take nothing of what is sent to it, in milliseconds; 30 seconds, if left out. */
  readonly patienceMs?: number;
}

/** The settings that the server goes by. */
export type ServerConfig = Pick<
  Config,
  | 'host'
  | 'port'
  | 'graphiql'
  | 'metrics'
  | 'introspection'
  | 'onWhileLocal'
  | 'bodyLimit'
  | 'queryDepth'
  | 'queryCost'
  | 'queryTokens'
  | 'queryAliases'
  | 'requestTimeout'
  | 'drainTimeout'
  | 'corsOrigins'
  | 'trustedDocuments'
>;

export interface RunningServer {
  /** Where it answers, without a path: `http://127.0.0.1:4000`. */
  readonly url: string;
  /** Running requests finish, subscriptions end with `complete`; after SATCHEL_DRAIN_TIMEOUT it ends regardless. Idempotent. */
  close(): Promise<void>;
}

const PATH = '/graphql';
const STREAM_PATH = `${PATH}/stream`;

/**
 * Serves a schema over HTTP and WebSocket at `/graphql`, over server-sent events at `/graphql/stream`, with `/livez`, `/readyz` and GraphiQL.
 * @throws the error of the operating system when the address cannot be listened on
 * @throws ConfigError when a trusted document is not valid
 */
export async function startServer<Context extends OfRequest>(options: ServerOptions<Context>): Promise<RunningServer> {
  const { schema, context, config, logger, metrics, tracing } = options;
  let closing: Promise<void> | undefined;
  const isDraining = () => closing !== undefined;
  const limits = limitsOf(config);
  const rules = [...limitRules(limits), ...(config.introspection ? [] : [NoSchemaIntrospectionCustomRule])];
  const format = errorFormatter(logger);
  const { trustedDocuments } = config;
  const rule = trustedDocuments && invalidDocument(schema, trustedDocuments, rules);
  if (rule !== undefined) throw new ConfigError([{ name: 'SATCHEL_TRUSTED_DOCUMENTS', rule }]);

  const app = await createApp({ config, logger, isDraining });
  if (trustedDocuments) onlyTrusted(app, [PATH, STREAM_PATH], trustedDocuments);
  warnOfProxies(app, config.onWhileLocal, logger);
  if (tracing) traceRequests(app, PATH, tracing);
  serveHealth(app, options.readiness ?? (() => ({ ready: true })), isDraining);
  const { introspection } = config;
  const plugins = metrics ? [operationMetrics(metrics)] : [];
  const apollo = createApollo<Context>({ schema, limits, rules, format, logger, introspection, plugins });
  await apollo.start();
  await app.register(fastifyApollo(apollo), {
    path: PATH,
    method: ['GET', 'POST'],
    context: (request, reply) =>
      contextOverHttp(context, httpRequestOf(request, deadlineOf(reply, config.requestTimeout))),
  });
  const shared = {
    schema,
    context,
    limits,
    rules,
    format,
    logger,
    isDraining,
    metrics,
    requestTimeout: config.requestTimeout,
    tracing,
    trustedDocuments,
    subscribe: options.subscribe ?? subscribe,
    alarm: options.alarm ?? systemAlarm,
    patienceMs: options.patienceMs ?? 30_000,
  };
  const streams = serveEventStreams(app, { ...shared, path: STREAM_PATH });
  if (config.graphiql) await serveGraphiql(app, options.graphiql ?? {});
  else servePlainPage(app);
  if (metrics && config.metrics === 'api') serveMetrics(app, metrics);

  const connections = trackConnections(app.server);
  const { bodyLimit } = config;
  const sockets = serveWebSocket(app.server, { ...shared, path: PATH, bodyLimit });
  for (const { subscribers } of [sockets, streams]) metrics?.subscribers(subscribers);
  await app.listen({ host: config.host, port: config.port });

  const close = async () => {
    await options.onDrain?.();
    connections.closeIdle();
    await drain(app, [sockets, streams], config.drainTimeout);
    await apollo.stop();
  };
  return {
    url: urlOf(config.host, (app.server.address() as AddressInfo).port),
    close: () => (closing ??= close()),
  };
}

const limitsOf = (config: ServerConfig): QueryLimits => ({
  depth: config.queryDepth,
  aliases: config.queryAliases,
  tokens: config.queryTokens,
  cost: config.queryCost,
});

type Endpoint = WebSocketEndpoint | EventStreamEndpoint;

async function drain(app: FastifyInstance, endpoints: readonly Endpoint[], timeoutMs: number): Promise<void> {
  const patience = setTimeout(() => app.server.closeAllConnections(), timeoutMs);
  await Promise.all([...endpoints.map(endpoint => endpoint.drain(timeoutMs)), app.close()]);
  clearTimeout(patience);
}
