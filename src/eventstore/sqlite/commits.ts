import { Condition } from '../../kernel/condition.js';
import type { Connection } from './connection.js';

/** Tells those who wait that there may be something new to read. */
export interface Commits {
  /** To be called after each commit of this process. */
  announce(): void;
  /** Until the next commit of any process, the abort of the signal, or the close. May be early, never late. */
  next(signal: AbortSignal): Promise<void>;
  readonly closed: boolean;
  close(): void;
}

/** How often the file is asked whether another process has committed, while someone waits; milliseconds. */
const WATCH_EVERY_MS = 50;

export function watchCommits(connection: Connection): Commits {
  const dataVersion = connection.query<[number]>('PRAGMA data_version');
  let seen = dataVersion.first([])![0];
  let closed = false;
  let timer: NodeJS.Timeout | undefined;
  const commit = new Condition();

  const wakeAll = (): void => {
    clearInterval(timer);
    timer = undefined;
    commit.notifyAll();
  };
  const watch = (): void => {
    try {
      const version = dataVersion.first([])![0];
      if (version === seen) return;
      seen = version;
    } catch {
      // Whoever waits will read, and meet the error where it can be handled.
    }
    wakeAll();
  };

  return {
    announce: wakeAll,
    next: async signal => {
      if (closed || signal.aborted) return;
      timer ??= setInterval(watch, WATCH_EVERY_MS);
      await commit.wait(signal);
    },
    get closed() {
      return closed;
    },
    close: () => {
      closed = true;
      wakeAll();
    },
  };
}
