import { localTokens } from '../access/tokens.js';
import type { Config } from '../config.js';
import { systemClock } from '../kernel/clock.js';
import { comparePositions, countedIn, countOf, START } from '../kernel/position.js';
import { viewerDirectory } from '../organisation/viewers.js';
import type { RunningServer } from '../server/http.js';
import { createLogger, type Logger } from '../server/logger.js';
import { type RunningSatchel, type RunOptions, runSatchel } from '../server/run.js';
import { openSatchel, type Satchel } from '../server/satchel.js';
import { startTracing, type Tracing } from '../server/tracing/tracing.js';
import { catchUp } from './catchUp.js';
import { locationsOf } from './locations.js';
import { progressBar } from './progress.js';
import { say } from './say.js';
import { terminationRequested } from './terminate.js';

export async function tracingOf(
  { traces, tracesRatio }: Pick<Config, 'traces' | 'tracesRatio'>,
  logger: Logger,
): Promise<Tracing | undefined> {
  return traces === undefined ? undefined : startTracing({ endpoint: traces, ratio: tracesRatio, logger });
}

/** Opens the stores of the configuration for a server, with read models that are up to date. */
export async function openForServing(
  config: Config,
  logger: Logger,
  locations = locationsOf(config),
): Promise<Satchel> {
  const satchel = await openSatchel({
    ...locations,
    tracing: await tracingOf(config, logger),
    clock: systemClock,
    mutationWait: config.mutationWait,
    requestTimeout: config.requestTimeout,
    readAfterTimeout: config.readAfterTimeout,
    subscriptionBuffer: config.subscriptionBuffer,
    onError: error => logger.error({ err: error }, 'A projection or a policy cannot go on as it should'),
    onRenewing(tables, head) {
      logger.info(
        { tables, head },
        'Read models of another release are built anew; they are served once they are there',
      );
      const bar = progressBar({ name: 'Building read models', total: countOf(head), unit: countedIn(head) });
      return position => {
        bar.update(countOf(position));
        if (comparePositions(position, head) >= 0) bar.stop();
      };
    },
  });
  await catchUp(satchel);
  return satchel;
}

export async function startServing(
  satchel: Satchel,
  config: Config,
  logger: Logger,
  more: Pick<RunOptions, 'graphiql' | 'alarm'> = {},
): Promise<RunningSatchel> {
  const directory = viewerDirectory(satchel.services.db);
  satchel.onProjected(directory.invalidate);
  return runSatchel({
    satchel,
    tokens: localTokens(await satchel.stores.vault.secret('token-signing')),
    resolveViewer: directory.resolve,
    config,
    logger,
    ...more,
  });
}

/** Waits for Ctrl-C or SIGTERM, then ends cleanly: requests finish, subscriptions end, stores close. */
export async function untilTerminated(server: RunningServer, requested: Promise<unknown>): Promise<void> {
  await requested;
  say('\nEnding: requests finish, subscriptions get their last cursor, stores close.');
  await server.close();
  say('Ended.');
}

export async function serve(config: Config): Promise<void> {
  const logger = createLogger(config.logLevel);
  const satchel = await openForServing(config, logger);
  let server: RunningSatchel;
  try {
    server = await startServing(satchel, config, logger);
  } catch (error) {
    await satchel.close();
    throw error;
  }
  // Before it is said that Ctrl-C ends it.
  const requested = terminationRequested();
  const head = await satchel.services.store.head().catch(() => undefined);
  say(`Satchel serves ${server.url}/graphql${config.graphiql ? ` and ${server.url}/graphiql` : ''}`);
  if (server.metricsUrl) say(`Metrics for Prometheus at ${server.metricsUrl}`);
  if (head === START) say('The record is empty: `satchel init` begins it, also while this server runs.');
  say('Ctrl-C ends it.');
  await untilTerminated(server, requested);
}
