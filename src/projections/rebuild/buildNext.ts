import type { ReadModel } from '../../database/readModel.js';
import type { EventStore } from '../../eventstore/port.js';
import { comparePositions, type Position } from '../../kernel/position.js';
import { requireNotAhead } from '../ahead.js';
import { restSince } from '../rest.js';
import { ProjectionRunner } from '../runner.js';
import type { Lens, View } from '../view.js';

export interface BuildServices {
  readonly store: Pick<EventStore, 'head' | 'readAll'>;
  readonly db: ReadModel;
  readonly lens: Lens;
  /** Told of what makes the build wait, and of each stream that it parks. Must not throw. */
  readonly onError: (error: Error) => void;
  readonly signal: AbortSignal;
  readonly onProgress?: ((position: Position) => void) | undefined;
  /** Tables with so many rows are searched by an index; as of a server, if left out. */
  readonly textIndexFromRows?: number | undefined;
  /** After each batch the machine is left to those who serve, for so many times as long as the batch took; 0 if left out. */
  readonly rest?: number | undefined;
}

/** The rebuild was told to end; what is built stays, and the next one goes on from there. */
export class RebuildCancelled extends Error {
  override readonly name = 'RebuildCancelled';
}

const POLL_MS = 50;
/** Small, so that the one writer of SQLite is never kept waiting for long. */
const BATCH = 200;

/** The store as it was at a position: whoever follows it comes to an end there. */
const upTo = ({ store, rest = 0 }: BuildServices, end: Position): Pick<EventStore, 'head' | 'subscribe'> => ({
  head: () => store.head(),
  async *subscribe(options = {}) {
    for await (const batch of store.readAll(options)) {
      const wanted = batch.filter(event => comparePositions(event.position, end) <= 0);
      const begun = performance.now();
      if (wanted.length > 0) yield wanted;
      await restSince(begun, rest);
      if (wanted.length < batch.length || options.signal?.aborted) return;
    }
  },
});

/**
 * Brings views up to a position and no further, from wherever their checkpoints stand. Their tables must be there.
 * @throws RebuildCancelled, ReadModelAhead, and what stops a projection
 */
export async function buildUpTo(
  services: BuildServices,
  views: readonly View[],
  end: Position,
  beside = true,
): Promise<void> {
  const { db, lens, signal, onProgress } = services;
  let stopped: string | undefined;
  const runner = new ProjectionRunner({
    store: upTo(services, end),
    db,
    views,
    lens,
    beside,
    batchSize: BATCH,
    onError: services.onError,
  });
  await requireNotAhead('What is served', end, services.store);
  await runner.start();
  try {
    while (comparePositions(runner.position, end) < 0 && stopped === undefined) {
      if (signal.aborted) throw new RebuildCancelled('the rebuild was stopped');
      await runner.reached(end, POLL_MS);
      onProgress?.(runner.position);
      stopped = runner.failure;
    }
  } finally {
    await runner.stop();
  }
  if (stopped !== undefined) throw new Error(stopped);
}
