import type { FastifyInstance } from 'fastify';

/** Everything is there; something is served, but not all of it; nothing can be served as it should. */
export type Standing = 'well' | 'degraded' | 'down';

/** How a part of Satchel can stand, and what that means for whoever wants to be served. */
const PART_STATES = {
  UP_TO_DATE: 'well',
  /** Near the head, and for a short time. */
  BEHIND: 'well',
  /** Some streams are set aside until someone retries them. */
  PARKED: 'degraded',
  /** Too far behind, or behind for too long. */
  LATE: 'down',
  /** A store or a database is away, or has no room, and the part goes on once that is over. */
  WAITING: 'down',
  /** For good: someone has to mend what is wrong. */
  STOPPED: 'down',
  /** Does not go on for now: what it would record comes later, and everything else is served. */
  HELD_UP: 'degraded',
  LEADS: 'well',
  SILENT: 'down',
  NOBODY: 'down',
  /** Does not answer for now. */
  AWAY: 'down',
  /** Has no room: nothing can be recorded, and what is there can be read. */
  FULL: 'down',
  /** Can be read, and did not take in what was last sent to be recorded; the next that it takes ends that. */
  REFUSING: 'degraded',
  /** Answers, and cannot be used as it is: damaged, or not what belongs here. */
  DAMAGED: 'down',
  /** Requests are finished, and none is taken any more. */
  LEAVING: 'down',
} as const satisfies Readonly<Record<string, Standing>>;

export type PartState = keyof typeof PART_STATES;

export interface Part {
  readonly state: PartState;
  /** What is so and what to do, for whoever asks: no address, no path, no message of a driver. */
  readonly text: string;
}

/** Whether requests can be served now, and what stands in the way. */
export interface Readiness {
  readonly ready: boolean;
  /** Ready, but not all that is asked for can be answered. */
  readonly degraded?: boolean;
  /** By name: `leader`, `events`, `policies`, or a read model such as `visit`. */
  readonly parts?: Readonly<Record<string, Part>>;
}

/** Ready unless a part is down. */
export function readinessWith(parts: Readonly<Record<string, Part>>): Readiness {
  const standings = Object.values(parts).map(({ state }): Standing => PART_STATES[state]);
  return { ready: !standings.includes('down'), degraded: standings.includes('degraded'), parts };
}

const LEAVING = readinessWith({
  server: { state: 'LEAVING', text: 'is going away: it finishes what it has begun, and takes nothing more' },
});

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Answered while the server goes away, too. */
    readonly whileDraining?: boolean;
  }
}

const config = { whileDraining: true };

/**
 * `/livez`: the process answers, and need not be killed. `/readyz`: it can do its work; 503 tells a balancer to send
 * requests elsewhere.
 */
export function serveHealth(
  app: FastifyInstance,
  readiness: () => Readiness | Promise<Readiness>,
  isDraining: () => boolean,
): void {
  app.get('/livez', { config }, async () => ({ alive: true }));
  app.get('/readyz', { config }, async (_request, reply) => {
    const state = isDraining() ? LEAVING : await readiness();
    return reply.code(state.ready ? 200 : 503).send(state);
  });
}
