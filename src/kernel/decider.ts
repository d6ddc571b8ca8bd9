import type { EventEnvelope } from './envelope.js';
import type { EventDefinition } from './events.js';
import type { StreamId } from './ids.js';
import type { Label } from './label.js';
import type { Breach, RuleSet } from './ruleSet.js';

/** An event as a decision makes it: the envelope comes from the command path. */
export interface NewEvent<Type extends string = string, Data = unknown> {
  readonly type: Type;
  readonly data: Data;
  /** ISO 8601, UTC; with the command, if left out. For what follows from earlier facts that came in out of order. */
  readonly occurredAt?: string;
}

/** How each event changes the state. Total: it accepts any subset of a stream, in order of revision. */
export type Evolve<State, Event extends NewEvent> = {
  readonly [Type in Event['type']]: (
    state: State,
    event: EventEnvelope<Type, Extract<Event, { type: Type }>['data']>,
  ) => State;
};

/** A noun whose changes are recorded in streams of its own. */
export interface Aggregate<State = unknown, Event extends NewEvent = NewEvent, Code extends string = string> {
  /** Prefix of its streams' ids. */
  readonly category: string;
  /** Its name in the API. */
  readonly noun: string;
  readonly label: Label;
  readonly events: Readonly<Record<string, EventDefinition>>;
  readonly initial: State;
  readonly evolve: Evolve<State, Event>;
  readonly ruleSets: readonly [RuleSet<Code>, ...RuleSet<Code>[]];
  /** Code of the state that it is in, for people and for `stateAfter`. */
  statusOf(state: State): string;
  /** The unit that it belongs to: who may see it follows from that. */
  orgUnitOf(state: State): string | undefined;
  /** Actors and units, beyond the unit that it belongs to, who take part in it and may see it. */
  participantsOf?(state: State): readonly string[];
  /** Those of the participants who may also command it; all of them, where a noun does not tell. */
  handlersOf?(state: State): readonly string[];
  /** Division code (down to the township) of the place of an event that brought it into this state. */
  placeOf?(state: State): string | undefined;
}

// biome-ignore lint/suspicious/noExplicitAny: the one place where the state of "some aggregate" has no name
export type AnyAggregate = Aggregate<any, any, any>;

/** What a command comes to: breached rules, and the events if none of them refuses. */
export interface Decision<Event extends NewEvent, Code extends string = string> {
  readonly breaches: readonly Breach<Code>[];
  /** Called only if no breached rule refuses. */
  events(): readonly Event[];
}

export const decision = <Event extends NewEvent, Code extends string>(
  breaches: readonly Breach<Code>[],
  events: () => readonly Event[],
): Decision<Event, Code> => ({ breaches, events });

/** State after one more event; an event that the noun no longer knows changes nothing. */
export function evolveWith<State>(aggregate: Aggregate<State>, state: State, event: EventEnvelope): State {
  const step = (aggregate.evolve as Evolve<State, NewEvent>)[event.type];
  return step ? step(state, event) : state;
}

/** The one fold: state of a noun after these events. */
export const fold = <State>(aggregate: Aggregate<State>, events: Iterable<EventEnvelope>): State => {
  let state = aggregate.initial;
  for (const event of events) state = evolveWith(aggregate, state, event);
  return state;
};

/** A noun as read: its state and where in its stream that is. */
export interface Snapshot<State = unknown> {
  readonly id: StreamId;
  /** Revision of the last event folded in; -1 when nothing is recorded. */
  readonly revision: number;
  readonly state: State;
  readonly firstRecordedAt?: string;
  readonly lastRecordedAt?: string;
  readonly lastOccurredAt?: string;
}

export const emptySnapshot = <State>(aggregate: Aggregate<State>, id: StreamId): Snapshot<State> => ({
  id,
  revision: -1,
  state: aggregate.initial,
});

/** The snapshot one event on. */
export const advance = <State>(
  aggregate: Aggregate<State>,
  snapshot: Snapshot<State>,
  event: EventEnvelope,
): Snapshot<State> => advanceAll(aggregate, snapshot, [event]);

/** The snapshot some events on, in order of revision. */
export function advanceAll<State>(
  aggregate: Aggregate<State>,
  snapshot: Snapshot<State>,
  events: readonly EventEnvelope[],
): Snapshot<State> {
  const [first, last] = [events[0], events.at(-1)];
  if (!first || !last) return snapshot;
  let state = snapshot.state;
  for (const event of events) state = evolveWith(aggregate, state, event);
  return {
    id: snapshot.id,
    revision: last.revision,
    state,
    firstRecordedAt: snapshot.firstRecordedAt ?? first.recordedAt,
    lastRecordedAt: last.recordedAt,
    lastOccurredAt: last.occurredAt,
  };
}
