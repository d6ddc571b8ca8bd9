import { createRequire } from 'node:module';
import {
  type DocumentNode,
  type ExecutionResult,
  GraphQLError,
  type GraphQLSchema,
  type OperationDefinitionNode,
  OperationTypeNode,
  valueFromASTUntyped,
} from 'graphql';
import type { CompiledQuery } from 'graphql-jit';
import { LRUCache } from 'lru-cache';

// As CommonJS, so that it shares our copy of graphql.
const { compileQuery, isCompiledQuery }: typeof import('graphql-jit') = createRequire(import.meta.url)('graphql-jit');

/** An operation of a valid document, with variables that fit it. */
export interface CheckedRequest {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly contextValue: unknown;
}

/** Runs an operation, if it is a query that came often enough to be compiled; otherwise nothing, and it is left to graphql-js. */
export type CompiledQueries = (request: CheckedRequest) => Promise<ExecutionResult> | undefined;

type Compiled = CompiledQuery | 'not to be compiled';

/** An operation that was seen before. */
interface Known {
  times: number;
  query?: Compiled;
}

/** Operations that are known. */
const KEPT = 200;
/** To compile takes as long as to run a small query many times: worth it for what comes again and again. */
const COMPILED_FROM = 3;

/** Compiled, an operation no longer looks up its fields and types for every item of a list. */
export function compiledQueries(schema: GraphQLSchema): CompiledQueries {
  const known = new LRUCache<OperationDefinitionNode, Known>({ max: KEPT });

  const compile = ({ document, operation }: CheckedRequest): Compiled => {
    const query = compileQuery(schema, document, operation.name?.value ?? '');
    return isCompiledQuery(query) ? query : 'not to be compiled';
  };

  return request => {
    const { operation, variables, contextValue } = request;
    // A mutation spends its time elsewhere.
    if (operation.operation !== OperationTypeNode.QUERY) return undefined;
    const seen = known.get(operation) ?? { times: 0 };
    known.set(operation, seen);
    seen.times++;
    if (seen.times < COMPILED_FROM) return undefined;
    seen.query ??= compile(request);
    return seen.query === 'not to be compiled'
      ? undefined
      : run(seen.query, contextValue, withDefaults(operation, variables));
  };
}

async function run(query: CompiledQuery, contextValue: unknown, variables: Record<string, unknown>) {
  const { data, errors } = await query.query({}, contextValue, variables);
  return { data: data ?? null, ...(errors ? { errors: errors.map(completed) } : {}) };
}

/** The compiler overlooks the default of a variable that must not be null. */
function withDefaults({ variableDefinitions = [] }: OperationDefinitionNode, variables: CheckedRequest['variables']) {
  const all: Record<string, unknown> = { ...variables };
  for (const { variable, defaultValue } of variableDefinitions)
    if (defaultValue && all[variable.name.value] === undefined)
      all[variable.name.value] = valueFromASTUntyped(defaultValue);
  return all;
}

/** The compiler's own errors pass for those of graphql-js, but lack half of what those have. */
function completed({ message, path, originalError, locations }: GraphQLError): GraphQLError {
  const known = new GraphQLError(message, { path: path ?? null, originalError: originalError ?? null });
  return Object.defineProperty(known, 'locations', { value: locations, enumerable: locations !== undefined });
}
