import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { urlOf } from '../address.js';
import type { Logger } from '../logger.js';
import type { Metrics } from './metrics.js';

const PATH = '/metrics';

/** `/metrics` beside the API, for whoever reaches the API. */
export function serveMetrics(app: FastifyInstance, { registry, look }: Metrics): void {
  app.get(PATH, async (_request, reply) => reply.type(registry.contentType).send(await look()));
}

/** `/metrics` at an address of its own, which need not be where the API can be reached. */
export interface MetricsListener {
  readonly url: string;
  close(): Promise<void>;
}

/** @throws the error of the operating system when the address cannot be listened on */
export async function listenForMetrics(
  metrics: Metrics,
  { host, port }: { readonly host: string; readonly port: number },
  logger: Logger,
): Promise<MetricsListener> {
  const server = createServer((request, response) => {
    if (request.url !== PATH || request.method !== 'GET') return void response.writeHead(404).end();
    metrics.look().then(
      text => response.writeHead(200, { 'content-type': metrics.registry.contentType }).end(text),
      (error: unknown) => {
        logger.error({ err: error }, 'The metrics could not be read');
        response.writeHead(500).end();
      },
    );
  });
  await listen(server, host, port);
  return {
    url: `${urlOf(host, (server.address() as AddressInfo).port)}${PATH}`,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const listen = (server: Server, host: string, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, () => {
      server.off('error', reject);
      resolve();
    });
  });
