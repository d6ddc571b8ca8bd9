import type { FastifyInstance } from 'fastify';

/** Whether requests can be served now, and what stands in the way. */
export interface Readiness {
  readonly ready: boolean;
  /** Ready, but not all that is asked for can be answered: some streams are parked. */
  readonly degraded?: boolean;
  /** State of each part, for a person: `{ projections: "12 events behind" }`. */
  readonly parts?: Readonly<Record<string, string>>;
}

/** `/livez`: the process answers. `/readyz`: it can do its work; 503 tells a balancer to send requests elsewhere. */
export function serveHealth(app: FastifyInstance, readiness: () => Readiness | Promise<Readiness>): void {
  app.get('/livez', async () => ({ alive: true }));
  app.get('/readyz', async (_request, reply) => {
    const state = await readiness();
    return reply.code(state.ready ? 200 : 503).send(state);
  });
}
