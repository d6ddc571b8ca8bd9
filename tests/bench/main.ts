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

const BENCHES: Readonly<Record<string, () => Promise<BenchRow[]>>> = {
  appends: benchAppends,
  commands: benchCommands,
  rebuild: benchRebuild,
  scaled: benchScaled,
  search: benchSearch,
  server: benchServer,
  subscriptions: benchSubscriptions,
  sizes: benchSizes,
};

/** Only when they are named: so much takes a minute and more to record. */
const LONG: readonly string[] = ['search', 'sizes'];

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

/** All but the long ones, or those that are named: `npm run bench -- commands rebuild`. */
const wanted = process.argv.slice(2);
const rows: BenchRow[] = [];
for (const [name, bench] of Object.entries(BENCHES)) {
  if (wanted.length > 0 ? !wanted.includes(name) : LONG.includes(name)) continue;
  process.stderr.write(`Measuring: ${name}\n`);
  rows.push(...(await bench()));
}
console.table(Object.fromEntries(rows.map(row => [row.name, lineOf(row)])), [
  'ours',
  'baseline',
  'unit',
  'ratio',
  'target',
  'met?',
]);
