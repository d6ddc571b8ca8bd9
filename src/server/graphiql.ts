import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import serveStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/** A query that the page opens with, in a tab of its own. The tab takes the name of the operation. */
export interface SampleQuery {
  readonly name: string;
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** Role to ask it in; any, if left out. */
  readonly role?: string;
}

/** A token to act with, for sample data alone: whoever reaches the page can read it. */
export interface SampleToken {
  /** What the menu shows, such as `OFFICER`. */
  readonly role: string;
  readonly token: string;
}

export interface GraphiqlOptions {
  readonly samples?: readonly SampleQuery[];
  readonly tokens?: readonly SampleToken[];
}

/** Made by `npm run build`; the same place seen from `src/` and from `dist/`. */
const ASSETS = fileURLToPath(new URL('../../dist/graphiql/', import.meta.url));

/** GraphiQL, with all that it needs from this process alone. */
export async function serveGraphiql(
  app: FastifyInstance,
  { samples = [], tokens = [] }: GraphiqlOptions,
): Promise<void> {
  app.get('/', (_request, reply) => reply.redirect('/graphiql'));
  if (!existsSync(ASSETS)) {
    app.get('/graphiql', (_request, reply) =>
      reply.type('text/plain').send('Run `npm run build` to have GraphiQL here.\n'),
    );
    return;
  }
  await app.register(serveStatic, { root: ASSETS, prefix: '/graphiql/', index: false });
  app.get('/graphiql', (_request, reply) => reply.sendFile('index.html'));
  app.get('/graphiql/settings.json', (_request, reply) =>
    reply.header('cache-control', 'no-store').send({ samples, tokens }),
  );
}

/** What stands at `/` when the page is off. */
export const servePlainPage = (app: FastifyInstance): void => {
  app.get('/', (_request, reply) =>
    reply
      .type('text/plain')
      .send(
        'Satchel. The API is GraphQL, by POST and by WebSocket, at /graphql; subscriptions as server-sent events at /graphql/stream.\n',
      ),
  );
};
