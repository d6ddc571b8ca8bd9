import { ApolloServer, type ApolloServerPlugin, HeaderMap } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { type GraphQLSchema, OperationTypeNode, type ValidationRule } from 'graphql';
import { compiledQueries } from '../graphql/compiled.js';
import { apiError } from '../graphql/errors.js';
import type { QueryLimits } from '../graphql/limits.js';
import { operationErrors } from '../graphql/operation.js';
import { type FormatError, ofRequest } from './errors.js';
import type { Logger } from './logger.js';
import type { OfRequest } from './request.js';

export interface ApolloOptions {
  readonly schema: GraphQLSchema;
  readonly limits: QueryLimits;
  /** On top of those of the specification. */
  readonly rules: readonly ValidationRule[];
  readonly introspection: boolean;
  readonly format: FormatError;
  readonly logger: Logger;
  /** Beside those that Satchel is made of. */
  readonly plugins?: readonly ApolloServerPlugin<OfRequest>[];
}

/** Nothing leaves the process: no usage reports, no traces, no page from a CDN. */
const silent = (): ApolloServerPlugin[] => [
  ApolloServerPluginCacheControlDisabled(),
  ApolloServerPluginInlineTraceDisabled(),
  ApolloServerPluginLandingPageDisabled(),
  ApolloServerPluginSchemaReportingDisabled(),
  ApolloServerPluginUsageReportingDisabled(),
];

export function createApollo<Context extends OfRequest>(options: ApolloOptions): ApolloServer<Context> {
  const { schema, limits, rules, introspection, format, logger, plugins = [] } = options;
  return new ApolloServer<Context>({
    schema,
    logger,
    // With `rules`, introspection is allowed or not alike over HTTP and WebSocket.
    introspection: true,
    hideSchemaDetailsFromClientErrors: !introspection,
    includeStacktraceInErrorResponses: false,
    allowBatchedHttpRequests: false,
    csrfPrevention: true,
    persistedQueries: false,
    stopOnTerminationSignals: false,
    nodeEnv: 'production',
    parseOptions: { maxTokens: limits.tokens },
    validationRules: [...rules],
    formatError: (_formatted, error) => format(error),
    plugins: [...silent(), requestIds, operationCheck(options), queryCompiler(options), legacyStatus, ...plugins],
  });
}

/** Apollo formats the errors of what it runs itself, and does not say of which request they are. */
const requestIds: ApolloServerPlugin<OfRequest> = {
  requestDidStart: async () => ({
    didEncounterErrors: async ({ errors, contextValue }) => {
      for (const error of errors) ofRequest(error, contextValue.requestId);
    },
  }),
};

/** Variables and cost are known only once the operation is; here all that is wrong with them is answered at once. */
const operationCheck = ({ schema, limits, format }: ApolloOptions): ApolloServerPlugin<OfRequest> => ({
  requestDidStart: async () => ({
    responseForOperation: async ({ document, operation, request, contextValue }) => {
      // Apollo answers by itself when no operation has the name asked for.
      if (!operation) return null;
      const errors =
        operation.operation === OperationTypeNode.SUBSCRIPTION
          ? [
              apiError(
                'BAD_REQUEST',
                'Subscriptions are served over WebSocket here, or as server-sent events at /graphql/stream',
              ),
            ]
          : operationErrors(schema, { document, operation }, request, limits);
      if (errors.length === 0) return null;
      const http = { status: 400, headers: new HeaderMap() };
      return {
        http,
        body: { kind: 'single', singleResult: { errors: errors.map(error => format(error, contextValue.requestId)) } },
      };
    },
  }),
});

/** Queries that come again are compiled; Apollo runs the others by graphql-js. */
function queryCompiler({ schema, format }: ApolloOptions): ApolloServerPlugin<OfRequest> {
  const compiled = compiledQueries(schema);
  return {
    requestDidStart: async () => ({
      responseForOperation: async ({ document, operation, request, contextValue }) => {
        if (!operation) return null;
        const result = await compiled({ document, operation, variables: request.variables ?? {}, contextValue });
        if (!result) return null;
        const { data = null, errors } = result;
        const singleResult = {
          data,
          ...(errors ? { errors: errors.map(error => format(error, contextValue.requestId)) } : {}),
        };
        return { http: { headers: new HeaderMap() }, body: { kind: 'single', singleResult } };
      },
    }),
  };
}

/**
 * GraphQL over HTTP: to clients that do not ask for `application/graphql-response+json`, a request that is well formed
 * is answered with 200 even when its query is not good; proxies must not take that for their own failure.
 */
const legacyStatus: ApolloServerPlugin = {
  requestDidStart: async () => ({
    willSendResponse: async ({ request, response: { http, body } }) => {
      if (http.status !== 400 || request.http?.headers.get('accept')?.includes('graphql-response+json')) return;
      const errors = body.kind === 'single' ? (body.singleResult.errors ?? []) : [];
      if (!errors.some(error => error.extensions?.code === 'BAD_REQUEST')) http.status = 200;
    },
  }),
};
