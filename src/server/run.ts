import type { Identity, Tokens } from '../access/tokens.js';
import type { Viewer } from '../access/viewer.js';
import type { Config } from '../config.js';
import { eventsBetween } from '../kernel/position.js';
import type { GraphiqlOptions } from './graphiql.js';
import type { Readiness } from './health.js';
import { type RunningServer, startServer } from './http.js';
import type { Logger } from './logger.js';
import { contextOf } from './requestContext.js';
import type { Satchel } from './satchel.js';
import { schemaOfSatchel } from './schema.js';

export interface RunOptions {
  readonly satchel: Satchel;
  readonly tokens: Tokens;
  readonly resolveViewer: (identity: Identity) => Promise<Viewer>;
  readonly config: Config;
  readonly logger: Logger;
  readonly graphiql?: GraphiqlOptions;
}

/** Events that the read models may lag behind and still be called ready. */
const TOLERATED_LAG = 1000;

/** Ready once the store answers and every projection runs near its head. */
async function readinessOf({ services }: Satchel): Promise<Readiness> {
  const head = await services.store.head();
  const projections = services.projections.status();
  const parts = projections.map(({ name, position, stopped }) => {
    const behind = eventsBetween(position, head) ?? 0;
    return { name, ready: !stopped && behind <= TOLERATED_LAG, text: stopped ?? `${behind} events behind` };
  });
  return {
    ready: parts.every(part => part.ready),
    parts: Object.fromEntries(parts.map(part => [part.name, part.text])),
  };
}

/** Serves an open Satchel. Closing lets requests finish, gives subscriptions their last cursor, and closes the stores. */
export async function runSatchel(options: RunOptions): Promise<RunningServer> {
  const { satchel, tokens, resolveViewer, config, logger, graphiql } = options;
  const server = await startServer({
    schema: schemaOfSatchel(),
    context: contextOf({ services: satchel.services, tokens, resolveViewer }),
    config,
    logger,
    readiness: () => readinessOf(satchel),
    ...(graphiql ? { graphiql } : {}),
  });
  return {
    url: server.url,
    async close() {
      await server.close();
      await satchel.close();
    },
  };
}
