import type { EventDefinition } from '../kernel/events.js';
import { eventDefinitions } from './registry.js';

const INTRODUCTION = `# Every event type

Emitted by \`npm run schema\` from the declarations in \`src/*/events*\`. Beside this page, \`events/\` has the JSON Schema of each. Personal fields are sealed before they are stored; \`*\` stands for every element of a list.
`;

/** A cell of a table: nothing in it may end the cell or the row. */
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

const personalOf = ({ personal }: EventDefinition): string =>
  personal.map(({ path }) => `\`${path.join('.')}\``).join(', ');

const rowOf = (definition: EventDefinition): string => {
  const { type, version, label, citation = '' } = definition;
  const name = `[\`${type}\`](events/${type}.v${version}.json)`;
  return `| ${[name, version, cell(label.zh), cell(label.en), personalOf(definition), cell(citation)].join(' | ')} |`;
};

const tableOf = (category: string, definitions: readonly EventDefinition[]): string =>
  [
    `## ${category}`,
    '',
    '| Type | Version | 中文 | English | Personal fields | Basis |',
    '| --- | --- | --- | --- | --- | --- |',
    ...definitions.map(rowOf),
    '',
  ].join('\n');

const byName = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Every event type as a page of Markdown, a table for each category of streams, in the order of names. */
export function emitEventTable(): string {
  const categories = [...new Set(eventDefinitions.map(({ category }) => category))].sort(byName);
  const tables = categories.map(category =>
    tableOf(
      category,
      eventDefinitions.filter(definition => definition.category === category).sort((a, b) => byName(a.type, b.type)),
    ),
  );
  return [INTRODUCTION, ...tables].join('\n');
}
