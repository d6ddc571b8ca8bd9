import type { FastifyInstance, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import { type TrustedDocuments, trustedText } from '../graphql/trustedDocuments.js';
import { errorBody } from './errors.js';

type Asked = { query?: unknown; documentId?: unknown };

const isObject = (value: unknown): value is Asked =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Apollo reads the query of a GET from its address. */
function askFor({ method, raw }: FastifyRequest, asked: Asked, text: string): void {
  if (method !== 'GET') asked.query = text;
  else {
    const url = new URL(raw.url ?? '', 'http://localhost');
    url.searchParams.set('query', text);
    raw.url = `${url.pathname}${url.search}`;
  }
}

/** Lets the routes that come after it run trusted documents alone; what is no request at all is left to them. */
export function onlyTrusted(app: FastifyInstance, paths: readonly string[], documents: TrustedDocuments): void {
  app.addHook('preHandler', (request, reply, next) => {
    const asked = request.method === 'GET' ? request.query : request.body;
    if (!paths.includes(request.routeOptions.url ?? '') || !isObject(asked)) return next();
    const text = trustedText(documents, asked);
    if (text instanceof GraphQLError) reply.code(400).send(errorBody('DOCUMENT_NOT_TRUSTED', text.message));
    else {
      askFor(request, asked, text);
      next();
    }
  });
}
