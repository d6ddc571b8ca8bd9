import { AppendRefused, EventStoreError, StoreClosed } from '../errors.js';
import type { Append, Appended } from '../port.js';
import type { AppendTogether } from './append.js';

export interface GroupCommit {
  append(append: Append): Promise<Appended>;
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
export function groupCommit(appendTogether: AppendTogether, committed: () => void): GroupCommit {
  let queue: Waiting[] = [];
  let closed = false;

  const writeGroup = (): void => {
    const group = queue.slice(0, LARGEST_GROUP);
    queue = queue.slice(LARGEST_GROUP);
    settle(group);
    if (queue.length > 0) setImmediate(writeAny);
  };
  const writeAny = (): void => {
    if (queue.length > 0) writeGroup();
  };

  const settle = (group: readonly Waiting[]): void => {
    let outcomes: ReturnType<AppendTogether>;
    try {
      outcomes = appendTogether(group.map(({ append }) => append));
    } catch (error) {
      // A broken rule is the fault of one append, and must not cost the others theirs.
      if (error instanceof AppendRefused && group.length > 1) for (const waiting of group) settle([waiting]);
      else for (const { reject } of group) reject(error);
      return;
    }
    group.forEach(({ resolve, reject }, index) => {
      const outcome = outcomes[index]!;
      if (outcome instanceof EventStoreError) reject(outcome);
      else resolve(outcome);
    });
    committed();
  };

  return {
    append: append =>
      new Promise((resolve, reject) => {
        if (closed) throw new StoreClosed();
        checkAppend(append);
        // A turn of the event loop lets in whatever else is ready to be written.
        if (queue.length === 0) setImmediate(writeAny);
        queue.push({ append, resolve, reject });
      }),
    close: () => {
      closed = true;
      while (queue.length > 0) writeGroup();
    },
  };
}

function checkAppend({ streamId, expectedRevision, events }: Append): void {
  if (events.length === 0) throw new RangeError(`An append to ${streamId} holds no event`);
  events.forEach(({ revision }, index) => {
    if (revision !== expectedRevision + 1 + index) {
      throw new RangeError(`Revision ${revision} does not follow ${expectedRevision + index} of ${streamId}`);
    }
  });
}
