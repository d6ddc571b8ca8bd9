import { type GraphQLSchema, isObjectType } from 'graphql';
import { getMetadataStorage } from 'type-graphql';

function isGetter(type: object, property: string): boolean {
  for (
    let prototype = (type as { prototype: object }).prototype;
    prototype;
    prototype = Object.getPrototypeOf(prototype)
  ) {
    const descriptor = Object.getOwnPropertyDescriptor(prototype, property);
    if (descriptor) return descriptor.get !== undefined;
  }
  return false;
}

/**
 * Lets fields that are getters be read like other properties. type-graphql gives each a resolver that first looks
 * whether the object is one of its class, and calls through two more functions: much, for every cell of a list.
 */
export function readGettersPlainly(schema: GraphQLSchema): void {
  for (const { name, target } of getMetadataStorage().objectTypes) {
    const type = schema.getType(name);
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) if (isGetter(target, field.name)) delete field.resolve;
  }
}
