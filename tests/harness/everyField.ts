import { readFileSync } from 'node:fs';
import {
  buildSchema,
  type GraphQLField,
  type GraphQLOutputType,
  getNamedType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';

const schema = buildSchema(readFileSync('schema/schema.graphql', 'utf8'));

const isNoun = (type: GraphQLOutputType): boolean => {
  const named = getNamedType(type);
  return isObjectType(named) && named.getInterfaces().some(({ name }) => name === 'Node');
};

function selected({ name, type, args }: GraphQLField<unknown, unknown>, left: readonly string[]): string {
  if (left.includes(name) || args.some(isRequiredArgument)) return '';
  if (isLeafType(getNamedType(type))) return name;
  return `${name} { ${isNoun(type) ? 'id' : everyFieldOf(getNamedType(type).name, left)} }`;
}

/** A selection of all that a type answers without being asked for more; of other nouns their ids. */
export function everyFieldOf(typeName: string, left: readonly string[] = []): string {
  const type = schema.getType(typeName);
  if (!isObjectType(type)) throw new Error(`There is no object type ${typeName}`);
  return Object.values(type.getFields())
    .map(field => selected(field, left))
    .join(' ');
}
