import { setTimeout as pause } from 'node:timers/promises';

/** No answer came in time. What was asked for may have been done, or be done yet. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
  constructor(milliseconds: number) {
    super(`no answer within ${milliseconds} ms`);
  }
}

/** @throws NoAnswer after so many milliseconds; what the promise comes to after that is nobody's concern */
export async function within<Result>(milliseconds: number, promise: Promise<Result>): Promise<Result> {
  const waiting = new AbortController();
  const late = pause(milliseconds, undefined, { signal: waiting.signal }).then(() => {
    throw new NoAnswer(milliseconds);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    late.catch(() => undefined);
    waiting.abort();
  }
}

export interface Backoff {
  /** Milliseconds; the pause before the first retry is up to this long, and doubles with each. */
  readonly firstMs: number;
  readonly longestMs: number;
}

/** Anything up to the pause of this attempt (from 1), so that those who failed together do not come back together. */
export const jittered = ({ firstMs, longestMs }: Backoff, attempt: number): number =>
  Math.random() * Math.min(longestMs, firstMs * 2 ** Math.min(attempt - 1, 20));

/** Resolves after the pause or when the signal aborts, whichever is first. */
export const pauseUnless = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  pause(milliseconds, undefined, { signal }).catch(() => undefined);
