import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isObjectType } from 'graphql';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { emitSchema } from '../../src/cli/emitSchema.js';
import { emitEventSchemas, emitSdl } from '../../src/server/emit.js';
import { emitEventTable } from '../../src/server/emitEventTable.js';
import { eventDefinitions } from '../../src/server/registry.js';
import { schemaOfSatchel } from '../../src/server/schema.js';
import { unnamedChanges } from '../../src/server/sdlChanges.js';

const HOW = 'the committed schema is stale: run `npm run schema` and look at what changed';

describe('the committed schema', () => {
  const committed = readFileSync('schema/schema.graphql', 'utf8');

  it('breaks no client that the changelog does not tell', () => {
    expect(unnamedChanges(committed, emitSdl(), readFileSync('schema/CHANGELOG.md', 'utf8'))).toEqual([]);
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

describe('the page of event types', () => {
  it('is what the code says', () => {
    expect(readFileSync('schema/events.md', 'utf8') === emitEventTable(), HOW).toBe(true);
  });

  it('has a row for each, with both labels, what is personal, and a file behind the link', () => {
    const rows = emitEventTable()
      .split('\n')
      .filter(line => line.startsWith('| ['));
    expect(rows).toHaveLength(eventDefinitions.length);
    for (const { type, version, label, personal } of eventDefinitions) {
      const row = rows.find(line => line.includes(`[\`${type}\`]`)) ?? '';
      expect(row).toContain(`(events/${type}.v${version}.json)`);
      for (const text of [label.zh, label.en, ...personal.map(({ path }) => path.join('.'))])
        expect(row).toContain(text);
      expect(row.match(/(?<!\\)\|/g)).toHaveLength(7);
    }
  });
});

describe('writing the schema', () => {
  const directory = mkdtempSync(join(tmpdir(), 'satchel-schema-'));
  const file = join(directory, 'schema.graphql');
  afterEach(() => {
    vi.restoreAllMocks();
    rmSync(directory, { recursive: true, force: true });
  });

  it('is refused as long as it breaks clients and the changelog does not name it', () => {
    vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    emitSchema(directory);
    const was = emitSdl().replace('type Query {', 'type Query {\n  "Was there before."\n  lost: String\n');
    writeFileSync(file, was);
    expect(() => emitSchema(directory)).toThrow(/Query\.lost was removed\.[\s\S]*CHANGELOG\.md under "Unreleased"/);
    expect(readFileSync(file, 'utf8')).toBe(was);
    writeFileSync(join(directory, 'CHANGELOG.md'), '## Unreleased\n\nQuery.lost was removed.\n');
    expect(() => emitSchema(directory)).toThrow(/Query\.lost/);
    writeFileSync(join(directory, 'CHANGELOG.md'), '## Unreleased\n\n- **Query.lost was removed.** Use `found`.\n');
    emitSchema(directory);
    expect(readFileSync(file, 'utf8')).toBe(emitSdl());
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
