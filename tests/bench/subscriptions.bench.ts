import { EventEmitter, once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { WebSocket } from 'ws';
import { localTokens } from '../../src/access/tokens.js';
import { openStores, type Stores } from '../../src/server/stores.js';
import { type BenchRow, median } from './benchRow.js';
import { type BenchDirectory, benchDirectory, writeStreams } from './record.js';
import { secondsOf } from './rounds.js';
import { residentStream, type SampleStream, visitStream } from './sampleStreams.js';
import { type ServerProcess, startProcess } from './serverProcess.js';
import { type Post, registerPerson, registerPosts } from './station.js';

const ROUNDS = 3;
const EVENTS_OF_A_VISIT = 20;

/** How many subscribe, and how much is then recorded for each round. */
const SIZES = [
  { subscribers: 100, visits: 41, transport: 'WebSocket' },
  { subscribers: 1_000, visits: 6, transport: 'WebSocket' },
  { subscribers: 1_000, visits: 6, transport: 'server-sent events' },
] as const;

const question = (name: string): string => `subscription ${name}($after: Position) {
  activity(after: $after) { cursor type label(locale: zh) occurredAt divisionCode data } }`;

/** Those of the same name ask the same; those who each have a name of their own are each answered by an execution. */
const SIDES = { ours: () => 'Same', baseline: (index: number) => `Own${index}` } as const;

interface Client {
  /** Resolves when it has been sent so many. */
  received(count: number): Promise<void>;
  close(): void;
}

type Open = (port: number, token: string, query: string, after: string) => Promise<Client>;

const overWebSocket: Open = async (port, token, query, after) => {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/graphql`, 'graphql-transport-ws', { perMessageDeflate: false });
  await once(socket, 'open');
  socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } }));
  await once(socket, 'message');
  socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query, variables: { after } } }));
  const { client, take } = counting(() => socket.terminate());
  socket.on('message', (message: Buffer) => take(1, message));
  return client;
};

const NEXT = 'event: next';

const overServerSentEvents: Open = async (port, token, query, after) => {
  const asked = request({
    port,
    host: '127.0.0.1',
    path: '/graphql/stream',
    method: 'POST',
    agent: false,
    headers: {
      'content-type': 'application/json',
      accept: 'text/event-stream',
      authorization: `Bearer ${token}`,
    },
  });
  asked.end(JSON.stringify({ query, variables: { after } }));
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  const { client, take } = counting(() => asked.destroy());
  response.on('error', () => undefined);
  // The beginning of an event may be cut in two.
  let rest = Buffer.alloc(0);
  response.on('data', (chunk: Buffer) => {
    const text = Buffer.concat([rest, chunk]);
    let events = 0;
    let end = 0;
    for (let at = text.indexOf(NEXT); at >= 0; at = text.indexOf(NEXT, end)) {
      events++;
      end = at + NEXT.length;
    }
    rest = text.subarray(Math.max(end, text.length - NEXT.length + 1));
    if (events > 0) take(events, chunk);
  });
  return client;
};

/** Counts what a client is sent; an error ends the measuring. */
function counting(close: () => void) {
  const enough = new EventEmitter();
  let received = 0;
  let wanted = Number.POSITIVE_INFINITY;
  return {
    take: (count: number, message: Buffer) => {
      if (message.includes('"errors"')) throw new Error(String(message));
      received += count;
      if (received >= wanted) enough.emit('enough');
    },
    client: {
      received: async (count: number) => {
        wanted = count;
        if (received < count) await once(enough, 'enough');
      },
      close,
    } satisfies Client,
  };
}

interface County {
  readonly server: ServerProcess;
  readonly stores: Stores;
  readonly token: string;
  readonly post: Post;
}

async function prepareCounty(directory: BenchDirectory): Promise<County> {
  const satchel = await directory.open();
  const [post] = await registerPosts(satchel);
  const analyst = await registerPerson(satchel, post!.countyId, 'ANALYST');
  const tokens = localTokens(await satchel.stores.vault.secret('token-signing'));
  const token = await tokens.issueToken({ subject: analyst, expiresIn: 3600 });
  await satchel.close();
  const server = await startProcess('dist/main.js', ['serve'], {
    SATCHEL_DATA: directory.data,
    SATCHEL_MASTER_KEY: directory.masterKey.toString('base64'),
    SATCHEL_LOG_LEVEL: 'error',
    SATCHEL_RATE_LIMIT: '0',
  });
  // Beside the server, which finds what is recorded here as it would find the work of another process.
  return { server, stores: await openStores(directory), token, post: post! };
}

/** Messages a second until each subscriber has each event. */
async function rateOf(
  county: County,
  open: Open,
  side: keyof typeof SIDES,
  subscribers: number,
  streams: readonly SampleStream[],
) {
  const { server, stores, token } = county;
  const head = await stores.events.head();
  const clients: Client[] = [];
  while (clients.length < subscribers) {
    const names = Array.from({ length: 50 }, (_, index) => SIDES[side](clients.length + index));
    clients.push(...(await Promise.all(names.map(name => open(server.port, token, question(name), head)))));
  }
  const record = async (some: readonly SampleStream[], already: number): Promise<number> => {
    const events = already + some.reduce((sum, stream) => sum + stream.events.length, 0);
    await writeStreams(stores, some);
    await Promise.all(clients.map(client => client.received(events)));
    return events;
  };
  // Once they have been told of the first visit, they are all at the end of the log.
  const [first, ...rest] = streams;
  const before = await record([first!], 0);
  let after = before;
  const seconds = await secondsOf(async () => {
    after = await record(rest, before);
  });
  for (const client of clients) client.close();
  return ((after - before) * subscribers) / seconds;
}

/** Events to many subscribers: one execution for all who ask the same, beside one for each. */
export async function benchSubscriptions(): Promise<BenchRow[]> {
  const directory = benchDirectory('subscriptions');
  const county = await prepareCounty(directory);
  let made = 0;
  const someVisits = (count: number): readonly SampleStream[] =>
    Array.from({ length: count }, () => {
      const index = made++;
      return visitStream(county.post, index, residentStream(county.post, index).id, EVENTS_OF_A_VISIT, false);
    });
  const rows: BenchRow[] = [];
  for (const { subscribers, visits, transport } of SIZES) {
    const open = transport === 'WebSocket' ? overWebSocket : overServerSentEvents;
    const rates: Record<keyof typeof SIDES, number[]> = { ours: [], baseline: [] };
    // The first round fills caches and compiles.
    for (let round = 0; round <= ROUNDS; round++)
      for (const side of round % 2 === 0 ? (['ours', 'baseline'] as const) : (['baseline', 'ours'] as const)) {
        const rate = await rateOf(county, open, side, subscribers, someVisits(visits));
        if (round > 0) rates[side].push(rate);
      }
    rows.push({
      name: `activity to ${subscribers.toLocaleString('en')} subscribers over ${transport}, beside an execution each`,
      ours: median(rates.ours),
      baseline: median(rates.baseline),
      unit: 'messages/s',
      target: { ratio: 2 },
    });
  }
  await county.server.stop();
  await county.stores.close();
  directory.remove();
  return rows;
}
