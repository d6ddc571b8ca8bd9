import type { BoundCommand } from '../commands/command.js';
import type { Upcasters } from '../eventstore/upcasting.js';
import type { NounBinding } from '../graphql/context.js';
import type { EventDefinition } from '../kernel/events.js';
import type { Policy } from '../policies/policy.js';
import type { View } from '../projections/view.js';
import { modules } from './modules.js';

/** Nouns by the category of their streams. */
export const nouns: ReadonlyMap<string, NounBinding> = new Map(
  modules.flatMap(module => module.bindings).map(binding => [binding.aggregate.category, binding]),
);

/** Every read model: the documents of the nouns, and what they bring beside them. */
export const views: readonly View[] = modules.flatMap(module => [
  ...module.bindings.map(binding => binding.view),
  ...module.views,
]);

/** What follows from events by itself. */
export const policies: readonly Policy[] = modules.flatMap(module => module.policies ?? []);

/** Every event type that there is. */
export const eventDefinitions: readonly EventDefinition[] = modules.flatMap(module => [
  ...module.bindings.flatMap(binding => Object.values(binding.aggregate.events)),
  ...(module.events ?? []),
]);

const stepsOf = ({ type, version, upcast = {} }: EventDefinition) =>
  Array.from({ length: version - 1 }, (_, index) => {
    const step = upcast[index + 1];
    if (!step) throw new Error(`${type} says how to read no events of version ${index + 1}`);
    return step;
  });

/** How events of older versions are read. */
export const upcasters: Upcasters = new Map(eventDefinitions.map(definition => [definition.type, stepsOf(definition)]));

const commands: ReadonlyMap<string, BoundCommand> = new Map(
  modules
    .flatMap(module => module.bindings.flatMap(binding => binding.commands))
    .map(bound => [bound.command.name, bound]),
);

/** A command by the name of its mutation. */
export function boundCommand(name: string): BoundCommand {
  const bound = commands.get(name);
  if (!bound) throw new Error(`There is no command ${name}`);
  return bound;
}
