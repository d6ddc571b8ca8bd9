import type { AnyCommand, FactContext } from '../../src/commands/command.js';
import type { Lookup } from '../../src/commands/lookup.js';
import { officerActor } from './spec.js';

/** Stands in for what other nouns answer: nothing is known but what is given. */
export const standInLookup = (known: Partial<Lookup>): Lookup =>
  new Proxy(known, {
    get: (answers, name) => answers[name as keyof Lookup] ?? (async () => undefined),
  }) as Lookup;

/** The facts that a command looks up for this input. */
export const factsOf = (command: AnyCommand, input: object, known: Partial<Lookup>, actor = officerActor) =>
  command.facts?.(input as never, {}, standInLookup(known), { actor } as FactContext);
