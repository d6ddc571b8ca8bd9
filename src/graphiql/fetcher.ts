import type { Fetcher, FetcherParams } from '@graphiql/toolkit';
import { Kind, type OperationDefinitionNode, OperationTypeNode, parse } from 'graphql';
import { createClient, type SubscribePayload } from 'graphql-ws';

type Headers = Readonly<Record<string, string>>;

/** The operation that will run. Just after a change of tabs, GraphiQL still names that of the tab before. */
function operationOf({ query, operationName }: FetcherParams): OperationDefinitionNode | undefined {
  const operations = parse(query).definitions.filter(definition => definition.kind === Kind.OPERATION_DEFINITION);
  return operations.find(operation => operation.name?.value === operationName) ?? operations[0];
}

const lowerCased = (headers: Headers): Headers =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

/** A connection for each subscription, since the token is told when it opens. */
const subscribe = (url: string, connectionParams: Headers, request: FetcherParams) =>
  createClient({ url: url.replace(/^http/, 'ws'), connectionParams }).iterate(request as SubscribePayload);

/**
 * Sends queries over HTTP and subscriptions over WebSocket.
 * @param authorization who is chosen in the menu; the Headers tab of the page goes before it
 */
export const fetcherFor =
  (url: string, authorization: string | undefined): Fetcher =>
  async (params, options) => {
    const operation = operationOf(params);
    const request = { ...params, operationName: operation?.name?.value ?? null };
    const chosen: Headers = authorization ? { authorization } : {};
    const headers = { ...chosen, ...lowerCased((options?.headers as Headers | undefined) ?? {}) };
    if (operation?.operation === OperationTypeNode.SUBSCRIPTION) return subscribe(url, headers, request);
    const response = await fetch(url, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(request),
    });
    return response.json();
  };
