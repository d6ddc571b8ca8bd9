import { ROOT_CONTEXT, type SpanContext, trace } from '@opentelemetry/api';
import type { RecordedEvent } from '../../eventstore/port.js';
import type { BatchWatch } from '../../projections/runnerOptions.js';
import type { Tracing } from './tracing.js';

/** A span for each append whose events are in the batch: many commands are taken in together, each in its own trace. */
export const traceProjections =
  ({ tracer, recordedIn }: Tracing): BatchWatch =>
  async (batch, take) => {
    const spans = appendsOf(batch, recordedIn).map(append =>
      tracer.startSpan(
        'project',
        { attributes: { 'satchel.batch': batch.length } },
        trace.setSpanContext(ROOT_CONTEXT, append),
      ),
    );
    try {
      await take();
    } finally {
      for (const span of spans) span.end();
    }
  };

function appendsOf(batch: readonly RecordedEvent[], recordedIn: Tracing['recordedIn']): readonly SpanContext[] {
  const appends = new Set<SpanContext>();
  for (const { eventId } of batch) {
    const append = recordedIn.get(eventId);
    if (append) appends.add(append);
    recordedIn.delete(eventId);
  }
  return [...appends];
}
