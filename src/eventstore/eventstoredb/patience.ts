import type { Backoff } from './waiting.js';

/** How long the adapter waits, and how much it has under way. Times in milliseconds. */
export interface Patience {
  /** For the answer to one append or to its confirmation, before it is asked for again. */
  readonly answerMs: number;
  /** Times that an append or a read that gets nowhere is tried in all. */
  readonly attempts: number;
  readonly backoff: Backoff;
  /** After so much silence a subscription is made anew: a quiet log and a dead line sound the same. */
  readonly silenceMs: number;
  /** Appends sent and not answered. */
  readonly appendsInFlight: number;
}

/** All attempts together take less than a request may by default, so that its client is told what became of it. */
export const PATIENCE: Patience = {
  answerMs: 5_000,
  attempts: 4,
  backoff: { firstMs: 100, longestMs: 5_000 },
  silenceMs: 30_000,
  appendsInFlight: 12,
};
