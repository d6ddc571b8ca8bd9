import { once } from 'node:events';
import { createConnection } from 'node:net';
import { type Client, createClient } from 'graphql-ws';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type ClientOptions, WebSocket } from 'ws';
import { ask, post, type StandIn, startStandIn } from './standIn.js';

let server: StandIn;
const clients: Client[] = [];

beforeEach(async () => {
  server = await startStandIn();
});
afterEach(async () => {
  await Promise.all(clients.splice(0).map(client => client.dispose()));
  await server.close();
});

interface Connected {
  readonly client: Client;
  readonly closed: Promise<{ readonly code: number }>;
}

function connect(connectionParams: Record<string, unknown> = {}): Connected {
  let close: (event: { code: number }) => void = () => undefined;
  const closed = new Promise<{ code: number }>(resolve => {
    close = resolve;
  });
  const client = createClient({
    url: server.url.replace('http', 'ws').concat('/graphql'),
    webSocketImpl: WebSocket,
    connectionParams,
    retryAttempts: 0,
    on: { closed: event => close(event as { code: number }) },
  });
  clients.push(client);
  return { client, closed };
}

const first = async (client: Client, query: string, variables: Record<string, unknown> = {}) =>
  (await client.iterate({ query, variables }).next()).value;

describe('GraphQL over WebSocket', () => {
  it('sends what comes, in order', async () => {
    const results = connect().client.iterate<{ ticks: number }>({ query: 'subscription { ticks }' });
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
    const { client } = connect();
    const results = client.iterate({ query: 'subscription { ticks }' });
    const timer = setInterval(() => server.tick(1), 5);
    await results.next();
    clearInterval(timer);
    client.terminate();
    await server.ticksEnded;
  });

  it('takes the token from the connection parameters', async () => {
    const { client } = connect({ authorization: 'Bearer good', 'satchel-read-after': '42' });
    expect(await first(client, '{ caller readAfter }')).toEqual({ data: { caller: 'someone', readAfter: '42' } });
  });

  it('logs each operation with the id of its request, and nothing of what was sent', async () => {
    const { client } = connect({ authorization: 'Bearer good' });
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
    const { client } = connect({ authorization: 'Bearer forged' });
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
    await expect(first(connect().client, query)).rejects.toMatchObject([{ extensions: { code } }]);
  });

  it('does not repeat the value of a variable', async () => {
    const query = 'mutation ($input: NoteInput!) { addNote(input: $input) { id } }';
    const failure = await first(connect().client, query, { input: { number: '62262519560101001X' } }).catch(
      error => error,
    );
    expect(failure).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', inputPath: ['input', 'number'] } }]);
    expect(JSON.stringify(failure)).not.toContain('62262519560101001X');
  });

  it('masks faults of resolvers and of sources', async () => {
    const { client } = connect();
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
    const { client, closed } = connect();
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

/** Names so long that a message of them is larger than what the sockets between the two hold of it. */
const LONG = `subscription { ${'x'.repeat(500_000)}: ticks }`;

/** By hand, so that it answers no ping unless told to, and reads only when told to. */
async function bareClient(url: string, options: ClientOptions = {}): Promise<WebSocket> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', options);
  await once(socket, 'open');
  socket.send(JSON.stringify({ type: 'connection_init' }));
  await once(socket, 'message');
  return socket;
}

describe('whether the other side is there', () => {
  const LOOK_MS = 12_000;
  let ticking: StandIn;
  const start = async (more: Parameters<typeof startStandIn>[1] = {}) => {
    ticking = await startStandIn({ SATCHEL_BODY_LIMIT: '2MiB' }, more);
    return ticking.url;
  };
  /** Subscribes, and counts what comes. */
  const count = async (socket: WebSocket): Promise<() => number> => {
    let seen = 0;
    socket.on('message', () => {
      seen++;
      socket.emit('seen');
    });
    socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: LONG } }));
    const timer = setTimeout(function again() {
      ticking.tick(0);
      timer.refresh();
    }, 5);
    await once(socket, 'seen');
    clearTimeout(timer);
    return () => seen;
  };

  // The looks alone: sockets go on by the time of the machine.
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }));
  afterEach(async () => {
    vi.useRealTimers();
    await ticking.close();
  });

  it('is found out when nobody answers, nor takes anything', async () => {
    const socket = await bareClient(await start(), { autoPong: false });
    const closed = once(socket, 'close');
    const pinged = once(socket, 'ping');
    vi.advanceTimersByTime(LOOK_MS);
    await pinged;
    vi.advanceTimersByTime(5 * LOOK_MS);
    expect((await closed)[0]).toBe(1006);
  });

  it('shows by each answer, however late, and by whatever it asks', async () => {
    const socket = await bareClient(await start(), { autoPong: false });
    for (const answer of [() => socket.pong(), () => socket.send(JSON.stringify({ type: 'ping' }))]) {
      const pinged = once(socket, 'ping');
      vi.advanceTimersByTime(LOOK_MS);
      await pinged;
      vi.advanceTimersByTime(4 * LOOK_MS);
      answer();
      const told = once(socket, 'message');
      socket.send(JSON.stringify({ type: 'ping' }));
      await told;
    }
    expect(socket.readyState).toBe(socket.OPEN);
    socket.terminate();
  });

  it('is not doubted for as long as a slow client has something to take', async () => {
    const socket = await bareClient(await start(), { autoPong: false });
    const seen = await count(socket);
    socket.pause();
    const before = seen();
    const MANY = 40;
    for (let tick = 0; tick < MANY; tick++) ticking.tick(tick);
    // Everything that the sockets hold is written by the time that something else is answered.
    for (let turn = 0; turn < 20; turn++) await fetch(`${ticking.url}/livez`);
    vi.advanceTimersByTime(20 * LOOK_MS);
    socket.resume();
    const closed = once(socket, 'close').then(() => 'closed');
    const all = (async () => {
      while (seen() < before + MANY) await once(socket, 'seen');
      return 'all seen';
    })();
    expect(await Promise.race([all, closed])).toBe('all seen');
    socket.terminate();
  });

  it('is given up when it takes nothing of what is to be written', async () => {
    const socket = await bareClient(await start({ patienceMs: 100 }), { autoPong: false });
    const seen = await count(socket);
    socket.pause();
    const MANY = 40;
    for (let tick = 0; tick < MANY; tick++) ticking.tick(tick);
    await ticking.ticksEnded;
    socket.resume();
    await once(socket, 'close');
    expect(seen()).toBeLessThan(MANY);
  });
});

