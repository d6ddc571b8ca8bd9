import type { ApolloServerPlugin } from '@apollo/server';
import type { GraphQLFormattedError, OperationDefinitionNode } from 'graphql';
import type { FinishedOperation, Metrics, OperationResult } from './metrics.js';

/** Codes that mean that something of ours failed, and not what was asked for. */
const FAULTS = /^(INTERNAL|REQUEST_TIMEOUT|[A-Z]+_UNAVAILABLE)$/;

function resultOf(errors: readonly GraphQLFormattedError[] | undefined): OperationResult {
  if (!errors || errors.length === 0) return 'ok';
  return errors.some(({ extensions }) => FAULTS.test(String(extensions?.code))) ? 'fault' : 'error';
}

type Operations = Pick<Metrics, 'operation'>;

/** An operation on its way. */
export interface CountedOperation {
  /** To be called with the errors of each result. */
  saw(errors: readonly GraphQLFormattedError[] | undefined): void;
  end(): FinishedOperation;
}

const GRAVITY: readonly OperationResult[] = ['ok', 'error', 'fault'];
const graver = (a: OperationResult, b: OperationResult) => (GRAVITY.indexOf(a) > GRAVITY.indexOf(b) ? a : b);

/** Counts a valid operation, of a client with a good token, once it is over. */
export function countOperation(
  metrics: Operations | undefined,
  { operation: type, name }: OperationDefinitionNode,
): CountedOperation {
  const start = performance.now();
  let result: OperationResult = 'ok';
  return {
    saw: errors => {
      result = graver(result, resultOf(errors));
    },
    end: () => {
      const finished = { type, name: name?.value, result, seconds: (performance.now() - start) / 1000 };
      metrics?.operation(finished);
      return finished;
    },
  };
}

/** Counts an operation that was not begun: it is not valid, or of someone without a good token. */
export const countRejected = (metrics: Operations | undefined): void =>
  metrics?.operation({ type: 'unknown', result: 'error', seconds: 0 });

/** Counts what comes over HTTP. */
export function operationMetrics(metrics: Operations): ApolloServerPlugin {
  return {
    contextCreationDidFail: async () => countRejected(metrics),
    requestDidStart: async () => {
      let counted: CountedOperation | undefined;
      return {
        // The first moment at which the document is known to be valid.
        didResolveOperation: async ({ operation }) => {
          counted = operation && countOperation(metrics, operation);
        },
        willSendResponse: async ({ response: { body } }) => {
          if (!counted) return countRejected(metrics);
          if (body.kind === 'single') counted.saw(body.singleResult.errors);
          counted.end();
        },
      };
    },
  };
}
