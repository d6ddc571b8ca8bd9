import { type AnyCommand, type BoundCommand, bind } from '../commands/command.js';
import type { AnyAggregate, NewEvent } from '../kernel/decider.js';
import type { EventEnvelope } from '../kernel/envelope.js';

/** What an event does to a moment of its stream: sets it, to another one if it was set, or cancels it. */
export interface TimerChange {
  /** Tells the moments of a stream apart; a moment that was set before under the same key moves. */
  readonly key: string;
  /** ISO 8601, UTC; absent to cancel. */
  readonly dueAt?: string;
}

export const setTimer = (key: string, dueAt: string): readonly TimerChange[] => [{ key, dueAt }];
export const cancelTimer = (key: string): readonly TimerChange[] => [{ key }];

type Follow<Event extends NewEvent> = {
  readonly [Type in Event['type']]?: (
    event: EventEnvelope<Type, Extract<Event, { type: Type }>['data']>,
  ) => readonly TimerChange[];
};

interface Declaration<Command, Followed> {
  /** Of its checkpoint and its timers; stays what it is. */
  readonly name: string;
  /** Raised when it follows other events, or sets other moments: it then reads the log from the first event again. */
  readonly version: number;
  /**
   * What Satchel gives to the noun itself when a moment has come. It takes no input beside the noun, and occurs at that
   * moment. It is decided on the noun as it is by then, and refused when there is nothing to it any more.
   */
  readonly command: Command;
  /** What the events of each type set and cancel. Pure; nothing is asked but the event. */
  readonly follows: Followed;
}

/**
 * What follows from the events of a noun once its time has come, though nobody does anything. It may fire again for the
 * same moment, and records the same fact once.
 */
export interface Policy extends Declaration<BoundCommand, Follow<NewEvent>> {
  /** Of the streams that it follows. */
  readonly category: string;
}

/** Declares a policy of one noun with its types filled in. */
export const policyOf =
  <Event extends NewEvent>(
    // biome-ignore lint/suspicious/noExplicitAny: a policy knows the events of a noun, and nothing of its state
    aggregate: AnyAggregate & { readonly evolve: { readonly [Type in Event['type']]: any } },
  ) =>
  (declaration: Declaration<AnyCommand, Follow<Event>>): Policy => ({
    ...declaration,
    category: aggregate.category,
    command: bind(aggregate, declaration.command),
    follows: declaration.follows as unknown as Follow<NewEvent>,
  });
