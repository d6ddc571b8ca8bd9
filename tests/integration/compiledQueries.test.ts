import { getIntrospectionQuery, type OperationDefinitionNode, parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compiledQueries } from '../../src/graphql/compiled.js';
import { schemaOfSatchel } from '../../src/server/schema.js';
import { TestSatchel } from '../harness/testSatchel.js';

/** More often than a query must come to be compiled. */
const TIMES = 5;

describe('a query that comes again', () => {
  let satchel: TestSatchel;
  let chief: string;
  let county: string;

  beforeAll(async () => {
    satchel = await TestSatchel.start();
    county = await satchel.bySystem('registerOrgUnit', { name: '康县公安局', level: 'COUNTY', divisionCode: '621224' });
    chief = await satchel.bySystem('registerOfficer', {
      name: '张三',
      orgUnitId: county,
      role: 'COUNTY_CHIEF',
      post: '局长',
    });
  });
  afterAll(() => satchel.close());

  const answers = async (query: string, variables = {}) => {
    const all = [];
    for (let time = 0; time < TIMES; time++) all.push(await satchel.ask(chief, query, variables));
    return all;
  };

  it.each([
    ['introspection', getIntrospectionQuery()],
    ['a list', '{ orgUnits(first: 5) { nodes { id name revision lastRecordedAt } pageInfo { hasNextPage } } }'],
    ['a default', 'query N($first: Int! = 1) { orgUnits(first: $first) { nodes { id } pageInfo { endCursor } } }'],
    ['an interface', 'query N($id: ID!) { node(id: $id) { __typename id ... on OrgUnit { name level } } }'],
    [
      'something left out',
      'query N($id: ID!, $yes: Boolean = false) { node(id: $id) { id @include(if: $yes) __typename } }',
    ],
    [
      'aliases',
      'query N($id: ID!) { a: orgUnit(id: $id) { n: name } b: orgUnit(id: $id) { allowedCommands { name } } }',
    ],
  ])('is answered as before: %s', async (_name, query) => {
    const [first, ...others] = await answers(query, { id: county });
    expect(first?.errors).toBeUndefined();
    for (const other of others) expect(other).toEqual(first);
  });

  it.each([
    [
      'NOT_FOUND',
      'query N($id: ID!) { node(id: $id) { id } viewer { __typename } }',
      'orgunit-0192a0b2-0000-7000-8000-000000000009',
    ],
    ['BAD_CURSOR', 'query N($id: String) { orgUnits(first: 5, after: $id) { nodes { id } } }', 'bm90IG91cnM'],
  ])('fails as before, with path and place: %s', async (code, query, id) => {
    const [first, ...others] = await answers(query, { id });
    expect(first?.errors?.[0]?.extensions).toMatchObject({ code });
    expect(first?.errors?.[0]).toHaveProperty('path');
    expect(first?.errors?.[0]).toHaveProperty('locations');
    for (const other of others) expect(other).toEqual(first);
  });

  it('answers with variables of now', async () => {
    const query = 'query N($first: Int!) { orgUnits(first: $first) { nodes { id } } }';
    await answers(query, { first: 1 });
    const refused = await satchel.ask(chief, query, { first: 101 });
    expect(refused.errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT' });
  });
});

describe('what is compiled', () => {
  const runs = (source: string): readonly boolean[] => {
    const compiled = compiledQueries(schemaOfSatchel());
    const document = parse(source);
    const operation = document.definitions[0] as OperationDefinitionNode;
    const request = { document, operation, variables: {}, contextValue: {} };
    return Array.from({ length: TIMES }, () => compiled(request) !== undefined);
  };

  it('is a query, from the third time on', () => {
    expect(runs('{ __typename }')).toEqual([false, false, true, true, true]);
  });

  it('is no mutation', () => {
    expect(runs('mutation { __typename }')).toEqual([false, false, false, false, false]);
  });
});
