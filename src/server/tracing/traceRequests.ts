import { context, ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode, TraceFlags, trace } from '@opentelemetry/api';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Tracing } from './tracing.js';

const TRACEPARENT = /^00-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})$/;

/** The span of the caller, where it sends one: https://www.w3.org/TR/trace-context/ */
export function callerOf(traceparent: unknown) {
  const [, traceId, spanId, flags = '00'] = TRACEPARENT.exec(typeof traceparent === 'string' ? traceparent : '') ?? [];
  if (!traceId || !spanId) return ROOT_CONTEXT;
  const traceFlags = Number.parseInt(flags, 16) & TraceFlags.SAMPLED;
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags, isRemote: true });
}

/** A span for each request to one path; what is done for it stands within. */
export function traceRequests(app: FastifyInstance, path: string, { tracer }: Tracing): void {
  const spans = new WeakMap<object, Span>();
  // Not before the body is read: its chunks arrive outside of what goes on here.
  app.addHook('preHandler', (request, _reply, next) => {
    if (request.routeOptions.url !== path) return next();
    const caller = callerOf(request.headers.traceparent);
    const attributes = { 'http.request.method': request.method, 'satchel.request_id': request.id };
    const span = tracer.startSpan(`${request.method} ${path}`, { kind: SpanKind.SERVER, attributes }, caller);
    spans.set(request, span);
    context.with(trace.setSpan(caller, span), next);
  });
  const end = (request: FastifyRequest, finish: (span: Span) => void = () => undefined) => {
    const span = spans.get(request);
    if (!span) return;
    spans.delete(request);
    finish(span);
    span.end();
  };
  app.addHook('onResponse', async (request, { statusCode }) =>
    end(request, span => {
      span.setAttribute('http.response.status_code', statusCode);
      if (statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
    }),
  );
  // A client that goes away gets no answer.
  app.addHook('onRequestAbort', async request => end(request));
}
