import { randomUUID } from 'node:crypto';
import { type GraphQLError, type GraphQLSchema, OperationTypeNode, type ValidationRule } from 'graphql';
import { type Context, makeServer } from 'graphql-ws';
import { apiError } from '../graphql/errors.js';
import type { QueryLimits } from '../graphql/limits.js';
import { checkOperation } from '../graphql/operation.js';
import type { Connection } from './connection.js';
import { endable } from './endable.js';
import { asGraphQLError, type FormatError } from './errors.js';
import type { Metrics } from './metrics/metrics.js';
import { countOperation, countRejected } from './metrics/operations.js';
import type { ContextFunction, ContextRequest } from './request.js';

export interface ProtocolOptions {
  readonly schema: GraphQLSchema;
  readonly context: ContextFunction<object>;
  readonly limits: QueryLimits;
  /** On top of those of the specification. */
  readonly rules: readonly ValidationRule[];
  readonly format: FormatError;
  readonly isDraining: () => boolean;
  readonly metrics?: Pick<Metrics, 'operation'> | undefined;
}

type Parameters = Record<string, unknown>;
export type Protocol = ReturnType<typeof createProtocol>;

/** graphql-transport-ws with the limits and the masking of HTTP, and a fresh context for every operation. */
export function createProtocol({ schema, context, limits, rules, format, isDraining, metrics }: ProtocolOptions) {
  const masked = (errors: readonly GraphQLError[]) => errors.map(format);
  return makeServer<Parameters, Connection>({
    onSubscribe: async (connection, id, payload) => {
      if (isDraining()) return [apiError('SHUTTING_DOWN', 'The server is going away: connect again in a moment')];
      const checked = checkOperation(schema, payload, limits, rules);
      if (!('operation' in checked)) return checked;
      const controller = new AbortController();
      const isStream = checked.operation.operation === OperationTypeNode.SUBSCRIPTION;
      const counted = countOperation(metrics, checked.operation);
      connection.extra.begin(id, { controller, isStream, counted });
      try {
        const contextValue = await context(requestOf(connection, controller.signal));
        const { operationName, variables: variableValues } = payload;
        return { schema, document: checked.document, operationName, variableValues, contextValue };
      } catch (error) {
        connection.extra.finish(id);
        return [asGraphQLError(error)];
      }
    },
    onOperation: ({ extra }, id, _payload, _args, result) => {
      const controller = extra.running(id)?.controller;
      return controller && isStream(result) ? endable(result, controller) : undefined;
    },
    onNext: ({ extra }, id, _payload, _args, { errors, data, extensions }) => {
      if (!errors) return undefined;
      const shown = masked(errors);
      extra.running(id)?.counted.saw(shown);
      return { errors: shown, data: data ?? null, ...(extensions && { extensions }) };
    },
    onError: ({ extra }, id, _payload, errors) => {
      const shown = masked(errors);
      const running = extra.running(id);
      if (running) running.counted.saw(shown);
      else countRejected(metrics);
      return shown;
    },
    onComplete: ({ extra }, id) => {
      extra.running(id)?.counted.end();
      extra.finish(id);
    },
  });
}

type Stream = AsyncGenerator<never, void, void>;
const isStream = (result: unknown): result is Stream =>
  typeof result === 'object' && result !== null && Symbol.asyncIterator in result;

/** Browsers cannot set headers on a WebSocket, so connection parameters of the same names come first. */
function requestOf({ connectionParams, extra }: Context<Parameters, Connection>, signal: AbortSignal): ContextRequest {
  const value = (name: string): string | undefined => {
    const given = connectionParams?.[name] ?? extra.request.headers[name];
    return typeof given === 'string' ? given : undefined;
  };
  const readAfter = value('satchel-read-after');
  return { authorization: value('authorization'), readAfter, requestId: randomUUID(), transport: 'ws', signal };
}
