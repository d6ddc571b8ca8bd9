import { createClient as createSseClient } from 'graphql-sse';
import { createClient as createWsClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { Anything, TestSatchel } from './testSatchel.js';

export type Transport = 'WebSocket' | 'server-sent events';
export const TRANSPORTS: readonly Transport[] = ['WebSocket', 'server-sent events'];

export interface Question {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

/** A subscription by the client of its protocol's own package, over a socket. */
export interface Subscriber {
  /** The next payloads, as many as asked for, waiting for them. */
  next(count: number): Promise<readonly Anything[]>;
  /** What comes before the server ends it. */
  rest(): Promise<readonly Anything[]>;
  close(): Promise<void>;
}

interface Result {
  readonly data?: Anything;
  readonly errors?: readonly unknown[];
}

type Iterate = (request: { query: string; variables?: Record<string, unknown> }) => AsyncIterableIterator<Result>;

function clientOf(url: string, transport: Transport, authorization: string): { iterate: Iterate; dispose(): unknown } {
  if (transport === 'WebSocket') {
    const client = createWsClient({
      url: `${url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: { authorization },
      retryAttempts: 0,
    });
    return { iterate: client.iterate as Iterate, dispose: () => client.dispose() };
  }
  const client = createSseClient({ url: `${url}/graphql/stream`, headers: { authorization }, retryAttempts: 0 });
  return { iterate: client.iterate as unknown as Iterate, dispose: () => client.dispose() };
}

/** Errors, whichever way they come, are thrown as their JSON. */
export async function subscribe(
  satchel: Pick<TestSatchel, 'url' | 'token'>,
  transport: Transport,
  personId: string,
  { query, variables = {} }: Question,
): Promise<Subscriber> {
  const client = clientOf(satchel.url, transport, `Bearer ${await satchel.token(personId)}`);
  const results = client.iterate({ query, variables });
  const read = async (): Promise<Anything | undefined> => {
    const { done, value } = await results.next().catch(error => {
      throw error instanceof Error ? error : new Error(JSON.stringify(error));
    });
    if (done) return undefined;
    if (value.errors) throw new Error(JSON.stringify(value.errors));
    return Object.values(value.data)[0];
  };
  return {
    async next(count) {
      const payloads: Anything[] = [];
      while (payloads.length < count) {
        const payload = await read();
        if (!payload) throw new Error(`The subscription ended after ${payloads.length} of ${count} payloads`);
        payloads.push(payload);
      }
      return payloads;
    },
    async rest() {
      const payloads: Anything[] = [];
      for (let payload = await read(); payload; payload = await read()) payloads.push(payload);
      return payloads;
    },
    close: async () => void (await client.dispose()),
  };
}
