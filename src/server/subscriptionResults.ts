import { type ExecutionResult, type FormattedExecutionResult, type GraphQLError, OperationTypeNode } from 'graphql';
import { apiError } from '../graphql/errors.js';
import { type CheckedOperation, checkOperation, type OperationRequest } from '../graphql/operation.js';
import { endable } from './endable.js';
import { asGraphQLError } from './errors.js';
import { countOperation, countRejected } from './metrics/operations.js';
import type { ProtocolOptions } from './protocol.js';
import type { OfRequest } from './request.js';

export type FormattedResult = FormattedExecutionResult;

/** Queries and mutations have their own address, with all that comes with it. */
function subscriptionOnly(checked: CheckedOperation | readonly GraphQLError[]) {
  if (!('operation' in checked) || checked.operation.operation === OperationTypeNode.SUBSCRIPTION) return checked;
  return [apiError('BAD_REQUEST', 'This address is for subscriptions: send queries and mutations to /graphql')];
}

/**
 * What a subscription sends, errors as results too: for a transport that has no other way to tell them. Ends when the
 * controller aborts.
 */
export async function* subscriptionResults(
  {
    schema,
    limits,
    rules,
    format,
    subscribe,
    metrics,
  }: Pick<ProtocolOptions, 'schema' | 'limits' | 'rules' | 'format' | 'subscribe' | 'metrics'>,
  { query, operationName, variables }: OperationRequest,
  contextValue: OfRequest,
  controller: AbortController,
): AsyncGenerator<FormattedResult> {
  const formatted = ({ errors, ...result }: ExecutionResult): FormattedResult =>
    errors ? { data: null, ...result, errors: errors.map(error => format(error, contextValue.requestId)) } : result;
  const checked = subscriptionOnly(checkOperation(schema, { query, operationName, variables }, limits, rules));
  if (!('operation' in checked)) {
    countRejected(metrics);
    return yield formatted({ errors: checked });
  }
  const counted = countOperation(metrics, checked.operation);
  const seen = (result: ExecutionResult): FormattedResult => {
    const shown = formatted(result);
    counted.saw(shown.errors);
    return shown;
  };
  try {
    const { document } = checked;
    const started = await subscribe({ schema, document, operationName, variableValues: variables, contextValue });
    if (!(Symbol.asyncIterator in started)) return yield seen(started);
    for await (const result of endable(started as AsyncGenerator<ExecutionResult, void, void>, controller))
      yield seen(result);
  } catch (error) {
    yield seen({ errors: [asGraphQLError(error)] });
  } finally {
    counted.end();
  }
}
