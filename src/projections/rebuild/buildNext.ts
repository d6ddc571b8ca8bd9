import { isOutOfRoom } from '../../database/outage.js';
import type { ReadModel } from '../../database/readModel.js';
import type { EventStore } from '../../eventstore/port.js';
import { upTo } from '../../eventstore/upTo.js';
import { comparePositions, type Position } from '../../kernel/position.js';
import { requireNotAhead } from '../history.js';
import { restSince } from '../rest.js';
import { ProjectionRunner } from '../runner.js';
import type { RunnerOptions } from '../runnerOptions.js';
import type { Lens, View } from '../view.js';

export interface BuildServices {
  readonly store: Pick<EventStore, 'head' | 'readAll' | 'readStream'>;
  readonly db: ReadModel;
  readonly lens: Lens;
  /** Told of what makes the build wait, and of each stream that it parks. Must not throw. */
  readonly onError: (error: Error) => void;
  readonly signal: AbortSignal;
  readonly onProgress?: ((position: Position) => void) | undefined;
  /** Tables with so many rows are searched by an index; as of a server, if left out. */
  readonly textIndexFromRows?: number | undefined;
  /** Asked again and again; without room to spare the build stops. Room enough, if left out. */
  readonly hasRoomToSpare?: (() => boolean) | undefined;
  /** After each batch the machine is left to those who serve, for so many times as long as the batch took; 0 if left out. */
  readonly rest?: number | undefined;
}

/** The rebuild was told to end; what is built stays, and the next one goes on from there. */
export class RebuildCancelled extends Error {
  override readonly name = 'RebuildCancelled';
}

/** Too little room is left on the disk of the read models. What is built stays, and the next rebuild goes on from there. */
export class RebuildOutOfRoom extends Error {
  override readonly name = 'RebuildOutOfRoom';
  readonly code = 'REBUILD_OUT_OF_ROOM';
  constructor(options?: ErrorOptions) {
    super(
      'The disk of the read models has too little room for building them beside those that are served, which stay as ' +
        'they are: it takes as much again as they do. Make room, and the same command goes on from there; or ' +
        'satchel rebuild --cancel lets go of what it has built',
      options,
    );
  }
}

const POLL_MS = 50;
/** Small, so that the one writer of SQLite is never kept waiting for long. */
const BATCH = 200;

/** The store as it was at a position: whoever follows it comes to an end there. */
const endingAt = ({ store, rest = 0 }: BuildServices, end: Position): RunnerOptions['store'] => ({
  head: () => store.head(),
  readStream: (streamId, range) => store.readStream(streamId, range),
  async *subscribe(options = {}) {
    for await (const batch of upTo(store.readAll(options), end)) {
      const begun = performance.now();
      yield batch;
      await restSince(begun, rest);
      if (options.signal?.aborted) return;
    }
  },
});

/**
 * Brings views up to a position and no further, from wherever their checkpoints stand. Their tables must be there.
 * @throws RebuildCancelled, OtherHistory, and what stops a projection
 */
export async function buildUpTo(
  services: BuildServices,
  views: readonly View[],
  end: Position,
  beside = true,
): Promise<void> {
  const { db, lens, signal, onProgress, hasRoomToSpare = () => true } = services;
  let full: Error | undefined;
  const runner = new ProjectionRunner({
    store: endingAt(services, end),
    db,
    views,
    lens,
    beside,
    batchSize: BATCH,
    stopsWithoutRoom: true,
    onError(error) {
      if (isOutOfRoom(error)) full = error;
      else services.onError(error);
    },
  });
  await requireNotAhead('What is served', end, services.store);
  await runner.start();
  try {
    while (comparePositions(runner.position, end) < 0 && runner.failure === undefined) {
      if (signal.aborted) throw new RebuildCancelled('the rebuild was stopped');
      if (!hasRoomToSpare()) throw new RebuildOutOfRoom();
      await runner.reached(end, POLL_MS);
      onProgress?.(runner.position);
    }
  } finally {
    await runner.stop();
  }
  if (full) throw full;
  if (runner.failure !== undefined) throw new Error(runner.failure);
}
