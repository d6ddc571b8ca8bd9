import { once } from 'node:events';
import { createConnection } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ask, post, type StandIn, startStandIn } from './standIn.js';
import { clientsPerTest, first } from './websocketClients.js';

let server: StandIn;

beforeEach(async () => {
  server = await startStandIn();
});
afterEach(() => server.close());
// After the server, so that they are gone before it closes: hooks run backwards.
const connect = clientsPerTest();

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
    const { client, closed } = connect(server);
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
    const { client } = connect(server);
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
});
