import { type DocumentNode, isObjectType, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { COSTS } from '../../src/graphql/costs.js';
import { costError } from '../../src/graphql/limits.js';
import { schemaOfSatchel } from '../../src/server/schema.js';

const schema = schemaOfSatchel();
const document = (query: string): DocumentNode => parse(query);
/** What an operation costs, told by the error at a limit of nothing. */
const costOf = (query: string, variables: Record<string, unknown> = {}) =>
  costError({ schema, document: document(query), variables }, 0)?.extensions.cost;

describe('the map of costs', () => {
  it('names fields that there are', () => {
    const types = Object.values(schema.getTypeMap()).filter(isObjectType);
    const fields = types.flatMap(type =>
      Object.keys(type.getFields()).flatMap(field => [field, `${type.name}.${field}`]),
    );
    for (const name of Object.keys(COSTS)) expect(fields).toContain(name);
  });

  it('makes what reads a whole stream dearer than a field, and what looks through many rows dearer still', () => {
    const plain = costOf('{ dispute(id: "x") { id } }') as number;
    expect(plain).toBe(2);
    expect(costOf('{ dispute(id: "x") { asOf(revision: 1) { id } } }')).toBe(12);
    expect(costOf('{ dispute(id: "x") { history(first: 5) { nodes { id } } } }')).toBe(21);
    expect(costOf('{ totals(asOf: "2022-11-15") { checksum } }')).toBe(101);
  });

  it('counts them as often as the list around them says', () => {
    const query = 'query Q($n: Int!) { disputes(first: $n) { nodes { id asOf(revision: 1) { id } } } }';
    expect(costOf(query, { n: 100 })).toBe(1 + 100 * (1 + 1 + 10 + 1));
  });
});
