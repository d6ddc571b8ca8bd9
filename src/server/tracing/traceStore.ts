import type { EventStore } from '../../eventstore/port.js';
import { categoryOf } from '../../kernel/ids.js';
import { inSpan } from './inSpan.js';
import type { Tracing } from './tracing.js';

/** The same store; each append has a span, and its events are known by it until they are projected. */
export const traceStore = (store: EventStore, { tracer, recordedIn }: Tracing): EventStore => ({
  ...store,
  append: wanted => {
    const { events, streamId } = wanted;
    const attributes = { 'satchel.category': categoryOf(streamId), 'satchel.events': events.length };
    return inSpan(tracer, 'append', attributes, async span => {
      const spanContext = span.spanContext();
      // Before they are written: they may be projected before the append is answered.
      for (const { eventId } of events) recordedIn.set(eventId, spanContext);
      try {
        return await store.append(wanted);
      } catch (error) {
        for (const { eventId } of events) recordedIn.delete(eventId);
        throw error;
      }
    });
  },
});
