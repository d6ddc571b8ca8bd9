import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { emitEventSchemas, emitSdl } from '../server/emit.js';
import { emitEventTable } from '../server/emitEventTable.js';
import { unnamedChanges } from '../server/sdlChanges.js';
import { UsageError } from './errors.js';
import { say } from './say.js';

const CHANGELOG = 'CHANGELOG.md';

const textOf = (file: string): string => (existsSync(file) ? readFileSync(file, 'utf8') : '');

/** Clients are told before they break. @throws UsageError naming each change that the changelog does not name */
function requireNamed(directory: string, sdl: string): void {
  const committed = textOf(join(directory, 'schema.graphql'));
  const unnamed = committed ? unnamedChanges(committed, sdl, textOf(join(directory, CHANGELOG))) : [];
  if (unnamed.length === 0) return;
  throw new UsageError(
    [
      'these changes break clients, so nothing was written:',
      ...unnamed.map(change => `  ${change}`),
      'Better keep what was there for a while, marked as deprecated with a word on what to use instead.',
      `Where it must be, name each in ${join(directory, CHANGELOG)} under "Unreleased", in these words, and say what to do:`,
      ...unnamed.map(change => `  - **${change}** …`),
    ].join('\n'),
  );
}

/**
 * Writes `schema.graphql`, `events.md` and `events/*.json` into a directory; files of older event versions stay.
 * @throws UsageError when the SDL breaks clients and the changelog does not say so: then nothing is written
 */
export function emitSchema(directory: string): void {
  const sdl = emitSdl();
  requireNamed(directory, sdl);
  mkdirSync(join(directory, 'events'), { recursive: true });
  writeFileSync(join(directory, 'schema.graphql'), sdl);
  writeFileSync(join(directory, 'events.md'), emitEventTable());
  const events = emitEventSchemas();
  for (const [file, text] of events) writeFileSync(join(directory, 'events', file), text);
  say(`Wrote schema.graphql, events.md and ${events.size} event schemas to ${directory}`);
}
