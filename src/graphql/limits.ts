import { createRequire } from 'node:module';
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  type SelectionSetNode,
  type ValidationContext,
  type ValidationRule,
} from 'graphql';
import type { ComplexityEstimator } from 'graphql-query-complexity';
import { LRUCache } from 'lru-cache';
import { costOfField } from './costs.js';
import { MAX_FIRST } from './pageSize.js';

// The package's ES modules load a second copy of graphql, which knows nothing of our schema; its CommonJS build shares ours.
const { getComplexity }: typeof import('graphql-query-complexity') = createRequire(import.meta.url)(
  'graphql-query-complexity',
);

/** How large a query may be (ARCHITECTURE section 7). */
export interface QueryLimits {
  /** Deepest nesting of fields. */
  readonly depth: number;
  readonly aliases: number;
  /** Longest document, in tokens. */
  readonly tokens: number;
  /** As `costs.ts` has it. */
  readonly cost: number;
}

/** What a list counts for when the query does not say how much of it is wanted. */
const USUAL_PAGE = 20;

/** Rules to validate a document with, beside those of the specification. */
export const limitRules = (limits: QueryLimits): ValidationRule[] => [
  maxDepth(limits.depth),
  maxAliases(limits.aliases),
];

const isIntrospection = (field: string): boolean => field.startsWith('__');

const maxDepth =
  (limit: number): ValidationRule =>
  context => ({
    OperationDefinition(node) {
      const depth = depthOf(node.selectionSet, context, new Map());
      if (depth > limit)
        context.reportError(
          new GraphQLError(`The query is ${depth} levels deep; ${limit} are allowed`, {
            nodes: [node],
            extensions: { code: 'QUERY_TOO_DEEP', depth, limit },
          }),
        );
    },
  });

/** Each fragment is measured once, so that fragments inside fragments cannot make this slow. */
function depthOf(
  set: SelectionSetNode | undefined,
  context: ValidationContext,
  fragments: Map<string, number>,
): number {
  const depths = (set?.selections ?? []).map(selection => {
    if (selection.kind === Kind.FIELD)
      return isIntrospection(selection.name.value) ? 0 : 1 + depthOf(selection.selectionSet, context, fragments);
    if (selection.kind === Kind.INLINE_FRAGMENT) return depthOf(selection.selectionSet, context, fragments);
    const name = selection.name.value;
    if (!fragments.has(name)) {
      // A fragment inside itself is refused by another rule; here it only must not loop.
      fragments.set(name, 0);
      fragments.set(name, depthOf(context.getFragment(name)?.selectionSet, context, fragments));
    }
    return fragments.get(name) ?? 0;
  });
  return depths.reduce((deepest, depth) => Math.max(deepest, depth), 0);
}

const maxAliases =
  (limit: number): ValidationRule =>
  context => {
    let aliases = 0;
    return {
      Field(node) {
        if (node.alias === undefined || ++aliases !== limit + 1) return;
        context.reportError(
          new GraphQLError(`The query has more than ${limit} aliases`, {
            nodes: [node],
            extensions: { code: 'TOO_MANY_ALIASES', limit },
          }),
        );
      },
    };
  };

type Estimated = Parameters<ComplexityEstimator>[0];

/** How often what is inside a field comes. */
function repeats({ field, args }: Estimated, times: string | number): number {
  if (typeof times === 'number') return times;
  if (!field.args.some(argument => argument.name === times)) return 1;
  const wanted = typeof args[times] === 'number' ? args[times] : USUAL_PAGE;
  return Math.min(Math.max(wanted, 1), MAX_FIRST);
}

const estimate: ComplexityEstimator = estimated => {
  const { type, field, node, childComplexity } = estimated;
  if (isIntrospection(field.name)) return 0;
  const cost = costOfField(type.name, field.name);
  // Whether it stands in the document, and not what it is: costs are remembered by document.
  const isDear = cost.with === undefined || node.arguments?.some(({ name }) => name.value === cost.with);
  return ((isDear && cost.own) || 1) + childComplexity * repeats(estimated, cost.times ?? 'first');
};

/** An operation of a valid document, with variables that fit it. */
export interface Operation {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operationName?: string | null | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Costs that were counted before, by document: counting takes as long as running a small operation. */
const counted = new WeakMap<DocumentNode, LRUCache<string, number>>();
/** Of one document, for different numbers of items. */
const COUNTED = 20;

/** What the cost can depend on beside the document: how many items are wanted, and what is skipped. */
function costKey({ operationName, variables }: Operation): string {
  const sizes = Object.entries(variables).filter(
    ([, value]) => value === null || typeof value === 'number' || typeof value === 'boolean',
  );
  return JSON.stringify([operationName ?? '', ...sizes]);
}

function costOf(operation: Operation): number {
  const { schema, document, operationName, variables } = operation;
  const known = counted.get(document) ?? new LRUCache<string, number>({ max: COUNTED });
  counted.set(document, known);
  const key = costKey(operation);
  const before = known.get(key);
  if (before !== undefined) return before;
  const cost = getComplexity({
    schema,
    query: document,
    variables,
    ...(operationName ? { operationName } : {}),
    estimators: [estimate],
  });
  known.set(key, cost);
  return cost;
}

/** Why an operation costs too much, or nothing. */
export function costError(operation: Operation, limit: number): GraphQLError | undefined {
  try {
    const cost = costOf(operation);
    return cost > limit ? tooCostly(`The query costs ${cost}; ${limit} is allowed`, { cost, limit }) : undefined;
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    // What cannot be counted is not run: an argument that does not fit would hide the cost of everything beside it.
    const uncountable = error.message.includes('maximum allowed number of nodes');
    return uncountable
      ? tooCostly('The query repeats its fragments too often', { limit })
      : new GraphQLError(error.message, { nodes: error.nodes ?? [], extensions: { code: 'BAD_USER_INPUT' } });
  }
}

const tooCostly = (message: string, more: Readonly<Record<string, number>>) =>
  new GraphQLError(message, { extensions: { code: 'QUERY_TOO_COSTLY', ...more } });
