import { comparePositions, type Position } from '../kernel/position.js';

/** The part of a log, or of what follows it, that ends with the event at `end`; in batches that are never empty. */
export async function* upTo<Event extends { readonly position: Position }>(
  batches: AsyncIterable<readonly Event[]>,
  end: Position,
): AsyncGenerator<readonly Event[]> {
  for await (const batch of batches) {
    const wanted = batch.filter(({ position }) => comparePositions(position, end) <= 0);
    if (wanted.length > 0) yield wanted;
    if (wanted.length < batch.length) return;
  }
}
