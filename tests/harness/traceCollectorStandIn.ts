import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import type { Anything } from './testSatchel.js';

/** A span as OTLP has it in JSON. */
export interface CollectedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly attributes: readonly { readonly key: string }[];
  readonly status: { readonly code?: number };
}

/** A stand-in for a collector of traces: takes OTLP in JSON over HTTP, and keeps it. */
export interface TraceCollectorStandIn {
  readonly endpoint: string;
  readonly spans: readonly CollectedSpan[];
  /** All that was sent, as it came. */
  text(): string;
  stop(): Promise<void>;
}

export async function startTraceCollectorStandIn(): Promise<TraceCollectorStandIn> {
  const bodies: Anything[] = [];
  const spans: CollectedSpan[] = [];
  const server = createServer(async (request, response) => {
    const body: Anything = await json(request);
    bodies.push(body);
    for (const { scopeSpans } of body.resourceSpans) for (const scope of scopeSpans) spans.push(...scope.spans);
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/traces`,
    spans,
    text: () => JSON.stringify(bodies),
    stop: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
