import { connect } from 'node:net';
import { createClient } from 'graphql-sse';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type StandIn, startStandIn } from './standIn.js';

let server: StandIn;

beforeEach(async () => {
  server = await startStandIn();
});
afterEach(() => server.close());

const post = (query: unknown, headers: Readonly<Record<string, string>> = {}, more: object = {}): Promise<Response> =>
  fetch(`${server.url}/graphql/stream`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...headers },
    body: JSON.stringify({ query, ...more }),
  });

/** What came, up to the end: each event with what it holds. */
async function eventsOf(response: Response): Promise<readonly (readonly [string, unknown])[]> {
  const text = await response.text();
  return [...text.matchAll(/^event: (\w+)\ndata:(.*)$/gm)].map(([, event, data]) => [
    event as string,
    data ? JSON.parse(data) : undefined,
  ]);
}

/** Ticks until it is told to stop: nothing says from outside that a subscription has begun. */
function ticking(): () => void {
  const timer = setInterval(() => server.tick(1), 5);
  return () => clearInterval(timer);
}

describe('GraphQL over server-sent events', () => {
  it('sends what comes, in order, to the client of the protocol', async () => {
    const client = createClient({ url: `${server.url}/graphql/stream`, retryAttempts: 0 });
    const results = client.iterate<{ ticks: number }>({ query: 'subscription { ticks }' });
    const stop = ticking();
    expect((await results.next()).value?.data).toEqual({ ticks: 1 });
    stop();
    server.tick(2);
    for (let ticks = 1; ticks !== 2; ) ticks = (await results.next()).value?.data?.ticks as number;
    client.dispose();
    await server.ticksEnded;
  });

  it('ends the source when the client goes away', async () => {
    const abort = new AbortController();
    const response = await fetch(`${server.url}/graphql/stream`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify({ query: 'subscription { ticks }' }),
      signal: abort.signal,
    });
    const reader = response.body!.getReader();
    const stop = ticking();
    for (let text = ''; !text.includes('event: next'); ) text += new TextDecoder().decode((await reader.read()).value);
    stop();
    abort.abort();
    await server.ticksEnded;
  });

  it('has the headers of every answer, and those of a stream', async () => {
    const { headers } = await post('subscription { brokenAfterOne }');
    expect(headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-request-id')).toMatch(/^[\w-]{36}$/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('refuses a token that is not good before anything is sent', async () => {
    const response = await post('subscription { ticks }', { authorization: 'Bearer forged' });
    expect([response.status, response.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
    expect(await response.json()).toEqual({
      errors: [{ message: 'The token is not good', extensions: { code: 'UNAUTHENTICATED' } }],
    });
  });

  it('masks a fault on the way to an answer', async () => {
    const response = await post('subscription { ticks }', { authorization: 'Bearer boom' });
    const text = await response.text();
    expect([response.status, JSON.parse(text).errors[0].extensions.code]).toEqual([500, 'INTERNAL']);
    expect(text).not.toContain('/dev/secret');
  });

  it.each([
    [`subscription { ${Array.from({ length: 31 }, (_, i) => `a${i}: ticks`).join(' ')} }`, 'TOO_MANY_ALIASES'],
    [`subscription { ${'ticks '.repeat(5000)} }`, 'QUERY_TOO_LONG'],
    ['subscription { nothing }', 'GRAPHQL_VALIDATION_FAILED'],
    ['subscription { ', 'GRAPHQL_PARSE_FAILED'],
    ['{ caller }', 'BAD_REQUEST'],
    ['mutation { addNote(input: { number: 1 }) { id } }', 'BAD_REQUEST'],
  ])('has the limits of HTTP, and tells of them as results: %s', async (query, code) => {
    const [next, complete, ...rest] = await eventsOf(await post(query));
    const told = expect.objectContaining({ extensions: expect.objectContaining({ code }) });
    expect(next).toMatchObject(['next', { data: null, errors: expect.arrayContaining([told]) }]);
    expect([complete, rest]).toEqual([['complete', undefined], []]);
  });

  it.each([
    [{}, 400],
    [{ query: 1 }, 400],
    [{ query: '{ caller }', variables: [] }, 400],
    [[{ query: '{ caller }' }], 400],
  ])('takes one request of GraphQL and nothing else: %j', async (body, status) => {
    const response = await fetch(`${server.url}/graphql/stream`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify(body),
    });
    expect([response.status, await response.json()]).toMatchObject([
      status,
      { errors: [{ extensions: { code: 'BAD_REQUEST' } }] },
    ]);
  });

  it('is asked for by its media type, by POST, in JSON, and not in more than a body may hold', async () => {
    expect((await post('subscription { ticks }', { accept: 'application/json' })).status).toBe(406);
    expect((await fetch(`${server.url}/graphql/stream`)).status).toBe(404);
    expect((await post('subscription { ticks }', { 'content-type': 'text/plain' })).status).toBe(400);
    expect((await post('subscription { ticks }', { 'content-type': 'text/xml' })).status).toBe(415);
    expect((await post('x'.repeat(2 * 1024 ** 2))).status).toBe(413);
  });

  it('masks faults of sources', async () => {
    const [one, failure, complete] = await eventsOf(await post('subscription { brokenAfterOne }'));
    expect(one).toEqual(['next', { data: { brokenAfterOne: 1 } }]);
    expect(failure).toMatchObject(['next', { errors: [{ extensions: { code: 'INTERNAL' } }] }]);
    expect(complete).toEqual(['complete', undefined]);
    expect(JSON.stringify(failure)).not.toContain('/dev/secret');
    expect(server.logged()).toContain('/dev/secret');
  });

  it.each(['ticks', 'never'])('says goodbye with complete when the server goes: %s', async field => {
    const response = await post(`subscription { ${field} }`);
    const stop = ticking();
    const reader = response.body!.getReader();
    let text = '';
    const read = async (): Promise<boolean> => {
      const { done, value } = await reader.read();
      text += new TextDecoder().decode(value);
      return !done;
    };
    while (!text.includes('event: next')) await read();
    stop();
    const closing = server.close();
    while (await read());
    expect(text).toMatch(/event: complete\ndata:\n\n$/);
    await closing;
  });

  it('gives up a client that takes nothing of what is to be written', async () => {
    const impatient = await startStandIn({ SATCHEL_BODY_LIMIT: '2MiB' }, { patienceMs: 100 });
    const { hostname, port } = new URL(impatient.url);
    const socket = connect(Number(port), hostname);
    const body = JSON.stringify({ query: `subscription { ${'x'.repeat(500_000)}: ticks }` });
    const closed = new Promise(resolve => socket.once('error', resolve).once('close', resolve));
    socket.write(
      `POST /graphql/stream HTTP/1.1\r\nhost: ${hostname}\r\naccept: text/event-stream\r\n` +
        `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
    const timer = setInterval(() => impatient.tick(1), 1);
    await impatient.ticksEnded;
    clearInterval(timer);
    socket.resume();
    await closed;
    await impatient.close();
  });
});
