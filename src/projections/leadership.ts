import type { ReadModel } from '../database/readModel.js';

// Several processes may share the read models; one of them at a time runs the projections. Who is told by a port, so
// that a runner is the same whether it shares them or has them for itself.

/** Another process has taken over; nothing of this transaction was written. */
export class LeadershipLost extends Error {
  override readonly name = 'LeadershipLost';
}

/** The time in which this process leads. */
export interface Term {
  /** Aborts when it ends. The end may be heard of late: what must not be done after it goes by the fence. */
  readonly over: AbortSignal;
  /**
   * To be called first in every transaction that writes. The next leader waits for the transactions that passed it.
   * With the categories of streams in a batch, the other processes are told of them once it is committed.
   * @throws LeadershipLost
   */
  fence(transaction: ReadModel, categories?: ReadonlySet<string>): Promise<void>;
}

/**
 * What others have projected: the categories of streams in a batch. `missed` when there may have been something,
 * `quiet` when nothing was heard for a while.
 */
export type News = ReadonlySet<string> | 'missed' | 'quiet';

/** Who leads, as the database has it. */
export interface Leader {
  /** Host and process. */
  readonly name: string;
  readonly itself: boolean;
  /** Raised with each change. */
  readonly epoch: number;
  /** Seconds since it last said that it is alive, by the clock of the database. */
  readonly silentFor: number;
  /** Whether its silence is so long that it has lost the lead. */
  readonly alive: boolean;
}

export interface Leadership {
  /** The present term of this process, or a new one if nobody else leads now. @throws what `isOutage` knows */
  tryLead(): Promise<Term | undefined>;
  /**
   * Waits until this process leads, and tells meanwhile of what the leader does. Undefined once `signal` aborts.
   * @throws what `isOutage` knows, and what `onNews` throws
   */
  lead(signal: AbortSignal, onNews: (news: News) => Promise<void>): Promise<Term | undefined>;
  /** Ends the present term, so that another process can take over. */
  resign(): Promise<void>;
  /** Whether this process leads now. */
  readonly leads: boolean;
  /** How often this process has begun to lead. */
  readonly terms: number;
  /** Undefined where nobody else could lead, and where nobody ever did. @throws what `isOutage` knows */
  leader(): Promise<Leader | undefined>;
  /** Resigns, and lets go of what it holds. Idempotent. */
  close(): Promise<void>;
}

const endless: Term = { over: new AbortController().signal, fence: async () => {} };

/** Of a read model that one process has for itself. */
export const alwaysLeads: Leadership = {
  tryLead: async () => endless,
  lead: async () => endless,
  resign: async () => {},
  leads: true,
  terms: 1,
  leader: async () => undefined,
  close: async () => {},
};
