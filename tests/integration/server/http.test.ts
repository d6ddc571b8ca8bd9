import { GraphQLError, getIntrospectionQuery } from 'graphql';
import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, codesOf, post, type StandIn, startStandIn } from './standIn.js';

let server: StandIn;
beforeAll(async () => {
  server = await startStandIn({ SATCHEL_QUERY_COST: '2000' });
});
afterAll(() => server.close());

describe('requests that never reach GraphQL', () => {
  it('refuses a body of 5 MiB', async () => {
    const answer = await post(server.url, JSON.stringify({ query: `{ caller } # ${'x'.repeat(5 * 1024 ** 2)}` }));
    expect(answer.status).toBe(413);
    expect(codesOf(answer)).toEqual(['BODY_TOO_LARGE']);
  });

  it('refuses a chunked body of 5 MiB that does not say how long it is', async () => {
    const chunk = new TextEncoder().encode('x'.repeat(64 * 1024));
    const chunks = function* () {
      for (let sent = 0; sent < 80; sent++) yield chunk;
    };
    const response = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: ReadableStream.from(chunks()),
      duplex: 'half',
    } as RequestInit);
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BODY_TOO_LARGE' } }] });
  });

  it.each(['{"query": "{ caller }', 'plain words', '', '{"query": "{ caller }", "__proto__": {}}'])(
    'refuses what is not JSON: %s',
    async body => {
      const answer = await post(server.url, body);
      expect(answer.status).toBe(400);
      expect(codesOf(answer)).toEqual(['BAD_REQUEST']);
      expect(answer.headers.get('content-type')).toContain('json');
      expect(answer.text).not.toMatch(/node_modules|\bat /);
    },
  );

  it('refuses other media types', async () => {
    const answer = await post(server.url, 'query=%7Bcaller%7D', {
      'content-type': 'application/x-www-form-urlencoded',
    });
    expect(answer.status).toBe(415);
    expect(codesOf(answer)).toEqual(['UNSUPPORTED_MEDIA_TYPE']);
  });

  it('refuses a form that another page may send without asking first', async () => {
    const answer = await post(server.url, JSON.stringify({ query: '{ caller }' }), { 'content-type': 'text/plain' });
    expect(answer.status).toBe(400);
    expect(codesOf(answer)).toEqual(['BAD_REQUEST']);
    expect(answer.body.data).toBeUndefined();
  });

  it('refuses several operations in one body', async () => {
    const answer = await post(server.url, JSON.stringify([{ query: '{ caller }' }, { query: '{ caller }' }]));
    expect(answer.status).toBe(400);
    expect(codesOf(answer)).toEqual(['BAD_REQUEST']);
  });

  it('answers an unknown address as GraphQL does', async () => {
    const response = await fetch(`${server.url}/elsewhere`);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'NOT_FOUND' } }] });
    const broken = await fetch(`${server.url}/%zz`);
    expect(await broken.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST' } }] });
  });
});

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
    expect(JSON.parse(line ?? '{}')).toMatchObject({ err: { stack: expect.stringContaining('/dev/secret') } });
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

