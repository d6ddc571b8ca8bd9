import { readdirSync, readFileSync } from 'node:fs';
import { buildSchema, findBreakingChanges, isObjectType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { emitEventSchemas, emitSdl } from '../../src/server/emit.js';
import { schemaOfSatchel } from '../../src/server/schema.js';

const HOW = 'the committed schema is stale: run `npm run schema` and look at what changed';

describe('the committed schema', () => {
  const committed = readFileSync('schema/schema.graphql', 'utf8');

  it('breaks no client', () => {
    const breaking = findBreakingChanges(buildSchema(committed), buildSchema(emitSdl()));
    expect(breaking).toEqual([]);
  });

  it('is what the code serves', () => {
    expect(emitSdl() === committed, HOW).toBe(true);
  });

  it('holds every event type as it is, and older versions beside it', () => {
    const emitted = emitEventSchemas();
    for (const [file, text] of emitted) expect(readFileSync(`schema/events/${file}`, 'utf8') === text, HOW).toBe(true);
    const stored = readdirSync('schema/events').filter(file => file.endsWith('.json'));
    const types = new Set([...emitted.keys()].map(file => file.split('.')[0]));
    for (const file of stored)
      expect(types, `${file} is of a type that can no longer be read`).toContain(file.split('.')[0]);
  });
});

describe('the schema', () => {
  it('describes every type, field, argument and value', () => {
    const undescribed: string[] = [];
    for (const type of Object.values(schemaOfSatchel().getTypeMap())) {
      if (type.name.startsWith('__') || ['String', 'Int', 'Float', 'Boolean', 'ID'].includes(type.name)) continue;
      if (!type.description && !['Query', 'Mutation', 'Subscription'].includes(type.name)) undescribed.push(type.name);
      if ('getFields' in type)
        for (const field of Object.values(type.getFields())) {
          if (!field.description) undescribed.push(`${type.name}.${field.name}`);
          if (isObjectType(type) && 'args' in field)
            for (const argument of field.args)
              if (!argument.description) undescribed.push(`${type.name}.${field.name}(${argument.name})`);
        }
      if ('getValues' in type)
        for (const value of type.getValues()) if (!value.description) undescribed.push(`${type.name}.${value.name}`);
    }
    expect(undescribed).toEqual([]);
  });
});
