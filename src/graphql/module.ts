import type { ClassType } from 'type-graphql';
import type { Lookup } from '../commands/lookup.js';
import type { ReadModel } from '../database/readModel.js';
import type { Lens, View } from '../projections/view.js';
import type { NounBinding } from './context.js';

/** What a noun's lookups are answered from. */
export interface LookupSources {
  readonly db: ReadModel;
  readonly lens: Lens;
}

/** What a folder of nouns brings to the whole: nothing else of it is seen from outside. */
export interface NounModule {
  readonly bindings: readonly NounBinding[];
  /** Read models beside the documents of the bindings. */
  readonly views: readonly View[];
  /** Resolver classes of its queries and subscriptions; mutations are made from the bindings. */
  readonly resolvers: readonly ClassType<object>[];
  /** The facts that it answers to decisions of other nouns. */
  readonly lookup?: (sources: LookupSources) => Partial<Lookup>;
}
