import type { RawEvent } from '../../eventstore/port.js';
import { canonicalJson } from '../../kernel/canonicalJson.js';
import type { EventEnvelope } from '../../kernel/envelope.js';
import type { Misfit } from './rules.js';

/** The envelope that the bytes are, if they are one at all. */
export interface CheckedBytes {
  readonly envelope?: EventEnvelope;
  readonly misfits: readonly Misfit[];
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether the bytes are what writing their own content again would give, and say what the store says of them. */
export function checkBytes(event: RawEvent): CheckedBytes {
  let parsed: unknown;
  try {
    parsed = JSON.parse(event.bytes.toString('utf8'));
  } catch {
    return { misfits: [{ rule: 'BYTES', detail: 'no JSON' }] };
  }
  if (!isObject(parsed)) return { misfits: [{ rule: 'BYTES', detail: 'no object' }] };
  const envelope = parsed as EventEnvelope;
  const misfits: Misfit[] = [];
  if (!Buffer.from(canonicalJson(envelope)).equals(event.bytes)) misfits.push({ rule: 'BYTES' });
  const disagreeing = disagreements(event, envelope);
  if (disagreeing.length > 0) misfits.push({ rule: 'ENVELOPE', detail: disagreeing.join(', ') });
  return { envelope, misfits };
}

const disagreements = (event: RawEvent, envelope: EventEnvelope): string[] =>
  (['eventId', 'streamId', 'revision', 'type'] as const).filter(
    name => event[name] !== undefined && event[name] !== envelope[name],
  );
