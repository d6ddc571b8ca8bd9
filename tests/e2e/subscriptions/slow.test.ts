import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type Doorstep, doorstep } from '../../harness/doorstep.js';
import { type SampleStation, sampleStation } from '../../harness/sampleStation.js';
import { subscribe } from '../../harness/subscribers.js';
import { type Anything, TestSatchel } from '../../harness/testSatchel.js';

const KEPT = 20;
/** Names so long that a message of them is larger than what the sockets between the two hold of it. */
const LONG = Array.from({ length: 25 }, (_, index) => `${'x'.repeat(30_000)}${index}: type`).join(' ');
const QUERY = `subscription ($after: Position) { activity(after: $after) { cursor ${LONG} } }`;
const PLAIN = 'subscription ($after: Position) { activity(after: $after) { cursor type data } }';

interface SlowClient {
  /** Stops reading. */
  pause(): void;
  /** Reads again; everything that still comes, up to the end of the subscription. */
  resume(): Promise<readonly Anything[]>;
  close(): void;
}

type Open = (url: string, authorization: string, variables: object) => Promise<SlowClient>;

const overWebSocket: Open = async (url, authorization, variables) => {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  await once(socket, 'open');
  const messages: Anything[] = [];
  const first = new Promise<void>(resolve => {
    socket.on('message', text => {
      const message = JSON.parse(String(text));
      if (message.type === 'connection_ack')
        socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: QUERY, variables } }));
      if (message.type === 'next') resolve();
      messages.push(message);
      if (message.type === 'error' || message.type === 'complete') socket.emit('over');
    });
  });
  const over = once(socket, 'over');
  socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization } }));
  await first;
  return {
    pause: () => socket.pause(),
    resume: async () => {
      socket.resume();
      await over;
      return messages
        .filter(({ type }) => type === 'next' || type === 'error')
        .map(({ type, payload }) => (type === 'next' ? payload : { errors: payload }));
    },
    close: () => socket.terminate(),
  };
};

const overServerSentEvents: Open = async (url, authorization, variables) => {
  const { hostname, port } = new URL(url);
  const socket: Socket = connect(Number(port), hostname);
  const body = JSON.stringify({ query: QUERY, variables });
  let text = '';
  const first = new Promise<void>(resolve => {
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      if (text.includes('event: next')) resolve();
    });
  });
  const over = once(socket, 'end');
  socket.write(
    `POST /graphql/stream HTTP/1.0\r\nhost: ${hostname}\r\nauthorization: ${authorization}\r\n` +
      `accept: text/event-stream\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
  await first;
  return {
    pause: () => socket.pause(),
    resume: async () => {
      socket.resume();
      await over;
      return [...text.matchAll(/^event: next\ndata: (.*)$/gm)].map(([, json]) => JSON.parse(json as string));
    },
    close: () => socket.destroy(),
  };
};

describe.each([
  ['WebSocket', overWebSocket],
  ['server-sent events', overServerSentEvents],
] as const)('who takes less than what comes, over %s', (transport, open) => {
  let satchel: TestSatchel;
  let people: SampleStation;
  let door: Doorstep;

  beforeAll(async () => {
    satchel = await TestSatchel.start('2022-08-30T02:00:00Z', {
      SATCHEL_SUBSCRIPTION_BUFFER: String(KEPT),
      SATCHEL_BODY_LIMIT: '2MiB',
    });
    people = await sampleStation(satchel);
    door = await doorstep(satchel, people);
  });
  afterAll(() => satchel.close());

  it('is closed with the last cursor, and can go on behind it', async () => {
    const visitId = await door.visit();
    const give = (quantity: number) => door.do('giveHukouCover', { visitId, quantity });
    const after = await satchel.services.store.head();
    await give(1);
    const slow = await open(satchel.url, `Bearer ${await satchel.token(people.analyst)}`, { after });
    slow.pause();
    const MANY = 100;
    for (let quantity = 2; quantity <= MANY; quantity++) await give(quantity);
    const results = await slow.resume();
    const [payloads, errors] = [results.filter(({ data }) => data), results.filter(({ errors }) => errors)];
    slow.close();
    const last = payloads.at(-1).data.activity.cursor;
    expect(errors).toMatchObject([{ errors: [{ extensions: { code: 'SLOW_CONSUMER', cursor: last } }] }]);
    // The sockets hold some; what they do not hold is not kept for it.
    expect(payloads.length).toBeLessThan(MANY - KEPT);
    const rest = await subscribe(satchel, transport, people.analyst, { query: PLAIN, variables: { after: last } });
    const quantities = (await rest.next(MANY - payloads.length)).map(({ data }) => data.quantity);
    await rest.close();
    expect(quantities).toEqual(Array.from({ length: quantities.length }, (_, index) => payloads.length + index + 1));
  });
});
