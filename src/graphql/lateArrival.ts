import type { EventEnvelope } from '../kernel/envelope.js';
import type { Deviation } from '../kernel/events.js';

const DAY_MS = 24 * 3600_000;

/** Recorded more than 24 hours after it happened: never refused, always visible. */
export const lateArrival = (event: Pick<EventEnvelope, 'occurredAt' | 'recordedAt'>): readonly Deviation[] =>
  Date.parse(event.recordedAt) - Date.parse(event.occurredAt) > DAY_MS
    ? [{ rule: 'LATE_ARRIVAL', citation: 'Recorded more than 24 hours after it happened' }]
    : [];
