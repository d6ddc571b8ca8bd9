import { randomUUID } from 'node:crypto';
import {
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  GraphQLError,
  type GraphQLSchema,
  OperationTypeNode,
  type subscribe,
  type ValidationRule,
} from 'graphql';
import { type Context, makeServer } from 'graphql-ws';
import { abortedBy, apiError } from '../graphql/errors.js';
import type { QueryLimits } from '../graphql/limits.js';
import { checkOperation } from '../graphql/operation.js';
import { type TrustedDocuments, trustedText } from '../graphql/trustedDocuments.js';
import { type Alarm, endAt } from './alarm.js';
import type { Connection } from './connection.js';
import { endable } from './endable.js';
import { asGraphQLError, type FormatError, ofRequest } from './errors.js';
import type { Logger } from './logger.js';
import type { Metrics } from './metrics/metrics.js';
import { countOperation, countRejected } from './metrics/operations.js';
import type { ContextFunction, ContextRequest, OfRequest } from './request.js';
import { inSpan } from './tracing/inSpan.js';
import type { Tracing } from './tracing/tracing.js';

export interface ProtocolOptions {
  readonly schema: GraphQLSchema;
  readonly context: ContextFunction<OfRequest>;
  readonly limits: QueryLimits;
  /** On top of those of the specification. */
  readonly rules: readonly ValidationRule[];
  readonly format: FormatError;
  /** `subscribe` of graphql-js, or one that does the same. */
  readonly subscribe: typeof subscribe;
  readonly isDraining: () => boolean;
  readonly logger: Logger;
  readonly metrics?: Pick<Metrics, 'operation'> | undefined;
  /** Longest time for an operation that is no subscription, in milliseconds; 0 for no limit. */
  readonly requestTimeout: number;
  readonly tracing?: Tracing | undefined;
  /** How long a client may take nothing of what is sent to it, in milliseconds. */
  readonly patienceMs: number;
  /** Rings when a token ends. */
  readonly alarm: Alarm;
  /** The only documents that may be run; any, if left out. */
  readonly trustedDocuments?: TrustedDocuments | undefined;
}

type Parameters = Record<string, unknown>;
export type Protocol = ReturnType<typeof createProtocol>;

/** graphql-transport-ws with the limits and the masking of HTTP, and a fresh context for every operation. */
export function createProtocol(options: ProtocolOptions) {
  const { schema, context, limits, rules, format, subscribe, isDraining, logger, metrics, requestTimeout, tracing } =
    options;
  const { trustedDocuments, alarm } = options;
  return makeServer<Parameters, Connection>({
    subscribe,
    onSubscribe: async (connection, id, payload) => {
      if (isDraining()) return [apiError('SHUTTING_DOWN', 'The server is going away: connect again in a moment')];
      const query = trustedDocuments ? trustedText(trustedDocuments, payload) : payload.query;
      if (query instanceof GraphQLError) return [query];
      const checked = checkOperation(schema, { ...payload, query }, limits, rules);
      if (!('operation' in checked)) return checked;
      const isStream = checked.operation.operation === OperationTypeNode.SUBSCRIPTION;
      const controller = isStream ? new AbortController() : expiring(requestTimeout);
      const request = requestOf(connection, controller.signal);
      const counted = countOperation(metrics, checked.operation);
      connection.extra.begin(id, { controller, isStream, counted, requestId: request.requestId });
      try {
        const contextValue = await context(request);
        if (isStream) endAt(alarm, contextValue.expiresAt, controller);
        const { operationName, variables: variableValues } = payload;
        return { schema, document: checked.document, operationName, variableValues, contextValue };
      } catch (error) {
        connection.extra.finish(id);
        return [ofRequest(asGraphQLError(error), request.requestId)];
      }
    },
    execute: tracing ? args => traced(tracing, args) : executeInTime,
    onOperation: ({ extra }, id, _payload, _args, result) => {
      const controller = extra.running(id)?.controller;
      return controller && isStream(result) ? endable(result, controller) : undefined;
    },
    onNext: ({ extra }, id, _payload, _args, { errors, data, extensions }) => {
      if (!errors) return undefined;
      const running = extra.running(id);
      const shown = errors.map(error => format(error, running?.requestId));
      running?.counted.saw(shown);
      return { errors: shown, data: data ?? null, ...(extensions && { extensions }) };
    },
    onError: ({ extra }, id, _payload, errors) => {
      const running = extra.running(id);
      const shown = errors.map(error => format(error, running?.requestId));
      if (running) running.counted.saw(shown);
      else countRejected(metrics);
      return shown;
    },
    onComplete: ({ extra }, id) => {
      const running = extra.running(id);
      if (!running) return;
      const { type, result, seconds } = running.counted.end();
      const ms = Math.round(seconds * 1000);
      logger.debug({ requestId: running.requestId, transport: 'ws', type, result, ms }, 'Operation answered');
      // Its timer goes with it.
      running.controller.abort();
      extra.finish(id);
    },
  });
}

/** A controller that aborts by itself when the time is up. */
function expiring(timeoutMs: number): AbortController {
  const controller = new AbortController();
  if (timeoutMs === 0) return controller;
  const timer = setTimeout(() => controller.abort(), timeoutMs).unref();
  controller.signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
  return controller;
}

/** What still runs when the time is up stops at the next thing that it asks for; the client is answered at once. */
function executeInTime(args: ExecutionArgs): Promise<ExecutionResult> {
  const { signal } = args.contextValue as OfRequest;
  const overTime = new Promise<ExecutionResult>(resolve => {
    const answer = () => resolve({ errors: [abortedBy(signal)] });
    if (signal.aborted) answer();
    else signal.addEventListener('abort', answer, { once: true });
  });
  return Promise.race([execute(args), overTime]);
}

/** Over a WebSocket there is no request to begin a trace with. */
const traced = ({ tracer }: Tracing, args: ExecutionArgs): Promise<ExecutionResult> =>
  inSpan(tracer, 'operation over WebSocket', { 'satchel.request_id': (args.contextValue as OfRequest).requestId }, () =>
    executeInTime(args),
  );

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
