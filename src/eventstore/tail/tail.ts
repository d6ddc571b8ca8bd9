import { type Position, START } from '../../kernel/position.js';
import type { EventStore, RecordedEvent } from '../port.js';
import { stoppable } from '../stoppable.js';
import { FollowingEnded } from './errors.js';
import { catchUp, keepUp } from './follow.js';
import { Run } from './run.js';

export interface FollowOptions {
  /** Exclusive; the start by default. */
  readonly after?: Position;
  /** Ends it normally. */
  readonly signal: AbortSignal;
}

/** The end of the log as it grows, read once for all who follow it. */
export interface Tail {
  /**
   * What is in the log, then what comes, without a gap or a repeat, in batches that are never empty. Those who are at
   * the end share what is at hand, which is bounded; those who are on their way there read the log by themselves.
   * @throws FellBehind to whoever was at the end and did not keep up; LogPutBack when events are not there any more
   * @throws FollowingEnded to everyone, once it is ended
   */
  follow(options: FollowOptions): AsyncIterableIterator<readonly RecordedEvent[]>;
  /** Tells all who follow how far they came, once each has taken what it was handed; resolves when all know it. */
  end(): Promise<void>;
}

/** @param kept events that one who follows may be behind by, and so about how many are held in memory */
export function openTail(store: EventStore, kept: number): Tail {
  let current: Promise<Run> | undefined;
  let ended = false;
  let allKnow: (() => void) | undefined;

  const join = async (): Promise<Run> => {
    current ??= Run.begin(store, kept);
    const joined = current;
    try {
      const run = await joined;
      if (!run.ended) {
        run.followers++;
        return run;
      }
    } catch (error) {
      if (current === joined) current = undefined;
      throw error;
    }
    if (current === joined) current = undefined;
    return join();
  };
  const leave = (run: Run): void => {
    run.followers--;
    if (run.followers > 0) return;
    run.stop();
    allKnow?.();
  };

  async function* follow(after: Position, stop: AbortSignal): AsyncGenerator<readonly RecordedEvent[], undefined> {
    if (ended) throw new FollowingEnded(after);
    const run = await join();
    try {
      const at = yield* catchUp(store, run, after, stop);
      yield* keepUp(run, at, kept, stop);
    } finally {
      leave(run);
    }
  }
  return {
    follow: ({ after = START, signal }) => stoppable(signal, stop => follow(after, stop)),
    async end() {
      ended = true;
      const run = await current?.catch(() => undefined);
      if (!run || run.followers === 0) return;
      const known = new Promise<void>(resolve => {
        allKnow = resolve;
      });
      run.sendAllAway();
      await known;
    },
  };
}
