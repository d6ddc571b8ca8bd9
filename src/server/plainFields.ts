import { type GraphQLSchema, isObjectType } from 'graphql';
import { getMetadataStorage } from 'type-graphql';

type Class = abstract new (...parameters: never[]) => object;

const isGetter = (type: Class, property: string): boolean => {
  for (let prototype = type.prototype; prototype; prototype = Object.getPrototypeOf(prototype)) {
    const descriptor = Object.getOwnPropertyDescriptor(prototype, property);
    if (descriptor) return descriptor.get !== undefined;
  }
  return false;
};

/**
 * Lets fields that are getters be read as any property is. type-graphql wraps each in a resolver that first makes the
 * object anew from its class: for a list, that costs as much as all the rest of reading its fields.
 */
export function readGettersPlainly(schema: GraphQLSchema): void {
  for (const { target, methodName, schemaName } of getMetadataStorage().fieldResolvers) {
    if (!isGetter(target as Class, methodName) || methodName !== schemaName) continue;
    for (const type of Object.values(schema.getTypeMap())) {
      const owner = isObjectType(type) && classOf(type.name);
      if (owner && isA(owner, target as Class)) delete type.getFields()[schemaName]?.resolve;
    }
  }
}

const isA = (type: Class, base: Class): boolean => type === base || type.prototype instanceof base;

const classOf = (name: string): Class | undefined =>
  getMetadataStorage().objectTypes.find(type => type.name === name)?.target as Class | undefined;
