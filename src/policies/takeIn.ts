import type { RecordedEvent } from '../eventstore/port.js';
import { categoryOf } from '../kernel/ids.js';
import { comparePositions, type Position } from '../kernel/position.js';
import type { Change } from './control/port.js';
import type { Policy } from './policy.js';

/** What a batch sets and cancels for one policy that stands at `after`: of each timer, what holds in the end. */
export function changesFrom(policy: Policy, after: Position, batch: readonly RecordedEvent[]): readonly Change[] {
  const last = new Map<string, Change>();
  for (const event of batch) {
    if (categoryOf(event.streamId) !== policy.category || comparePositions(event.position, after) <= 0) continue;
    const { streamId, orgUnitId } = event;
    for (const { key, dueAt } of policy.follows[event.type]?.(event) ?? []) {
      const id = { policy: policy.name, streamId, key };
      last.set(`${streamId} ${key}`, dueAt === undefined ? id : { ...id, set: { dueAt, orgUnitId } });
    }
  }
  return [...last.values()];
}
