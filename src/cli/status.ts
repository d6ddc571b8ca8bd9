import type { Config } from '../config.js';
import { urlOf } from '../server/address.js';
import type { Readiness } from '../server/health.js';
import { type Figures, figuresOf } from './status/figures.js';
import { report, type Standing } from './status/report.js';

const PATIENCE_MS = 5_000;

/** The body of an answer, whatever its status; undefined when nobody answers. */
const fetched = (url: string): Promise<Response | undefined> =>
  fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS) }).catch(() => undefined);

async function readinessAt(url: string): Promise<Readiness | undefined> {
  const answer = await fetched(`${url}/readyz`);
  const body = (await answer?.json().catch(() => undefined)) as Partial<Readiness> | undefined;
  return typeof body?.ready === 'boolean' ? (body as Readiness) : undefined;
}

async function figuresAt(url: string): Promise<Figures | undefined> {
  const answer = await fetched(url);
  return answer?.ok ? figuresOf(await answer.text()) : undefined;
}

/** For whoever runs this: 1 is left to a command that could not be carried out. */
const EXIT_CODES: Readonly<Record<Standing, number>> = { well: 0, degraded: 2, down: 3 };

/**
 * Asks a running server how things stand and says so in plain words; the exit code says the same: 0 all is well,
 * 2 it serves and not all is well, 3 it does not answer or cannot be used now.
 * @param url of the server; by default where the settings have it
 */
export async function status(config: Config, { url }: { readonly url?: string | undefined }): Promise<void> {
  const server = url?.replace(/\/+$/, '') ?? urlOf(config.host, config.port);
  const metrics =
    typeof config.metrics === 'object' && url === undefined ? urlOf(config.metrics.host, config.metrics.port) : server;
  const readiness = await readinessAt(server);
  const figures = readiness && (await figuresAt(`${metrics}/metrics`));
  const { standing, lines } = report(server, readiness, figures);
  process.stdout.write(`${lines.join('\n')}\n`);
  process.exitCode = EXIT_CODES[standing];
}
