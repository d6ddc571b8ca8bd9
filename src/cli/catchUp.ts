import { comparePositions, countedIn, countOf, type Position } from '../kernel/position.js';
import type { Satchel } from '../server/satchel.js';
import { progressBar } from './progress.js';

const LOOK_EVERY_MS = 250;
/** As long as nothing moves: another process leads, or what holds the read models up is for `/readyz` to tell. */
const PATIENCE_MS = 5_000;

/**
 * Waits until the read models hold what the store held when this began, as after someone deleted them: served before
 * that, they would say NOT_FOUND of what is there. Gives up when they stand still.
 */
export async function catchUp({ services: { store, projections } }: Satchel): Promise<void> {
  // A store that does not answer yet is for `/readyz` to tell.
  const head = await store.head().catch(() => undefined);
  if (head === undefined || (await projections.reached(head, LOOK_EVERY_MS))) return;
  const bar = progressBar({ name: 'Building read models', total: countOf(head), unit: countedIn(head) });
  let last: Position | undefined;
  let movedAt = performance.now();
  while (comparePositions(projections.position, head) < 0) {
    if (projections.status().some(({ stopped }) => stopped)) break;
    if (projections.position !== last) movedAt = performance.now();
    else if (performance.now() - movedAt > PATIENCE_MS) break;
    last = projections.position;
    bar.update(countOf(last));
    await projections.reached(head, LOOK_EVERY_MS);
  }
  bar.update(countOf(projections.position));
  bar.stop();
}
