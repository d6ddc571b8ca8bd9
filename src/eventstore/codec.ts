import { canonicalJson } from '../kernel/canonicalJson.js';
import type { EventEnvelope } from '../kernel/envelope.js';
import { EventUnreadable, StoreCorrupt } from './errors.js';
import type { EncodedEvent, RawEvent, RecordedEvent } from './port.js';
import { currentVersion, type Upcasters, upcast } from './upcasting.js';

/** The one time that an event is written: these bytes are what is stored, hashed and exported. */
export const encodeEvent = (envelope: EventEnvelope): EncodedEvent => ({
  eventId: envelope.eventId,
  revision: envelope.revision,
  bytes: Buffer.from(canonicalJson(envelope)),
});

/**
 * The event as its type is today: data and `schemaVersion` are those of the current version.
 * @throws EventUnreadable when the type, or so new a version of it, is not known here
 * @throws StoreCorrupt when the bytes are no event
 */
export const decodeEvent = (raw: RawEvent, upcasters: Upcasters): RecordedEvent =>
  toCurrentVersion(parse(raw), upcasters);

/**
 * Whether the bytes say what the store says of them, whatever their type.
 * @throws StoreCorrupt when they are no event, or another
 */
export const requireWhole = (raw: RawEvent): void => requireSame(raw, parse(raw));

/** @throws StoreCorrupt when the event that was read from the bytes is not the one that the store says it is */
export function requireSame(raw: RawEvent, { eventId, streamId, revision, type }: RecordedEvent): void {
  const isSame = eventId === raw.eventId && streamId === raw.streamId && revision === raw.revision;
  if (isSame && (raw.type === undefined || type === raw.type)) return;
  throw new StoreCorrupt(
    `The event at position ${raw.position} (${raw.streamId}, revision ${raw.revision}) says of itself that it is another`,
  );
}

/** An event that was just parsed, and that nobody else holds: to write into it is cheaper than to copy it. */
export type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

export function toCurrentVersion(event: Writable<RecordedEvent>, upcasters: Upcasters): RecordedEvent {
  const steps = upcasters.get(event.type);
  if (steps === undefined) throw unreadable(event, 'is of a type that is not known here');
  const current = currentVersion(steps);
  if (event.schemaVersion === current) return event;
  if (!(event.schemaVersion >= 1 && event.schemaVersion < current)) {
    throw unreadable(event, `is of a version that is not known here, where the newest is ${current}`);
  }
  event.data = upcast(event.data, event.schemaVersion, steps);
  event.schemaVersion = current;
  return event;
}

function parse(raw: RawEvent): Writable<RecordedEvent> {
  try {
    const event = JSON.parse(raw.bytes.toString('utf8')) as Writable<RecordedEvent>;
    event.position = raw.position;
    return event;
  } catch (error) {
    throw new StoreCorrupt(
      `The event at position ${raw.position} (${raw.streamId}, revision ${raw.revision}) is damaged; restore the store from a backup`,
      { cause: error },
    );
  }
}

const unreadable = (event: RecordedEvent, reason: string): EventUnreadable =>
  new EventUnreadable(event.type, event.schemaVersion, event.position, reason);
