import { EventEmitter, on } from 'node:events';
import { Writable } from 'node:stream';
import { buildSchema, GraphQLError, type GraphQLObjectType, type GraphQLSchema } from 'graphql';
import { Unauthenticated } from '../../../src/access/errors.js';
import { loadConfig } from '../../../src/config.js';
import { type RunningServer, type ServerOptions, startServer } from '../../../src/server/http.js';
import { createLogger } from '../../../src/server/logger.js';
import type { ContextRequest } from '../../../src/server/request.js';

/** The stand-in for the API: just enough to see what the server does around a schema. */
const SDL = `
  type Query {
    caller: String!
    readAfter: String
    note(id: ID!): Note
    notes(first: Int): NoteConnection!
    broken: String
    refused: String
    "Answers once it is released."
    slow: String
  }
  type Note { id: ID! text: String! related: Note notes(first: Int): NoteConnection! }
  type NoteConnection { edges: [NoteEdge!]! }
  type NoteEdge { cursor: String! node: Note! }
  enum Kind { PLAIN SEALED }
  input NoteInput { number: Int!  kind: Kind  author: AuthorInput }
  input AuthorInput { name: String!  born: Int }
  type Mutation { addNote(input: NoteInput!): Note! }
  type Subscription {
    "Counts up each time it is told to."
    ticks: Int!
    "Waits for something that never happens, and does not listen to its signal."
    never: Int!
    brokenAfterOne: Int!
  }
`;

type Resolver = (source: unknown, args: Record<string, unknown>, context: StandInContext) => unknown;
type StandInContext = ContextRequest & { readonly caller: string };

export interface StandIn extends RunningServer {
  readonly logged: () => string;
  /** Resolves when `slow` is asked for, with the signal that it was given. */
  readonly slowIsRunning: Promise<AbortSignal>;
  /** Lets `slow` answer. */
  release(): void;
  tick(count: number): void;
  /** Resolves when the source of a `ticks` subscription has ended. */
  readonly ticksEnded: Promise<void>;
}

const deferred = <Value = void>() => {
  let resolve: (value: Value) => void = () => undefined;
  const promise = new Promise<Value>(done => {
    resolve = done;
  });
  return { promise, resolve };
};

const note = { id: 'note-1', text: 'A note', related: () => note, notes: () => ({ edges: [] }) };

function standInSchema(): {
  readonly schema: GraphQLSchema;
  readonly controls: Omit<StandIn, 'url' | 'close' | 'logged'>;
} {
  const [running, released, ended, ticks] = [
    deferred<AbortSignal>(),
    deferred<string>(),
    deferred(),
    new EventEmitter(),
  ];
  const schema = buildSchema(SDL);
  const attach = (type: string, field: string, kind: 'resolve' | 'subscribe', resolver: Resolver) => {
    const definition = (schema.getType(type) as GraphQLObjectType).getFields()[field];
    if (definition) definition[kind] = resolver;
  };
  attach('Query', 'caller', 'resolve', (_source, _args, { caller }) => caller);
  attach('Query', 'readAfter', 'resolve', (_source, _args, { readAfter }) => readAfter);
  attach('Query', 'note', 'resolve', () => note);
  attach('Query', 'notes', 'resolve', () => ({ edges: [] }));
  attach('Mutation', 'addNote', 'resolve', () => note);
  attach('Query', 'broken', 'resolve', () => {
    throw new Error('disk /dev/secret is on fire');
  });
  attach('Query', 'refused', 'resolve', () => {
    throw new GraphQLError('This list has no such cursor', { extensions: { code: 'BAD_CURSOR' } });
  });
  attach('Query', 'slow', 'resolve', (_source, _args, { signal }) => {
    running.resolve(signal);
    return released.promise;
  });
  attach('Subscription', 'ticks', 'subscribe', async function* (_source, _args, { signal }) {
    try {
      for await (const [count] of on(ticks, 'tick', { signal })) yield { ticks: count };
    } finally {
      ended.resolve();
    }
  } as Resolver);
  attach('Subscription', 'never', 'subscribe', async function* () {
    yield { never: 1 };
    await new Promise(() => undefined);
  } as Resolver);
  attach('Subscription', 'brokenAfterOne', 'subscribe', async function* () {
    yield { brokenAfterOne: 1 };
    throw new Error('disk /dev/secret is on fire');
  } as Resolver);
  const controls = {
    slowIsRunning: running.promise,
    release: () => released.resolve('done'),
    tick: (count: number) => void ticks.emit('tick', count),
    ticksEnded: ended.promise,
  };
  return { schema, controls };
}

/** Starts the server around the stand-in on any free port. The only good token is `Bearer good`; none at all is fine. */
export async function startStandIn(
  settings: Readonly<Record<string, string>> = {},
  more: Partial<ServerOptions<StandInContext>> = {},
): Promise<StandIn> {
  const lines: string[] = [];
  const sink = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  const { schema, controls } = standInSchema();
  const server = await startServer<StandInContext>({
    schema,
    config: loadConfig({ SATCHEL_PORT: '0', ...settings }),
    logger: createLogger('debug', sink),
    context: request => {
      if (request.authorization === 'Bearer boom') throw new Error('the key file /dev/secret is gone');
      if (request.authorization && request.authorization !== 'Bearer good')
        throw new Unauthenticated('The token is not good');
      return { ...request, caller: request.authorization ? 'someone' : 'no one' };
    },
    ...more,
  });
  return { ...server, ...controls, logged: () => lines.join('') };
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: {
    readonly data?: Record<string, unknown> | null;
    readonly errors?: readonly {
      readonly message: string;
      readonly path?: readonly string[];
      readonly extensions: Readonly<Record<string, unknown>> & { readonly code: string };
    }[];
  };
  readonly text: string;
}

/** Posts a body as it is. */
export async function post(url: string, body: string, headers: Record<string, string> = {}): Promise<Answer> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json', ...headers },
    body,
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: JSON.parse(text) };
}

export const ask = (
  url: string,
  query: string,
  variables?: Record<string, unknown>,
  headers?: Record<string, string>,
): Promise<Answer> => post(url, JSON.stringify({ query, variables }), headers);

export const codesOf = ({ body }: Answer): readonly string[] => (body.errors ?? []).map(error => error.extensions.code);
