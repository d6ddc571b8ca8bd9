import type { PartState, Readiness, Standing } from '../../server/health.js';
import type { Answer } from './answer.js';
import { type Figures, sumOf } from './figures.js';

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

const LEADERS: Readonly<Partial<Record<PartState, (text: string) => string>>> = {
  LEADS: leader => `  the projections are run by ${leader}`,
  SILENT: leader => `  the projections were run by ${leader}, and by nobody since`,
  NOBODY: () => '  nobody runs the projections: what is recorded is not shown until a process does',
};

function partsOf({ parts = {} }: Readiness, figures: Figures | undefined): readonly string[] {
  const all = Object.entries(parts);
  const leaders = all.flatMap(([, { state, text }]) => LEADERS[state]?.(text) ?? []);
  const others = all.filter(([name, { state }]) => !LEADERS[state] && name !== 'policies');
  const policies = parts.policies ? [`  policies ${parts.policies.text}`] : [];
  const odd = others.filter(([, { state }]) => state !== 'UP_TO_DATE');
  const lines = odd.map(([name, { state, text }]) => {
    const seconds = state === 'BEHIND' ? figures?.get(`satchel_projection_lag_seconds{projection="${name}"}`) : 0;
    return `  ${name}: ${text}${seconds ? `, for ${Math.ceil(seconds)} s` : ''}`;
  });
  const fine = others.length - odd.length;
  return [
    ...lines,
    ...leaders,
    ...policies,
    ...(fine > 0 ? [`  ${fine} of ${others.length} read models are up to date`] : []),
  ];
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

/** Why there is nothing to tell of how a server stands, and what to do. */
function withoutReadiness(url: string, answer: Exclude<Answer, { kind: 'readiness' }>): string {
  switch (answer.kind) {
    case 'nobody':
      return `Nobody answers at ${url}. Start it with \`satchel serve\`, or name another server with --url.`;
    case 'silent':
      return (
        `Something listens at ${url}, and does not answer within ${answer.patienceMs / 1000} s. ` +
        'If it is Satchel, it is overloaded or hangs: its log tells.'
      );
    case 'other':
      return (
        `What answers at ${url} does not answer as Satchel does (HTTP ${answer.status}). ` +
        'Name the address of the server itself with --url.'
      );
  }
}

/** How a server stands, in plain words. */
export function report(url: string, answer: Answer, figures: Figures | undefined, now = Date.now()): Report {
  if (answer.kind !== 'readiness') return { standing: 'down', lines: [withoutReadiness(url, answer)] };
  const { readiness } = answer;
  const standing = standingOf(readiness);
  const parked = Object.values(readiness.parts ?? {}).some(({ state }) => state === 'PARKED');
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
