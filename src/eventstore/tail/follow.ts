import { comparePositions, type Position } from '../../kernel/position.js';
import { LogPutBack } from '../errors.js';
import type { EventStore } from '../port.js';
import { BATCH_SIZE } from './atHand.js';
import { FellBehind, FollowingEnded } from './errors.js';
import type { Run } from './run.js';

/** Reads the log up to what is at hand; answers the position that it came to. */
export async function* catchUp(store: EventStore, run: Run, after: Position, stop: AbortSignal) {
  let at = after;
  while (!stop.aborted && run.atHand.numberBehind(at) === undefined) {
    if (run.ending) throw new FollowingEnded(at);
    const seen = run.atHand.to;
    for await (const batch of store.readAll({ after: at, batchSize: BATCH_SIZE })) {
      if (stop.aborted) break;
      if (run.ending) throw new FollowingEnded(at);
      yield batch;
      at = batch.at(-1)!.position;
    }
    // All that the tail has seen is in the log by now, so that the reading ends there or behind it.
    if (!stop.aborted && comparePositions(at, seen) < 0) throw new LogPutBack('The event store', seen, at);
  }
  return at;
}

/**
 * Hands over what comes, from a position that is at hand.
 * @throws FellBehind, FollowingEnded, and what the store threw at the one who reads for all
 */
export async function* keepUp(run: Run, after: Position, kept: number, stop: AbortSignal) {
  let at = after;
  let next = run.atHand.numberBehind(at);
  while (!stop.aborted && next !== undefined) {
    if (run.ending) throw new FollowingEnded(at);
    run.requireRunning();
    const batch = run.atHand.startingAt(next);
    if (batch === undefined) throw new FellBehind(at, kept);
    if (batch.length === 0) {
      if (run.ended) return;
      await run.more(stop);
      continue;
    }
    yield batch;
    next += batch.length;
    at = batch.at(-1)!.position;
  }
}
