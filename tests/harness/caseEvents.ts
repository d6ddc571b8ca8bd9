import { type Client, createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { Anything, TestSatchel } from './testSatchel.js';

const CASE_EVENTS = `subscription S($id: ID!, $after: Position) { caseEvents(id: $id, after: $after) {
  cursor event { id type revision position label stateAfter data } } }`;

/** A subscription to one case over WebSocket. */
export interface CaseEvents {
  /** The next events, as many as asked for, waiting for them. */
  next(count: number): Promise<readonly Anything[]>;
  /** What comes before the server ends it. */
  rest(): Promise<readonly Anything[]>;
  close(): Promise<void>;
}

export async function caseEvents(
  satchel: Pick<TestSatchel, 'url' | 'token'>,
  personId: string,
  id: string,
  after?: string,
): Promise<CaseEvents> {
  const authorization = `Bearer ${await satchel.token(personId)}`;
  const client: Client = createClient({
    url: `${satchel.url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { authorization },
    retryAttempts: 0,
  });
  const results = client.iterate<{ caseEvents: Anything }>({ query: CASE_EVENTS, variables: { id, after } });
  const read = async (): Promise<Anything | undefined> => {
    const { done, value } = await results.next();
    if (done) return undefined;
    if (value.errors) throw new Error(JSON.stringify(value.errors));
    return value.data?.caseEvents;
  };
  return {
    async next(count) {
      const events: Anything[] = [];
      while (events.length < count) {
        const event = await read();
        if (!event) throw new Error(`The subscription ended after ${events.length} of ${count} events`);
        events.push(event);
      }
      return events;
    },
    async rest() {
      const events: Anything[] = [];
      for (let event = await read(); event; event = await read()) events.push(event);
      return events;
    },
    async close() {
      await client.dispose();
    },
  };
}
