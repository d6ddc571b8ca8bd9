import type { Identity, Tokens } from '../access/tokens.js';
import type { Viewer } from '../access/viewer.js';
import type { Config } from '../config.js';
import type { GraphiqlOptions } from './graphiql.js';
import { type RunningServer, startServer } from './http.js';
import type { Logger } from './logger.js';
import { readinessOf } from './readiness.js';
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
