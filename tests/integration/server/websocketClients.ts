import { type Client, createClient } from 'graphql-ws';
import { afterEach } from 'vitest';
import { WebSocket } from 'ws';

interface Connected {
  readonly client: Client;
  readonly closed: Promise<{ readonly code: number }>;
}

/** Connects clients that never try again, each of which is gone at the end of its test. */
export function clientsPerTest() {
  const clients: Client[] = [];
  afterEach(async () => {
    await Promise.all(clients.splice(0).map(client => client.dispose()));
  });

  return function connect(
    { url }: { readonly url: string },
    connectionParams: Record<string, unknown> = {},
  ): Connected {
    let close: (event: { code: number }) => void = () => undefined;
    const closed = new Promise<{ code: number }>(resolve => {
      close = resolve;
    });
    const client = createClient({
      url: url.replace('http', 'ws').concat('/graphql'),
      webSocketImpl: WebSocket,
      connectionParams,
      retryAttempts: 0,
      on: { closed: event => close(event as { code: number }) },
    });
    clients.push(client);
    return { client, closed };
  };
}

export const first = async (client: Client, query: string, variables: Record<string, unknown> = {}) =>
  (await client.iterate({ query, variables }).next()).value;
