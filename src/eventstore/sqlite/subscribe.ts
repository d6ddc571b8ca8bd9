import { setImmediate as nextTurn } from 'node:timers/promises';
import type { SubscribeOptions } from '../port.js';
import type { Commits } from './commits.js';
import { type LogReader, positionNumber } from './readAll.js';

/**
 * Reads the file up to its end, waits for a commit, and reads on from where it was: nothing is buffered but the
 * batch in hand, so that a slow consumer costs nothing, and there is no seam between what was there and what comes.
 */
export function subscribe<Event>(
  log: LogReader<Event>,
  commits: Commits,
  options: SubscribeOptions = {},
): AsyncIterableIterator<readonly Event[]> {
  const stop = new AbortController();
  const abort = (): void => stop.abort();
  if (options.signal?.aborted) abort();
  options.signal?.addEventListener('abort', abort);
  const batches = follow(log, commits, options, stop.signal);

  const end = async (): Promise<IteratorReturnResult<undefined>> => {
    // A generator would let a `return` wait behind a `next` that waits for an event: it must be woken first.
    abort();
    options.signal?.removeEventListener('abort', abort);
    await batches.return(undefined);
    return { done: true, value: undefined };
  };

  return {
    next: async () => {
      try {
        const result = await batches.next();
        return result.done ? await end() : result;
      } catch (error) {
        await end();
        throw error;
      }
    },
    return: end,
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

async function* follow<Event>(
  log: LogReader<Event>,
  commits: Commits,
  options: SubscribeOptions,
  signal: AbortSignal,
): AsyncGenerator<readonly Event[], undefined> {
  let at = positionNumber(options.after);
  while (!signal.aborted && !commits.closed) {
    const head = log.head();
    if (at >= head) {
      await commits.next(signal);
      continue;
    }
    const { events, lookedTo } = log.step(at, head, options);
    at = lookedTo;
    if (events.length > 0) yield events;
    await nextTurn();
  }
}
