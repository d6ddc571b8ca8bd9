import { lexicographicSortSchema, printSchema } from 'graphql';
import { z } from 'zod';
import type { EventDefinition } from '../kernel/events.js';
import { eventDefinitions } from './registry.js';
import { schemaOfSatchel } from './schema.js';

/** The schema as clients see it, in an order that does not depend on the code's. */
export const emitSdl = (): string => `${printSchema(lexicographicSortSchema(schemaOfSatchel()))}\n`;

/** JSON Schema (2020-12) of an event's data as stored: personal fields are sealed. */
function eventSchema(definition: EventDefinition): object {
  const { type, category, version, label, citation, correctable = [], stored } = definition;
  return {
    ...z.toJSONSchema(stored, { target: 'draft-2020-12', io: 'input' }),
    title: type,
    description: `${label.en} (${label.zh}), in a stream of category ${category}.`,
    'x-schemaVersion': version,
    ...(citation ? { 'x-citation': citation } : {}),
    'x-correctable': correctable,
    'x-personal': definition.personal.map(({ path }) => path.join('/')),
  };
}

/** Files of `schema/events`, by name: `SessionOpened.v1.json`. */
export function emitEventSchemas(): ReadonlyMap<string, string> {
  const files = eventDefinitions.map(
    definition =>
      [
        `${definition.type}.v${definition.version}.json`,
        `${JSON.stringify(eventSchema(definition), undefined, 2)}\n`,
      ] as const,
  );
  return new Map(files.sort(([a], [b]) => (a < b ? -1 : 1)));
}
