import type { Checkpoint } from './checkpoints.js';
import type { View } from './view.js';

/** The read models were built by a Satchel that knows more of them than this one. They are left as they are. */
export class ReadModelNewer extends Error {
  override readonly name = 'ReadModelNewer';
  readonly code = 'READ_MODEL_NEWER';
}

/** @throws ReadModelNewer naming the read model, and the first view that is newer */
export function requireNotNewer(
  readModel: string,
  views: readonly View[],
  checkpoints: ReadonlyMap<string, Checkpoint>,
): void {
  for (const { table, version } of views) {
    const found = checkpoints.get(table)?.version ?? version;
    if (found > version)
      throw new ReadModelNewer(
        `${readModel} was made by a newer Satchel (${table} is of version ${found} there, and of ${version} here): ` +
          'start that one, or give this one a read model of its own, which it builds from the events',
      );
  }
}
