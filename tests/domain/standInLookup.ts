import type { AnyCommand } from '../../src/commands/command.js';
import type { Lookup } from '../../src/commands/lookup.js';

/** Stands in for what other nouns answer: nothing is known but what is given. */
export const standInLookup = (known: Partial<Lookup>): Lookup =>
  new Proxy(known, {
    get: (answers, name) => answers[name as keyof Lookup] ?? (async () => undefined),
  }) as Lookup;

/** The facts that a command looks up for this input. */
export const factsOf = (command: AnyCommand, input: object, known: Partial<Lookup>, state: unknown = {}) =>
  command.facts?.(input as never, state, standInLookup(known));
