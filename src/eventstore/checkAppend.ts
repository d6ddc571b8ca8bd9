import type { Append } from './port.js';

/** @throws RangeError for an append that no store takes: without events, or with a gap in their revisions */
export function checkAppend({ streamId, expectedRevision, events }: Append): void {
  if (events.length === 0) throw new RangeError(`An append to ${streamId} holds no event`);
  events.forEach(({ revision }, index) => {
    if (revision !== expectedRevision + 1 + index)
      throw new RangeError(`Revision ${revision} does not follow ${expectedRevision + index} of ${streamId}`);
  });
}
