import '../../src/environment.js';
import 'reflect-metadata';
import { benchAppends } from './appends.bench.js';
import { type BenchRow, isMet, ratioOf } from './benchRow.js';
import { benchCommands } from './commands.bench.js';
import { benchRebuild } from './rebuild.bench.js';
import { benchScaled } from './scaled.bench.js';
import { benchSearch } from './search.bench.js';
import { benchServer } from './server.bench.js';
import { benchSizes } from './sizes.bench.js';
import { benchSubscriptions } from './subscriptions.bench.js';

interface Bench {
  readonly about: string;
  /** Only when it is named: so much takes a minute and more to record. */
  readonly long?: true;
  readonly run: () => Promise<BenchRow[]>;
}

const BENCHES: Readonly<Record<string, Bench>> = {
  appends: { about: 'durable appends at 1, 16 and 64 in flight', run: benchAppends },
  commands: { about: 'whole commands, in process', run: benchCommands },
  rebuild: { about: 'all read models anew, alone and beside queries', run: benchRebuild },
  scaled: { about: 'the stand-in for EventStoreDB and PostgreSQL', run: benchScaled },
  search: { about: 'a text search of 110,000 disputes on both databases', long: true, run: benchSearch },
  server: { about: 'lists and mutations over HTTP, memory and start', run: benchServer },
  subscriptions: { about: 'activity to 100 and 1,000 subscribers', run: benchSubscriptions },
  sizes: { about: 'the list of disputes beside 10,000 to 1,000,000 events', long: true, run: benchSizes },
};

const HELP = `Measures Satchel beside the bare means underneath, in the same run.

  npm run bench                    all but the long ones
  npm run bench -- <name> ...      those that are named

${Object.entries(BENCHES)
  .map(([name, { about, long }]) => `  ${name.padEnd(15)}${about}${long ? ' (long)' : ''}`)
  .join('\n')}
`;

const figure = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)));

function targetText({ target, unit }: BenchRow): string {
  if (!target) return '';
  if ('ratio' in target) return `>= ${target.ratio}`;
  return 'below' in target ? `< ${figure(target.below)} ${unit}` : `>= ${figure(target.atLeast)} ${unit}`;
}

const lineOf = (row: BenchRow) => ({
  name: row.name,
  ours: figure(row.ours),
  baseline: figure(row.baseline),
  unit: row.unit,
  ratio: ratioOf(row).toFixed(2),
  target: targetText(row),
  'met?': { true: 'yes', false: 'NO', undefined: '' }[String(isMet(row))],
});

async function measure(wanted: readonly string[]): Promise<void> {
  const rows: BenchRow[] = [];
  for (const [name, { long, run }] of Object.entries(BENCHES)) {
    if (wanted.length > 0 ? !wanted.includes(name) : long) continue;
    process.stderr.write(`Measuring: ${name}\n`);
    rows.push(...(await run()));
  }
  const columns = ['ours', 'baseline', 'unit', 'ratio', 'target', 'met?'];
  console.table(Object.fromEntries(rows.map(row => [row.name, lineOf(row)])), columns);
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter(name => !(name in BENCHES));
if (wanted.includes('--help') || wanted.includes('-h')) process.stdout.write(HELP);
else if (unknown.length > 0) {
  process.stderr.write(`There is no benchmark ${unknown.join(', ')}.\n\n${HELP}`);
  process.exitCode = 1;
} else await measure(wanted);