describe('who asks', () => {
  it('passes the token and the consistency token on', async () => {
    const headers = { authorization: 'Bearer good', 'satchel-read-after': '42' };
    const answer = await ask(server.url, '{ caller readAfter }', {}, headers);
    expect(answer.body.data).toEqual({ caller: 'someone', readAfter: '42' });
  });

  it('answers a token that is not good with 401', async () => {
    const answer = await ask(server.url, '{ caller }', {}, { authorization: 'Bearer forged' });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    expect(answer.body).toEqual({
      errors: [{ message: 'The token is not good', extensions: { code: 'UNAUTHENTICATED' } }],
    });
  });

  it('keeps what a refusal says beside its code', async () => {
    const stale = new GraphQLError('Not there yet', { extensions: { code: 'STALE', asked: '7', readAt: '5' } });
    const own = await startStandIn({}, { context: () => Promise.reject(stale) });
    const answer = await ask(own.url, '{ caller }');
    expect([answer.status, answer.body.errors?.[0]?.extensions]).toEqual([
      503,
      { code: 'STALE', asked: '7', readAt: '5' },
    ]);
    await own.close();
  });

  it('masks a fault while finding out who asks', async () => {
    const answer = await ask(server.url, '{ caller }', {}, { authorization: 'Bearer boom' });
    expect(answer.status).toBe(500);
    expect(codesOf(answer)).toEqual(['INTERNAL']);
    expect(answer.text).not.toContain('/dev/secret');
  });

  it('keeps tokens and variables out of the log', async () => {
    const variables = encodeURIComponent('{"x":"62262519560101001X"}');
    await fetch(`${server.url}/graphql?query=%7Bcaller%7D&variables=${variables}`, {
      headers: { authorization: 'Bearer forged', 'apollo-require-preflight': '1' },
    });
    expect(server.logged()).toContain('Request answered');
    expect(server.logged()).not.toMatch(/forged|62262519560101001X/);
  });
});

describe('the signal of a request', () => {
  it('aborts when the client goes away, and not before', async () => {
    const own = await startStandIn();
    const client = new AbortController();
    const request = fetch(`${own.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query":"{ slow }"}',
      signal: client.signal,
    });
    const signal = await own.slowIsRunning;
    // The body has been read to its end here, which is not the end of the request.
    await new Promise(resolve => setImmediate(resolve));
    expect(signal.aborted).toBe(false);
    const aborted = new Promise(resolve => signal.addEventListener('abort', resolve, { once: true }));
    client.abort();
    await expect(request).rejects.toThrow();
    await aborted;
    own.release();
    await own.close();
  });
});

describe('around the API', () => {
  it('answers probes', async () => {
    expect((await fetch(`${server.url}/livez`)).status).toBe(200);
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
    const behind = await startStandIn({}, { readiness: () => ({ ready: false, parts: { projections: 'behind' } }) });
    const response = await fetch(`${behind.url}/readyz`);
    expect([response.status, await response.json()]).toEqual([503, { ready: false, parts: { projections: 'behind' } }]);
    await behind.close();
  });

  it('lets pages load nothing from elsewhere', async () => {
    const policy = (await fetch(`${server.url}/livez`)).headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/https?:/);
  });

  it('hides page and schema when they are off', async () => {
    const closed = await startStandIn({ SATCHEL_GRAPHIQL: 'off', SATCHEL_INTROSPECTION: 'off' });
    expect((await fetch(`${closed.url}/graphiql`)).status).toBe(404);
    expect((await fetch(closed.url)).headers.get('content-type')).toContain('text/plain');
    expect(codesOf(await ask(closed.url, '{ __schema { description } }'))).toEqual(['GRAPHQL_VALIDATION_FAILED']);
    await closed.close();
  });

  it('is open to no other origin unless told', async () => {
    const preflight = (url: string) =>
      fetch(`${url}/graphql`, {
        method: 'OPTIONS',
        headers: { origin: 'https://desk.example', 'access-control-request-method': 'POST' },
      }).then(response => response.headers.get('access-control-allow-origin'));
    expect(await preflight(server.url)).toBeNull();
    const open = await startStandIn({ SATCHEL_CORS_ORIGIN: 'https://desk.example' });
    expect(await preflight(open.url)).toBe('https://desk.example');
    await open.close();
  });
});

describe('GraphQL over HTTP', () => {
  // The audits ask for GET too, which is served to clients that show they are no form of another page.
  const asClient: typeof fetch = (input, init) =>
    fetch(input, {
      ...init,
      headers: { ...(init?.headers as Record<string, string>), 'apollo-require-preflight': '1' },
    });
  it.each(
    serverAudits({ url: () => `${server.url}/graphql`, fetchFn: asClient }).map(audit => [audit.name, audit] as const),
  )('%s', async (_name, audit) => {
    const result = await audit.fn();
    expect(result.status, 'reason' in result ? result.reason : '').toBe('ok');
  });
});