describe('going away', () => {
  it('lets a running request finish and takes no other', async () => {
    const slow = ask(server.url, '{ slow }');
    await server.slowIsRunning;
    let closed = false;
    const closing = server.close().then(() => {
      closed = true;
    });
    await expect(fetch(`${server.url}/livez`)).rejects.toThrow();
    expect(closed).toBe(false);
    server.release();
    const answer = await slow;
    expect(answer.body).toEqual({ data: { slow: 'done' } });
    expect(answer.headers.get('connection')).toBe('close');
    await closing;
  });

  it('refuses what comes on an open connection while its owner drains', async () => {
    let drained: () => void = () => undefined;
    const draining = new Promise<void>(resolve => {
      drained = resolve;
    });
    const leaving = await startStandIn({}, { onDrain: () => draining });
    const closing = leaving.close();
    const answer = await post(leaving.url, JSON.stringify({ query: '{ caller }' }));
    expect([answer.status, answer.body.errors?.[0]?.extensions.code]).toEqual([503, 'SHUTTING_DOWN']);
    drained();
    await closing;
  });

  it.each(['ticks', 'never'])('ends a subscription with complete, then the connection with 1001: %s', async field => {
    const { client, closed } = connect();
    const results = client.iterate({ query: `subscription { ${field} }` });
    const timer = setInterval(() => server.tick(1), 5);
    await results.next();
    clearInterval(timer);
    const closing = server.close();
    // An abnormal end would reject; `complete` ends the iteration, after what was sent before.
    for await (const result of results) expect(result.errors).toBeUndefined();
    expect((await closed).code).toBe(1001);
    await closing;
  });

  it('lets a running operation finish before its connection closes', async () => {
    const { client } = connect();
    const result = first(client, '{ slow }');
    await server.slowIsRunning;
    const closing = server.close();
    server.release();
    expect(await result).toEqual({ data: { slow: 'done' } });
    await closing;
  });

  it('does not wait for a connection that never asked for anything', async () => {
    const patient = await startStandIn({ SATCHEL_DRAIN_TIMEOUT: '600000' });
    const socket = createConnection(Number(new URL(patient.url).port), '127.0.0.1');
    await once(socket, 'connect');
    // The server knows of the connection once it has answered something that came after it.
    await fetch(`${patient.url}/livez`);
    const ended = once(socket, 'close');
    socket.resume();
    await patient.close();
    await ended;
  });

  it('does not wait for ever', async () => {
    const impatient = await startStandIn({ SATCHEL_DRAIN_TIMEOUT: '50' });
    const slow = ask(impatient.url, '{ slow }').catch(error => error);
    await impatient.slowIsRunning;
    await impatient.close();
    expect(await slow).toBeInstanceOf(Error);
  });

  it('answers an operation that takes too long, and gives up what it does', async () => {
    const hasty = await startStandIn({ SATCHEL_REQUEST_TIMEOUT: '50' });
    const slow = createClient({ url: `${hasty.url.replace('http', 'ws')}/graphql`, webSocketImpl: WebSocket });
    clients.push(slow);
    expect(await first(slow, '{ slow }')).toMatchObject({ errors: [{ extensions: { code: 'REQUEST_TIMEOUT' } }] });
    expect((await hasty.slowIsRunning).aborted).toBe(true);
    hasty.release();
    await hasty.close();
  });

  it('answers a request that takes too long', async () => {
    const hasty = await startStandIn({ SATCHEL_REQUEST_TIMEOUT: '50' });
    const answer = await ask(hasty.url, '{ slow }');
    expect([answer.status, answer.body.errors?.[0]?.extensions.code]).toEqual([503, 'REQUEST_TIMEOUT']);
    hasty.release();
    await hasty.close();
  });
});
