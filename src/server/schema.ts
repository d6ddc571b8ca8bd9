import 'reflect-metadata';
import type { GraphQLInterfaceType, GraphQLSchema } from 'graphql';
import { buildSchemaSync, type NonEmptyArray } from 'type-graphql';
import { enumOf } from '../graphql/codeLists.js';
import { mutationsOf } from '../graphql/commandFactory.js';
import { typeOfNode } from '../graphql/recorded.js';
import { allCodeLists } from '../kernel/codes.js';
import { modules } from './modules.js';
import { readGettersPlainly } from './plainFields.js';

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
  const schema = buildSchemaSync({
    resolvers: resolvers as unknown as NonEmptyArray<() => void>,
    orphanedTypes: modules.flatMap(module => module.bindings.map(binding => binding.type as unknown as () => void)),
    // Inputs are checked once, by the command's own schema.
    validate: false,
    pubSub: logInstead,
  });
  // type-graphql makes it answer later; compiled queries cannot wait for it.
  (schema.getType('Node') as GraphQLInterfaceType).resolveType = typeOfNode;
  readGettersPlainly(schema);
  return schema;
}
