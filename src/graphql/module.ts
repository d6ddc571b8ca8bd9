import type { ClassType } from 'type-graphql';
import type { Lookup } from '../commands/lookup.js';
import type { Sealer } from '../commands/record.js';
import type { ReadModel } from '../database/readModel.js';
import type { EventStore } from '../eventstore/port.js';
import type { Clock } from '../kernel/clock.js';
import type { EventDefinition } from '../kernel/events.js';
import type { Policy } from '../policies/policy.js';
import type { Lens, View } from '../projections/view.js';
import type { NounBinding } from './context.js';

/** What a noun's lookups are answered from. */
export interface LookupSources {
  readonly db: ReadModel;
  readonly lens: Lens;
  /** For the few that record something by themselves, such as the next number of a list. */
  readonly store: EventStore;
  readonly sealer: Sealer;
  readonly clock: Clock;
}

/** What a folder of nouns brings to the whole: nothing else of it is seen from outside. */
export interface NounModule {
  readonly bindings: readonly NounBinding[];
  /** Read models beside the documents of the bindings. */
  readonly views: readonly View[];
  /** Events of streams that are no noun of the API: records that Satchel keeps by itself. */
  readonly events?: readonly EventDefinition[];
  /** Resolver classes of its queries and subscriptions; mutations are made from the bindings. */
  readonly resolvers: readonly ClassType<object>[];
  /** What follows from its events by itself, once its time has come. */
  readonly policies?: readonly Policy[];
  /** The facts that it answers to decisions of other nouns. */
  readonly lookup?: (sources: LookupSources) => Partial<Lookup>;
}
