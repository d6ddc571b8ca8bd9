import { createServer } from 'node:net';
import { localTokens, type Tokens } from '../access/tokens.js';
import type { Config } from '../config.js';
import { SimulatedClock, systemClock } from '../kernel/clock.js';
import { loadSampleCounty, type SamplePerson, sampleCounty } from '../sample/index.js';
import { sampleQueries } from '../sample/queries.js';
import type { RunningServer } from '../server/http.js';
import { createLogger } from '../server/logger.js';
import { openSatchel } from '../server/satchel.js';
import { type DemoStore, keptStore, temporaryStore } from './demoStore.js';
import { parseDuration } from './duration.js';
import { UsageError } from './errors.js';
import { progressBar } from './progress.js';
import { say, sayError } from './say.js';
import { openForServing, startServing, untilTerminated } from './serve.js';
import { terminationRequested } from './terminate.js';

export interface DemoOptions {
  /** About how many commands of synthetic work to record. */
  readonly size: string;
  /** Directory to keep the sample county in; a temporary one, if left out. */
  readonly keep?: string | undefined;
}

const LARGEST = 200_000;
const TOKEN_LIFE = '7d';

/** @throws UsageError */
function parseSize(text: string): number {
  const size = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
  if (size <= LARGEST) return size;
  throw new UsageError(`--size must be a whole number of commands from 0 to ${LARGEST}`);
}

/** Before anything is loaded: it would be for nothing. @throws the error of the operating system */
const requireFreePort = ({ host, port }: Config): Promise<void> =>
  new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen({ host, port, exclusive: true }, () => probe.close(() => resolve()));
  });

/** In its own time: a clock that goes from 2021 to 2023, and no waiting for the disk, since it can be done again. */
async function load({ mutationWait, readAfterTimeout }: Config, store: DemoStore, size: number): Promise<void> {
  const clock = new SimulatedClock(new Date(0));
  const satchel = await openSatchel({
    ...store,
    clock,
    disposable: true,
    mutationWait,
    readAfterTimeout,
    onError: sayError,
  });
  let bar: ReturnType<typeof progressBar> | undefined;
  const onProgress = (done: number, total: number) => {
    bar ??= progressBar({ name: 'Recording the sample county', total, unit: 'commands' });
    bar.update(done);
  };
  try {
    await loadSampleCounty(satchel, clock, { size, onProgress, until: systemClock.now() });
  } finally {
    bar?.stop();
    await satchel.close();
  }
}

interface Badge extends SamplePerson {
  readonly token: string;
}

const badgesOf = (tokens: Tokens): Promise<readonly Badge[]> =>
  Promise.all(
    sampleCounty.people.map(async person => ({
      ...person,
      token: await tokens.issueToken({ subject: person.id, expiresIn: parseDuration(TOKEN_LIFE) }),
    })),
  );

const curl = (url: string) =>
  `curl -s ${url}/graphql -H 'content-type: application/json' -H "authorization: Bearer $TOKEN" \\\n  -d '{"query":"{ viewer { role orgUnit { name } } }"}'`;

function introduce(url: string, events: string, badges: readonly Badge[], graphiql: boolean): void {
  say(`\nSatchel serves ${url}/graphql${graphiql ? ` and ${url}/graphiql` : ''}`);
  say(`A sample county of ${events} events: its people are invented, and two of its stories were reported.`);
  say('\nTokens, good for a week\n');
  for (const { role, name, unit, token } of badges) say(`${role}: ${name}, ${unit}\n${token}\n`);
  say('Queries to paste; the county chief may ask all that name no role\n');
  for (const { name, query, role } of sampleQueries) say(`# ${role ? `${role}: ` : ''}${name}\n${query}\n`);
  say(`From a shell, with a token in TOKEN:\n\n${curl(url)}\n\nCtrl-C ends it.`);
}

async function serveCounty(config: Config, store: DemoStore): Promise<RunningServer> {
  // What a server says of itself when all is well would stand between the tokens.
  const logger = createLogger(config.logLevel === 'info' ? 'warn' : config.logLevel);
  // Whatever event store or database is set: the sample county has no business among real work.
  const satchel = await openForServing(config, logger, { data: store.data, masterKey: store.masterKey });
  try {
    const badges = await badgesOf(localTokens(await satchel.stores.vault.secret('token-signing')));
    const server = await startServing(satchel, config, logger, {
      graphiql: { samples: sampleQueries, tokens: badges.map(({ role, token }) => ({ role, token })) },
    });
    introduce(server.url, await satchel.services.store.head(), badges, config.graphiql);
    return server;
  } catch (error) {
    await satchel.close();
    throw error;
  }
}

/** Serves a sample county until Ctrl-C, from a store of its own. */
export async function demo(config: Config, options: DemoOptions): Promise<void> {
  const size = parseSize(options.size);
  await requireFreePort(config);
  let server: RunningServer | undefined;
  const requested = terminationRequested();
  // Before there is a server there is nothing to end, and whatever is temporary goes at the exit.
  void requested.then(() => server ?? process.exit(130));
  const store = options.keep === undefined ? temporaryStore() : keptStore(options.keep);
  try {
    if (!store.loaded) await load(config, store, size);
    store.markLoaded();
    server = await serveCounty(config, store);
    await untilTerminated(server, requested);
  } finally {
    store.remove();
  }
}
