import { setImmediate as nextTurn } from 'node:timers/promises';
import type { SubscribeOptions } from '../port.js';
import { stoppable } from '../stoppable.js';
import type { Commits } from './commits.js';
import { type LogReader, positionNumber } from './readAll.js';

/**
 * Reads the file up to its end, waits for a commit, and reads on from where it was: nothing is buffered but the
 * batch in hand, so that a slow consumer costs nothing, and there is no seam between what was there and what comes.
 */
export const subscribe = <Event>(
  log: LogReader<Event>,
  commits: Commits,
  options: SubscribeOptions = {},
): AsyncIterableIterator<readonly Event[]> => stoppable(options.signal, stop => follow(log, commits, options, stop));

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
