import { setImmediate as nextTurn } from 'node:timers/promises';
import { checkAppend } from '../checkAppend.js';
import { AppendRefused, StoreClosed } from '../errors.js';
import type { Append, Appended, StoreObserver } from '../port.js';
import type { Appender } from './append.js';

export interface GroupCommit {
  append(append: Append): Promise<Appended>;
  /** As the port has it; what waits for its turn may come before, in between or after. */
  appendInOrder(appends: readonly Append[]): Promise<void>;
  /** Writes what waits; refuses what comes later. */
  close(): void;
}

interface Waiting {
  readonly append: Append;
  readonly resolve: (appended: Appended) => void;
  readonly reject: (error: unknown) => void;
}

/** Appends in one transaction at the most: the process does nothing else while it runs. */
const LARGEST_GROUP = 256;

/** Appends that wait together share a transaction and its one fsync. `committed` is called after each that wrote. */
export function groupCommit(appender: Appender, committed: () => void, observer?: StoreObserver): GroupCommit {
  let queue: Waiting[] = [];
  let closed = false;

  const writeNext = (): void => {
    const group = queue.slice(0, LARGEST_GROUP);
    queue = queue.slice(LARGEST_GROUP);
    if (group.length > 0) write(group);
    if (queue.length > 0) setImmediate(writeNext);
  };

  const write = (group: readonly Waiting[]): void => {
    try {
      const appended = appender.writeTogether(group.map(({ append }) => append));
      group.forEach(({ resolve }, index) => {
        resolve(appended[index]!);
      });
      committed();
      observer?.groupWritten(group.length);
    } catch (error) {
      if (error instanceof AppendRefused) parry(group);
      else for (const { reject } of group) reject(error);
    }
  };

  /** Finds the appends that are refused by halving, so that the others are written all the same. */
  const parry = (group: readonly Waiting[]): void => {
    if (group.length === 1) {
      reject(group[0]!);
      return;
    }
    const half = group.length >> 1;
    write(group.slice(0, half));
    write(group.slice(half));
  };

  const writeOne = (append: Append): void => {
    try {
      appender.writeTogether([append]);
    } catch (error) {
      throw error instanceof AppendRefused ? appender.whyRefused(append) : error;
    }
  };

  const writeInOrder = (appends: readonly Append[]): void => {
    if (closed) throw new StoreClosed();
    try {
      appender.writeTogether(appends);
    } catch (error) {
      if (!(error instanceof AppendRefused)) throw error;
      appends.forEach(writeOne);
    }
  };

  const reject = ({ append, reject }: Waiting): void => {
    try {
      reject(appender.whyRefused(append));
    } catch (error) {
      reject(error);
    }
  };

  return {
    append: append =>
      new Promise((resolve, reject) => {
        if (closed) throw new StoreClosed();
        checkAppend(append);
        // A turn of the event loop lets in whatever else is ready to be written.
        if (queue.length === 0) setImmediate(writeNext);
        queue.push({ append, resolve, reject });
      }),
    appendInOrder: async appends => {
      appends.forEach(checkAppend);
      try {
        for (let next = 0; next < appends.length; next += LARGEST_GROUP) {
          writeInOrder(appends.slice(next, next + LARGEST_GROUP));
          await nextTurn();
        }
      } finally {
        committed();
      }
    },
    close: () => {
      closed = true;
      while (queue.length > 0) writeNext();
    },
  };
}
