import { EventEmitter, once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type Doorstep, doorstep } from '../../harness/doorstep.js';
import { type SampleStation, sampleStation } from '../../harness/sampleStation.js';
import { TestSatchel } from '../../harness/testSatchel.js';

const COVERS = 40;
const QUERY = 'subscription ($after: Position) { activity(after: $after) { cursor type nounType noun { id } data } }';

interface Client {
  readonly seen: string[];
  /** Resolves when it has seen so many. */
  reached(count: number): Promise<void>;
  close(): void;
}

/** What a client has seen, and who waits for more of it. */
function watched(close: () => void): Client & { see(text: string): void } {
  const seen: string[] = [];
  const more = new EventEmitter();
  return {
    seen,
    see: text => {
      seen.push(text);
      more.emit('seen');
    },
    reached: async count => {
      while (seen.length < count) await once(more, 'seen');
    },
    close,
  };
}

type Open = (url: string, authorization: string, after: string) => Promise<Client>;

const overWebSocket: Open = async (url, authorization, after) => {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  await once(socket, 'open');
  socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization } }));
  await once(socket, 'message');
  socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: QUERY, variables: { after } } }));
  const client = watched(() => socket.terminate());
  socket.on('message', text => client.see(JSON.stringify(JSON.parse(String(text)).payload)));
  return client;
};

const overServerSentEvents: Open = async (url, authorization, after) => {
  const asked = request(`${url}/graphql/stream`, {
    method: 'POST',
    agent: false,
    headers: { 'content-type': 'application/json', accept: 'text/event-stream', authorization },
  });
  asked.end(JSON.stringify({ query: QUERY, variables: { after } }));
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  const client = watched(() => asked.destroy());
  let rest = '';
  response.setEncoding('utf8').on('data', (chunk: string) => {
    const events = (rest + chunk).split('\n\n');
    rest = events.pop() ?? '';
    for (const event of events) {
      const [, data] = /^event: next\ndata: (.*)$/.exec(event) ?? [];
      if (data !== undefined) client.see(data);
    }
  });
  response.on('error', () => undefined);
  return client;
};

describe.each([
  ['WebSocket', 1_000, overWebSocket],
  // A connection each, by a client that costs more than the server.
  ['server-sent events', 300, overServerSentEvents],
] as const)('many subscribers over %s: %i of them', (_transport, subscribers, open) => {
  let satchel: TestSatchel;
  let people: SampleStation;
  let door: Doorstep;
  const clients: Client[] = [];

  beforeAll(async () => {
    satchel = await TestSatchel.start('2022-08-30T02:00:00Z');
    people = await sampleStation(satchel);
    door = await doorstep(satchel, people);
  });
  afterAll(async () => {
    for (const client of clients) client.close();
    await satchel.close();
  });

  it('are each told everything, once and in order, and what their own rights allow', { timeout: 60_000 }, async () => {
    const visitId = await door.visit();
    const after = await satchel.services.store.head();
    const tokens = await Promise.all([people.analyst, door.officer].map(id => satchel.token(id)));
    while (clients.length < subscribers) {
      const some = Array.from({ length: 50 }, (_, index) => tokens[index % 2]);
      clients.push(...(await Promise.all(some.map(token => open(satchel.url, `Bearer ${token}`, after)))));
    }
    for (let quantity = 1; quantity <= COVERS; quantity++) await door.do('giveHukouCover', { visitId, quantity });
    await Promise.all(clients.map(client => client.reached(COVERS)));
    for (const [index, { seen }] of clients.entries()) {
      const told = seen.map(text => JSON.parse(text).data.activity);
      expect(told.map(({ data }) => data.quantity)).toEqual(Array.from({ length: COVERS }, (_, at) => at + 1));
      expect(new Set(told.map(({ noun }) => noun?.id))).toEqual(new Set([index % 2 === 0 ? undefined : visitId]));
    }
  });
});
