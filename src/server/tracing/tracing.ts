import type { SpanContext, Tracer } from '@opentelemetry/api';
import { LRUCache } from 'lru-cache';
import type { Logger } from '../logger.js';

/** Where traces go, and how many. */
export interface TracingOptions {
  /** Takes OTLP over HTTP: `http://127.0.0.1:4318/v1/traces`. */
  readonly endpoint: string;
  /** Part of the traces that is kept, from 0 to 1; a caller that keeps its own has it kept here too. */
  readonly ratio: number;
  readonly logger: Logger;
}

export interface Tracing {
  readonly tracer: Tracer;
  /**
   * Of events on their way to the read models, the span that recorded them, by event id. The bytes of an event are
   * evidence and hold nothing of this; another process that projects the event knows nothing of its trace.
   */
  readonly recordedIn: LRUCache<string, SpanContext>;
  /** Sends what is left. */
  close(): Promise<void>;
}

/** Events that were recorded and not projected yet; of more than these the trace ends with the append. */
const ON_THEIR_WAY = 10_000;
const FAREWELL_MS = 3_000;

/** Loads what makes and sends traces: a server without them does without its memory too. */
export async function startTracing({ endpoint, ratio, logger }: TracingOptions): Promise<Tracing> {
  const [api, sdk, { OTLPTraceExporter }, { AsyncLocalStorageContextManager }, { resourceFromAttributes }] =
    await Promise.all([
      import('@opentelemetry/api'),
      import('@opentelemetry/sdk-trace'),
      import('@opentelemetry/exporter-trace-otlp-http'),
      import('@opentelemetry/context-async-hooks'),
      import('@opentelemetry/resources'),
    ]);
  const warn = (message: string) => logger.warn({ reason: message }, 'Traces cannot be sent');
  const quiet = () => undefined;
  api.diag.setLogger({ error: warn, warn, info: quiet, debug: quiet, verbose: quiet }, api.DiagLogLevel.WARN);
  // One for the process; a second is turned away, and does as well.
  api.context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  const provider = new sdk.TracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'satchel' }),
    sampler: new sdk.ParentBasedSampler({ root: new sdk.TraceIdRatioBasedSampler(ratio) }),
    spanProcessors: [new sdk.BatchSpanProcessor({ exporter: new OTLPTraceExporter({ url: endpoint }) })],
  });
  return {
    tracer: provider.getTracer('satchel'),
    recordedIn: new LRUCache({ max: ON_THEIR_WAY }),
    close: () =>
      provider
        .forceFlush({ timeoutMillis: FAREWELL_MS })
        .then(() => provider.shutdown())
        .catch(quiet),
  };
}
