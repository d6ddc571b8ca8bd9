import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type StandIn, startStandIn } from './standIn.js';
import { clientsPerTest, first } from './websocketClients.js';

let server: StandIn;

beforeEach(async () => {
  server = await startStandIn();
});
afterEach(() => server.close());
// After the server, so that they are gone before it closes: hooks run backwards.
const connect = clientsPerTest();

describe('GraphQL over WebSocket', () => {
  it('sends what comes, in order', async () => {
    const results = connect(server).client.iterate<{ ticks: number }>({ query: 'subscription { ticks }' });
    const one = results.next();
    const two = results.next();
    // Told until it listens: nothing says from outside that a subscription has begun.
    const timer = setInterval(() => server.tick(1), 5);
    expect((await one).value.data).toEqual({ ticks: 1 });
    clearInterval(timer);
    server.tick(2);
    expect((await two).value.data.ticks).toBeLessThanOrEqual(2);
    await results.return?.();
    await server.ticksEnded;
  });

  it('ends the source when the client goes away', async () => {
    const { client } = connect(server);
    const results = client.iterate({ query: 'subscription { ticks }' });
    const timer = setInterval(() => server.tick(1), 5);
    await results.next();
    clearInterval(timer);
    client.terminate();
    await server.ticksEnded;
  });

  it('takes the token from the connection parameters', async () => {
    const { client } = connect(server, { authorization: 'Bearer good', 'satchel-read-after': '42' });
    expect(await first(client, '{ caller readAfter }')).toEqual({ data: { caller: 'someone', readAfter: '42' } });
  });

  it('logs each operation with the id of its request, and nothing of what was sent', async () => {
    const { client } = connect(server, { authorization: 'Bearer good' });
    await first(client, 'query Of62262519560101001X { note(id: "62262519560101001X") { id } }');
    await expect.poll(server.logged).toContain('Operation answered');
    const line = server
      .logged()
      .split('\n')
      .find(text => text.includes('Operation answered'));
    expect(JSON.parse(line ?? '{}')).toMatchObject({
      requestId: expect.stringMatching(/^[\da-f-]{36}$/),
      transport: 'ws',
      type: 'query',
      result: 'ok',
    });
    expect(server.logged()).not.toMatch(/62262519560101001X|Bearer good/);
  });

  it('answers a token that is not good as HTTP does', async () => {
    const { client } = connect(server, { authorization: 'Bearer forged' });
    await expect(first(client, '{ caller }')).rejects.toEqual([
      { message: 'The token is not good', extensions: { code: 'UNAUTHENTICATED' } },
    ]);
  });

  it.each([
    [
      '{ note(id: "1") { related { related { related { related { related { related { related { related { related { related { related { id } } } } } } } } } } } } }',
      'QUERY_TOO_DEEP',
    ],
    [
      '{ notes(first: 100) { edges { node { notes(first: 100) { edges { node { id text } } } } } } }',
      'QUERY_TOO_COSTLY',
    ],
    [`{ ${Array.from({ length: 31 }, (_, i) => `a${i}: caller`).join(' ')} }`, 'TOO_MANY_ALIASES'],
    [`{ ${'caller '.repeat(5000)} }`, 'QUERY_TOO_LONG'],
    ['{ nothing }', 'GRAPHQL_VALIDATION_FAILED'],
    ['{ ', 'GRAPHQL_PARSE_FAILED'],
  ])('has the limits of HTTP: %s', async (query, code) => {
    await expect(first(connect(server).client, query)).rejects.toMatchObject([{ extensions: { code } }]);
  });

  it('does not repeat the value of a variable', async () => {
    const query = 'mutation ($input: NoteInput!) { addNote(input: $input) { id } }';
    const failure = await first(connect(server).client, query, { input: { number: '62262519560101001X' } }).catch(
      error => error,
    );
    expect(failure).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', inputPath: ['input', 'number'] } }]);
    expect(JSON.stringify(failure)).not.toContain('62262519560101001X');
  });

  it('masks faults of resolvers and of sources', async () => {
    const { client } = connect(server);
    const result = await first(client, '{ broken }');
    expect(result).toMatchObject({ errors: [{ path: ['broken'], extensions: { code: 'INTERNAL' } }] });
    const source = client.iterate({ query: 'subscription { brokenAfterOne }' });
    await source.next();
    const failure = await source.next().catch(error => error);
    expect(failure).toMatchObject([{ extensions: { code: 'INTERNAL' } }]);
    expect(JSON.stringify([result, failure])).not.toContain('/dev/secret');
    const faults = server
      .logged()
      .split('\n')
      .filter(line => line.includes('/dev/secret'))
      .map(line => JSON.parse(line));
    expect(faults).toMatchObject([
      { requestId: result.errors[0].extensions.requestId },
      { requestId: failure[0].extensions.requestId },
    ]);
    expect(new Set(faults.map(({ requestId }) => requestId)).size).toBe(2);
  });

  it('closes a connection that sends more than a message may hold', async () => {
    const { client, closed } = connect(server);
    first(client, '{ caller }', { x: 'x'.repeat(2 * 1024 ** 2) }).catch(() => undefined);
    expect((await closed).code).toBe(1009);
  });

  it('is at one address only', async () => {
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/elsewhere`, 'graphql-transport-ws');
    const status = await new Promise(resolve => {
      socket.on('unexpected-response', (_request, response) => resolve(response.statusCode));
      socket.on('error', () => undefined);
    });
    expect(status).toBe(404);
  });
});
