import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type Doorstep, doorstep } from '../../harness/doorstep.js';
import { type SampleStation, sampleStation } from '../../harness/sampleStation.js';
import { TestSatchel } from '../../harness/testSatchel.js';

const SUBSCRIBERS = 1_000;
const COVERS = 40;
const QUERY = 'subscription ($after: Position) { activity(after: $after) { cursor type nounType noun { id } data } }';

interface Client {
  readonly seen: string[];
  /** Resolves when it has seen so many. */
  reached(count: number): Promise<void>;
  close(): void;
}

async function clientOf(url: string, authorization: string, after: string): Promise<Client> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  const seen: string[] = [];
  await once(socket, 'open');
  socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization } }));
  await once(socket, 'message');
  socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: QUERY, variables: { after } } }));
  socket.on('message', text => {
    seen.push(String(text));
    socket.emit('seen');
  });
  return {
    seen,
    reached: async count => {
      while (seen.length < count) await once(socket, 'seen');
    },
    close: () => socket.terminate(),
  };
}

describe('a thousand subscribers', () => {
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
    while (clients.length < SUBSCRIBERS) {
      const some = Array.from({ length: 50 }, (_, index) => tokens[index % 2]);
      clients.push(...(await Promise.all(some.map(token => clientOf(satchel.url, `Bearer ${token}`, after)))));
    }
    for (let quantity = 1; quantity <= COVERS; quantity++) await door.do('giveHukouCover', { visitId, quantity });
    await Promise.all(clients.map(client => client.reached(COVERS)));
    for (const [index, { seen }] of clients.entries()) {
      const told = seen.map(text => JSON.parse(text).payload.data.activity);
      expect(told.map(({ data }) => data.quantity)).toEqual(Array.from({ length: COVERS }, (_, at) => at + 1));
      expect(new Set(told.map(({ noun }) => noun?.id))).toEqual(new Set([index % 2 === 0 ? undefined : visitId]));
    }
  });
});
