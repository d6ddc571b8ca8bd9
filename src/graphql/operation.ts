import {
  type DocumentNode,
  type GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  type OperationDefinitionNode,
  parse,
  specifiedRules,
  type ValidationRule,
  validate,
} from 'graphql';
import { apiError } from './errors.js';
import { costError, type QueryLimits } from './limits.js';
import { variableErrors } from './variables.js';

/** What a client asks for, whichever way it came. */
export interface OperationRequest {
  readonly query: string;
  readonly operationName?: string | null | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
}

export interface CheckedOperation {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
}

/** What is wrong with an operation of a document that is valid: its variables, or else its cost. */
export function operationErrors(
  schema: GraphQLSchema,
  { document, operation }: CheckedOperation,
  { operationName, variables }: Omit<OperationRequest, 'query'>,
  limits: QueryLimits,
): readonly GraphQLError[] {
  const bad = variableErrors(schema, operation, variables ?? {});
  if (bad.length > 0) return bad;
  const cost = costError({ schema, document, operationName, variables: variables ?? {} }, limits.cost);
  return cost ? [cost] : [];
}

/** Parses and checks in full, for a transport that does neither. `rules` come on top of the specification's. */
export function checkOperation(
  schema: GraphQLSchema,
  request: OperationRequest,
  limits: QueryLimits,
  rules: readonly ValidationRule[],
): CheckedOperation | readonly GraphQLError[] {
  let document: DocumentNode;
  try {
    document = parse(request.query, { maxTokens: limits.tokens });
  } catch (error) {
    return [withCode(error as GraphQLError, 'GRAPHQL_PARSE_FAILED')];
  }
  const invalid = validate(schema, document, [...specifiedRules, ...rules]);
  if (invalid.length > 0) return invalid.map(error => withCode(error, 'GRAPHQL_VALIDATION_FAILED'));
  const operation = getOperationAST(document, request.operationName);
  if (!operation) return [apiError('OPERATION_RESOLUTION_FAILURE', 'The document has no operation of this name')];
  const errors = operationErrors(schema, { document, operation }, request, limits);
  return errors.length > 0 ? errors : { document, operation };
}

function withCode(error: GraphQLError, code: string): GraphQLError {
  error.extensions.code ??= code;
  return error;
}
