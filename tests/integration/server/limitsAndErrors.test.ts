import { getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, codesOf, type StandIn, startStandIn } from './standIn.js';

let server: StandIn;
beforeAll(async () => {
  server = await startStandIn({ SATCHEL_QUERY_COST: '2000' });
});
afterAll(() => server.close());

describe('limits of a query', () => {
  const nested = (levels: number) => `{ note(id: "1") ${'{ related '.repeat(levels)} { id } ${'}'.repeat(levels)} }`;

  it('refuses one that is too deep, through fragments too', async () => {
    expect((await ask(server.url, nested(10))).body.errors).toBeUndefined();
    const deep = await ask(server.url, nested(11));
    expect(deep.status).toBe(400);
    expect(codesOf(deep)).toEqual(['QUERY_TOO_DEEP']);
    const fragment = `fragment F on Note { ${'related { '.repeat(11)} id ${'}'.repeat(11)} }`;
    expect(codesOf(await ask(server.url, `{ note(id: "1") { ...F } } ${fragment}`))).toEqual(['QUERY_TOO_DEEP']);
  });

  it('refuses fragments that contain themselves', async () => {
    const answer = await ask(server.url, '{ note(id: "1") { ...F } } fragment F on Note { related { ...F } }');
    expect(codesOf(answer)).toEqual(['GRAPHQL_VALIDATION_FAILED']);
  });

  it('counts what is inside a list as often as `first` says', async () => {
    const query =
      'query ($n: Int) { notes(first: $n) { edges { node { id text notes(first: 10) { edges { cursor } } } } } }';
    expect((await ask(server.url, query, { n: 50 })).body.errors).toBeUndefined();
    const costly = await ask(server.url, query, { n: 100 });
    expect(costly.status).toBe(400);
    expect(costly.body.errors?.[0]?.extensions).toEqual({ code: 'QUERY_TOO_COSTLY', cost: 2501, limit: 2000 });
    // Nobody gets more than a page of 100, so nobody pays for more.
    expect((await ask(server.url, query, { n: 1_000_000 })).body.errors?.[0]?.extensions.cost).toBe(2501);
  });

  it('refuses fragments that multiply', async () => {
    const doubled = Array.from({ length: 20 }, (_, i) => `fragment F${i} on Note { ...F${i + 1} ...F${i + 1} }`);
    const query = `{ note(id: "1") { ...F0 } } ${doubled.join(' ')} fragment F20 on Note { id }`;
    expect(codesOf(await ask(server.url, query))).toEqual(['QUERY_TOO_COSTLY']);
  });

  it('refuses a query whose cost a bad argument would hide', async () => {
    const query = `query ($id: ID = "1") { note(id: $id) { id } ${'notes(first: 100) { edges { node { id } } } '} }`;
    const answer = await ask(server.url, query, { id: null });
    expect(answer.status).toBe(400);
    expect(codesOf(answer)).toEqual(['BAD_USER_INPUT']);
    expect(answer.body.data).toBeUndefined();
  });

  it('refuses too many aliases', async () => {
    const aliases = (count: number) => `{ ${Array.from({ length: count }, (_, i) => `a${i}: caller`).join(' ')} }`;
    expect((await ask(server.url, aliases(30))).body.errors).toBeUndefined();
    expect(codesOf(await ask(server.url, aliases(31)))).toEqual(['TOO_MANY_ALIASES']);
  });

  it('refuses a query of too many tokens before reading it whole', async () => {
    expect(codesOf(await ask(server.url, `{ ${'caller '.repeat(5000)} }`))).toEqual(['QUERY_TOO_LONG']);
  });

  it('lets tools ask for the schema', async () => {
    const answer = await ask(server.url, getIntrospectionQuery({ specifiedByUrl: true, inputValueDeprecation: true }));
    expect(answer.body.errors).toBeUndefined();
    expect(answer.body.data).toHaveProperty('__schema');
  });
});

describe('errors', () => {
  it('shows an id in place of a fault of ours, and logs the fault under it', async () => {
    const answer = await ask(server.url, '{ caller broken }');
    expect(answer.status).toBe(200);
    expect(answer.body.data).toEqual({ caller: 'no one', broken: null });
    const [error] = answer.body.errors ?? [];
    expect(error).toMatchObject({ path: ['broken'], extensions: { code: 'INTERNAL', errorId: expect.any(String) } });
    expect(answer.text).not.toContain('/dev/secret');
    const line = server
      .logged()
      .split('\n')
      .find(text => text.includes(String(error?.extensions.errorId)));
    const requestId = answer.headers.get('x-request-id');
    expect(error?.extensions.requestId).toBe(requestId);
    expect(JSON.parse(line ?? '{}')).toMatchObject({
      requestId,
      err: { stack: expect.stringContaining('/dev/secret') },
    });
  });

  it('passes on an error that was made for the client', async () => {
    const answer = await ask(server.url, '{ refused }');
    expect(answer.body.errors).toMatchObject([
      { message: 'This list has no such cursor', path: ['refused'], extensions: { code: 'BAD_CURSOR' } },
    ]);
  });

  const add = 'mutation ($input: NoteInput!) { addNote(input: $input) { id } }';

  it.each([
    ['a text where a number belongs', { number: '62262519560101001X' }, ['input', 'number'], /non-integer/],
    ['a value that an enum does not have', { number: 1, kind: '62262519560101001X' }, ['input', 'kind'], /"Kind" enum/],
    [
      'an object where a text belongs',
      { number: 1, author: { name: { of: '62262519560101001X' } } },
      ['input', 'author', 'name'],
      /String cannot/,
    ],
    ['a field left out', { number: 1, author: { born: 1956 } }, ['input', 'author'], /"name" of required type/],
  ])('names place and rule, not the value: %s', async (_what, input, inputPath, rule) => {
    const answer = await ask(server.url, add, { input });
    expect(answer.status).toBe(400);
    expect(answer.body.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', inputPath } }]);
    expect(answer.body.errors?.[0]?.message).toMatch(rule);
    expect(answer.text).not.toContain('62262519560101001X');
    expect(answer.text).not.toContain('1956');
  });

  it('names every variable that is not valid', async () => {
    const answer = await ask(
      server.url,
      add.replace('(', '($n: Int!, ').replace('{ id }', '{ id notes(first: $n) { edges { cursor } } }'),
      {
        input: { number: 'x', kind: 'y' },
      },
    );
    expect(answer.body.errors?.map(error => error.extensions.inputPath)).toEqual([
      ['n'],
      ['input', 'number'],
      ['input', 'kind'],
    ]);
  });

  it.each([
    ['{ addNote: note(id: {a: "62262519560101001X"}) { id } }', 'GRAPHQL_VALIDATION_FAILED'],
    ['mutation { addNote(input: {number: "62262519560101001X"}) { id } }', 'GRAPHQL_VALIDATION_FAILED'],
    ['{ note(id: "1") "62262519560101001X" }', 'GRAPHQL_PARSE_FAILED'],
  ])('does not repeat a value written into the query: %s', async (query, code) => {
    const answer = await ask(server.url, query);
    expect(answer.status).toBe(400);
    expect(codesOf(answer)).toEqual([code]);
    expect(answer.text).not.toContain('62262519560101001X');
  });

  it('says that subscriptions are elsewhere', async () => {
    const answer = await ask(server.url, 'subscription { ticks }');
    expect(codesOf(answer)).toEqual(['BAD_REQUEST']);
  });
});
