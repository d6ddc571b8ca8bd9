import {
  coerceInputValue,
  GraphQLError,
  type GraphQLInputType,
  type GraphQLSchema,
  isInputType,
  isNonNullType,
  type OperationDefinitionNode,
  typeFromAST,
  type VariableDefinitionNode,
} from 'graphql';
import { withoutValues } from './redact.js';

/**
 * What is wrong with the variables of an operation. graphql-js would repeat the values in its messages; here a message
 * names the place and the rule, and the value stays with the client.
 */
export function variableErrors(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): GraphQLError[] {
  return (operation.variableDefinitions ?? []).flatMap(definition => {
    const type = typeFromAST(schema, definition.type);
    return isInputType(type) ? errorsOf(definition, type, variables) : [];
  });
}

function errorsOf(
  definition: VariableDefinitionNode,
  type: GraphQLInputType,
  variables: Readonly<Record<string, unknown>>,
): GraphQLError[] {
  const name = definition.variable.name.value;
  const bad = (rule: string, path: readonly (string | number)[] = []) =>
    new GraphQLError(`Variable "$${name}" is not valid at "${[name, ...path].join('.')}": ${rule}`, {
      nodes: [definition],
      extensions: { code: 'BAD_USER_INPUT', inputPath: [name, ...path] },
    });
  const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
  if (value === undefined)
    return isNonNullType(type) && !definition.defaultValue ? [bad(`a value of type ${type} is required`)] : [];
  if (value === null) return isNonNullType(type) ? [bad(`${type} must not be null`)] : [];
  const errors: GraphQLError[] = [];
  coerceInputValue(value, type, (path, invalid, error) =>
    errors.push(bad(withoutValues(error.message, invalid), path)),
  );
  return errors;
}
