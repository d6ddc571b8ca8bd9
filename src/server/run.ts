import { setTimeout as delay, setImmediate } from 'node:timers/promises';
import type { Identity, Tokens } from '../access/tokens.js';
import type { Viewer } from '../access/viewer.js';
import type { Config } from '../config.js';
import { sharedSubscribe } from '../graphql/sharedExecution.js';
import type { Alarm } from './alarm.js';
import type { GraphiqlOptions } from './graphiql.js';
import { type RunningServer, startServer } from './http.js';
import type { Logger } from './logger.js';
import { listenForMetrics } from './metrics/serveMetrics.js';
import { rateLimit } from './rateLimit.js';
import { readinessOf } from './readiness.js';
import { contextOf } from './requestContext.js';
import type { Satchel } from './satchel.js';
import { schemaOfSatchel } from './schema.js';
import { troubleLog } from './troubleLog.js';

export interface RunOptions {
  readonly satchel: Satchel;
  readonly tokens: Tokens;
  readonly resolveViewer: (identity: Identity) => Promise<Viewer>;
  readonly config: Config;
  readonly logger: Logger;
  readonly graphiql?: GraphiqlOptions;
  readonly alarm?: Alarm | undefined;
}

export interface RunningSatchel extends RunningServer {
  /** Where the metrics are, if they are served at all. */
  readonly metricsUrl: string | undefined;
}

/** Longest time that subscriptions get to take what they were handed, before they are told how far they came. */
const LAST_BATCH_MS = 2_000;

/** Has each subscription sent its last cursor; one that takes nothing any more is not waited for. */
async function tellLastCursors({ services }: Satchel, drainTimeout: number): Promise<void> {
  const time = delay(Math.min(LAST_BATCH_MS, drainTimeout / 2), undefined, { ref: false });
  await Promise.race([services.tail.end(), time]);
  // They have left the log, and their last word is still on its way to the socket.
  await setImmediate();
}

/** Serves an open Satchel. Closing lets requests finish, gives subscriptions their last cursor, and closes the stores. */
export async function runSatchel(options: RunOptions): Promise<RunningSatchel> {
  const { satchel, tokens, resolveViewer, config, logger, graphiql, alarm } = options;
  const { metrics, services, tracing } = satchel;
  const tellTrouble = troubleLog(logger);
  const apart =
    typeof config.metrics === 'object' ? await listenForMetrics(metrics, config.metrics, logger) : undefined;
  const server = await startServer({
    schema: schemaOfSatchel(),
    context: contextOf({ services, tokens, resolveViewer, limit: rateLimit(config.rateLimit) }),
    subscribe: sharedSubscribe(),
    config,
    logger,
    readiness: () => readinessOf(satchel, tellTrouble),
    onDrain: () => tellLastCursors(satchel, config.drainTimeout),
    metrics,
    tracing,
    alarm,
    ...(graphiql ? { graphiql } : {}),
  }).catch(async error => {
    await apart?.close();
    throw error;
  });
  satchel.policies.start();
  return {
    url: server.url,
    metricsUrl: apart?.url ?? (config.metrics === 'api' ? `${server.url}/metrics` : undefined),
    async close() {
      await server.close();
      await apart?.close();
      await satchel.close();
    },
  };
}
