import type { EventStore } from '../eventstore/port.js';
import { type Aggregate, advanceAll, emptySnapshot, type Snapshot } from '../kernel/decider.js';
import type { EventEnvelope } from '../kernel/envelope.js';

export interface Loaded<State = unknown> {
  readonly snapshot: Snapshot<State>;
  readonly events: readonly EventEnvelope[];
}

/** A noun as the store has it now, with the events that made it so. */
export async function loadStream<State>(
  store: EventStore,
  aggregate: Aggregate<State>,
  streamId: string,
): Promise<Loaded<State>> {
  let snapshot = emptySnapshot(aggregate, streamId);
  const events: EventEnvelope[] = [];
  for await (const batch of store.readStream(streamId)) {
    snapshot = advanceAll(aggregate, snapshot, batch);
    events.push(...batch);
  }
  return { snapshot, events };
}
