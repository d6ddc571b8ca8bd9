import type { Config } from '../config.js';
import { urlOf } from '../server/address.js';
import type { Standing } from '../server/health.js';
import { say } from './say.js';
import { askReadiness } from './status/answer.js';
import { type Figures, figuresOf } from './status/figures.js';
import { report } from './status/report.js';

const PATIENCE_MS = 5_000;

/** Nothing where there are none. */
async function figuresAt(url: string): Promise<Figures | undefined> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS) }).catch(() => undefined);
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
  const answer = await askReadiness(server, PATIENCE_MS);
  const figures = answer.kind === 'readiness' ? await figuresAt(`${metrics}/metrics`) : undefined;
  const { standing, lines } = report(server, answer, figures);
  say(lines.join('\n'));
  process.exitCode = EXIT_CODES[standing];
}
