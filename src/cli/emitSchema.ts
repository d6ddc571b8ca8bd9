import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { emitEventSchemas, emitSdl } from '../server/emit.js';

/** Writes `schema.graphql` and `events/*.json` into a directory; files of older event versions stay. */
export function emitSchema(directory: string): void {
  mkdirSync(join(directory, 'events'), { recursive: true });
  writeFileSync(join(directory, 'schema.graphql'), emitSdl());
  const events = emitEventSchemas();
  for (const [file, text] of events) writeFileSync(join(directory, 'events', file), text);
  process.stdout.write(`Wrote schema.graphql and ${events.size} event schemas to ${directory}\n`);
}
