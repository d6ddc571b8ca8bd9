import type { Readiness } from '../../server/health.js';
import { type Figures, sumOf } from './figures.js';

export type Standing = 'well' | 'degraded' | 'down';

export interface Report {
  readonly standing: Standing;
  /** For a person to read. */
  readonly lines: readonly string[];
}

const HEADLINES: Readonly<Record<Standing, string>> = {
  well: 'works, and all is well',
  degraded: 'works, but not all is well',
  down: 'cannot be used now',
};

const standingOf = ({ ready, degraded }: Readiness): Standing => (!ready ? 'down' : degraded ? 'degraded' : 'well');

const isUpToDate = (state: string): boolean => /^0 \w+ behind$/.test(state);

function partsOf({ parts = {} }: Readiness, figures: Figures | undefined): readonly string[] {
  const { leader, ...rest } = parts;
  const all = Object.entries(rest);
  const odd = all.filter(([, state]) => !isUpToDate(state));
  const lines = odd.map(([name, state]) => {
    const seconds = figures?.get(`satchel_projection_lag_seconds{projection="${name}"}`) ?? 0;
    return `  ${name}: ${state}${seconds > 0 ? `, for ${Math.ceil(seconds)} s` : ''}`;
  });
  const fine = all.length - odd.length;
  if (leader !== undefined) lines.push(`  the projections are run by ${leader}`);
  if (fine > 0) lines.push(`  ${fine} of ${all.length} read models are up to date`);
  return lines;
}

const number = (value: number): string => Math.round(value).toLocaleString('en');

function agoOf(startedAt: number, now: number): string {
  const minutes = Math.max(0, now / 1000 - startedAt) / 60;
  if (minutes < 120) return `${number(minutes)} min`;
  return minutes < 48 * 60 ? `${number(minutes / 60)} h` : `${number(minutes / 60 / 24)} days`;
}

function countsOf(figures: Figures, now: number): readonly string[] {
  const commands = (result: string) => number(sumOf(figures, 'satchel_commands_total{', `result="${result}"`));
  const operations = sumOf(figures, 'satchel_graphql_operations_total{');
  const faults = sumOf(figures, 'satchel_graphql_operations_total{', 'result="fault"');
  return [
    `Since its start ${agoOf(figures.get('process_start_time_seconds') ?? 0, now)} ago:`,
    `  commands: ${commands('done')} done, ${commands('refused')} refused, ${commands('denied')} denied, ${commands('failed')} failed`,
    `  operations: ${number(operations)}, of which ${number(faults)} failed for a fault of the server`,
    `  connections to the event store made anew: ${number(figures.get('satchel_eventstore_reconnects_total') ?? 0)}`,
    `Now: ${number(figures.get('satchel_subscribers') ?? 0)} subscriptions, ` +
      `${number((figures.get('process_resident_memory_bytes') ?? 0) / 1024 ** 2)} MiB of memory`,
  ];
}

/** How a server stands, in plain words. @param readiness nothing, when it did not answer */
export function report(
  url: string,
  readiness: Readiness | undefined,
  figures: Figures | undefined,
  now = Date.now(),
): Report {
  if (!readiness)
    return {
      standing: 'down',
      lines: [`Nobody answers at ${url}. Start it with \`satchel serve\`, or name another server with --url.`],
    };
  const standing = standingOf(readiness);
  const parked = Object.values(readiness.parts ?? {}).some(state => state.includes('parked'));
  return {
    standing,
    lines: [
      `Satchel at ${url} ${HEADLINES[standing]}.`,
      ...partsOf(readiness, figures),
      ...(parked ? ['`satchel parked` lists the parked streams and why, and retries them.'] : []),
      ...(figures ? countsOf(figures, now) : []),
    ],
  };
}
