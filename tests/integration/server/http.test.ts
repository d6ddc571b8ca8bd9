import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { GraphQLError } from 'graphql';
import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GONE } from '../../../src/graphql/errors.js';
import { readinessWith } from '../../../src/server/health.js';
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

  it('takes the rest of a body that is too large, so that a client that is slow to send it still gets the answer', async () => {
    const { port, hostname } = new URL(server.url);
    const socket = connect(Number(port), hostname);
    let answer = '';
    socket.setEncoding('utf8').on('data', text => {
      answer += text;
    });
    const closed = once(socket, 'close');
    const piece = Buffer.alloc(1024 ** 2, 'x');
    const head = ['POST /graphql HTTP/1.1', 'host: satchel', 'content-type: application/json', 'connection: close'];
    socket.write(`${[...head, `content-length: ${5 * piece.length}`].join('\r\n')}\r\n\r\n`);
    for (let sent = 0; sent < 5; sent++) {
      await new Promise<void>((resolve, reject) => socket.write(piece, error => (error ? reject(error) : resolve())));
      // An answer that comes early comes by now, and the connection breaks with it.
      if (sent === 0) await setTimeout(100);
      expect(answer).toBe('');
    }
    await closed;
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(answer).toContain('BODY_TOO_LARGE');
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
    expect(answer.body.errors?.[0]?.extensions.requestId).toBe(answer.headers.get('x-request-id'));
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
    expect(signal.reason).toBe(GONE);
    own.release();
    await own.close();
  });
});

describe('around the API', () => {
  it('answers probes', async () => {
    expect((await fetch(`${server.url}/livez`)).status).toBe(200);
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
    const state = readinessWith({ visit: { state: 'LATE', text: '12 events behind for 40 s' } });
    const behind = await startStandIn({}, { readiness: () => state });
    const response = await fetch(`${behind.url}/readyz`);
    expect([response.status, await response.json()]).toEqual([503, { ...state, ready: false }]);
    await behind.close();
  });

  it('warns once of a proxy before what only this machine should reach, and names what is open', async () => {
    const behind = await startStandIn({ SATCHEL_GRAPHIQL: 'off', SATCHEL_INTROSPECTION: 'on' });
    const warnings = () =>
      behind
        .logged()
        .split('\n')
        .filter(line => line.includes('through a proxy'));
    await fetch(`${behind.url}/livez`);
    expect(warnings()).toEqual([]);
    for (const header of ['forwarded', 'x-forwarded-for'])
      await fetch(`${behind.url}/livez`, { headers: { [header]: 'for=203.0.113.7' } });
    expect(warnings().map(line => JSON.parse(line).settings)).toEqual([['SATCHEL_METRICS']]);
    expect(behind.logged()).not.toContain('203.0.113.7');
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
