import 'reflect-metadata';
import type { GraphQLSchema } from 'graphql';
import { buildSchemaSync, type NonEmptyArray } from 'type-graphql';
import { enumOf } from '../graphql/codeLists.js';
import { mutationsOf } from '../graphql/commandFactory.js';
import { allCodeLists } from '../kernel/codes.js';
import { modules } from './modules.js';

/** type-graphql asks for one as soon as there is a subscription; ours read the log, so that nothing is missed. */
const logInstead = {
  publish: () => {
    throw new Error('Nothing is published: subscriptions follow the event store');
  },
  subscribe: () => {
    throw new Error('Subscriptions follow the event store');
  },
};

let built: GraphQLSchema | undefined;

/** The one schema of the process, from every noun: type-graphql keeps its metadata globally. */
export function schemaOfSatchel(): GraphQLSchema {
  built ??= build();
  return built;
}

function build(): GraphQLSchema {
  const resolvers = modules.flatMap(module => [
    ...module.resolvers,
    ...module.bindings.map(binding => mutationsOf(binding, binding.type)),
  ]);
  // type-graphql looks enums up before it looks at the fields that name them.
  for (const list of allCodeLists().values()) enumOf(list);
  return buildSchemaSync({
    resolvers: resolvers as unknown as NonEmptyArray<() => void>,
    orphanedTypes: modules.flatMap(module => module.bindings.map(binding => binding.type as unknown as () => void)),
    // Inputs are checked once, by the command's own schema.
    validate: false,
    pubSub: logInstead,
  });
}
