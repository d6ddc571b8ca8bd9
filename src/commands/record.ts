import type { Viewer } from '../access/viewer.js';
import { encodeEvent } from '../eventstore/codec.js';
import type { Appended, EventStore } from '../eventstore/port.js';
import { type Aggregate, evolveWith, type NewEvent, type Snapshot } from '../kernel/decider.js';
import type { EventEnvelope } from '../kernel/envelope.js';
import type { EventDefinition } from '../kernel/events.js';
import { eventId } from '../kernel/ids.js';
import { leafValues } from '../kernel/paths.js';
import type { RuleSet } from '../kernel/ruleSet.js';

/** Seals the personal fields of an event's data; everything else stays as it is. */
export interface Sealer {
  seal(definition: EventDefinition, eventId: string, streamId: string, data: unknown): Promise<unknown>;
  /** HMAC of a command's canonical input, base64url. */
  receiptHmac(input: unknown): string;
}

/** What all events of one command share. */
export interface Recording {
  readonly commandId: string;
  readonly actor: Pick<Viewer, 'actorId' | 'role' | 'orgUnitId'>;
  readonly occurredAt: Date;
  readonly now: Date;
  readonly deviceId?: string | undefined;
  readonly basedOnRevision?: number | undefined;
  readonly causationId?: string | undefined;
  readonly correlationId?: string | undefined;
  readonly ruleSet: RuleSet;
  readonly inputHmac?: string | undefined;
}

/** A device may be this far ahead before its clock is suspected. */
const TOLERATED_SKEW_MS = 5 * 60_000;

const later = (a: string, b: string | undefined) => (b !== undefined && b > a ? b : a);

function subjectsOf(definition: EventDefinition, streamId: string, data: unknown): string[] {
  const named = definition.subjects.flatMap(subject => leafValues(data, subject.path));
  const all = definition.category === 'resident' ? [streamId, ...named] : named;
  return [...new Set(all as string[])];
}

function definitionOf(aggregate: Aggregate, event: NewEvent): EventDefinition {
  const definition = aggregate.events[event.type];
  if (!definition) throw new Error(`${aggregate.noun} has no event ${event.type}`);
  return definition;
}

/** The envelopes of new events, sealed, in order of revision behind the snapshot. */
export async function envelopesOf(
  aggregate: Aggregate,
  snapshot: Snapshot,
  events: readonly NewEvent[],
  recording: Recording,
  sealer: Pick<Sealer, 'seal'>,
): Promise<readonly EventEnvelope[]> {
  const { actor, commandId, ruleSet, now } = recording;
  const recordedAt = later(now.toISOString(), snapshot.lastRecordedAt);
  const occurredAt = recording.occurredAt.toISOString();
  let state = snapshot.state;
  const envelopes: EventEnvelope[] = [];
  for (const [ordinal, event] of events.entries()) {
    const definition = definitionOf(aggregate, event);
    // With the stream: an EventStoreDB takes one command id for several of them, and an id is of one event alone.
    const id = eventId(actor.actorId, commandId, `${snapshot.id}/${ordinal}`);
    const data = definition.stored.parse(event.data);
    const envelope: EventEnvelope = {
      eventId: id,
      type: event.type,
      schemaVersion: definition.version,
      streamId: snapshot.id,
      revision: snapshot.revision + 1 + ordinal,
      occurredAt: event.occurredAt ?? occurredAt,
      recordedAt,
      clockSkewSuspect: recording.occurredAt.getTime() - now.getTime() > TOLERATED_SKEW_MS,
      actorId: actor.actorId,
      actorRole: actor.role,
      orgUnitId: actor.orgUnitId,
      ...(recording.deviceId ? { deviceId: recording.deviceId } : {}),
      ...(recording.basedOnRevision === undefined ? {} : { basedOnRevision: recording.basedOnRevision }),
      commandId,
      correlationId: recording.correlationId ?? commandId,
      causationId: recording.causationId ?? commandId,
      ruleSetId: ruleSet.id,
      legalBasisCode: ruleSet.legalBasisCode,
      subjectIds: subjectsOf(definition, snapshot.id, data),
      attachments: [],
      data: await sealer.seal(definition, id, snapshot.id, data),
    };
    state = evolveWith(aggregate, state, envelope);
    const divisionCode = aggregate.placeOf?.(state);
    envelopes.push(divisionCode ? { ...envelope, place: { divisionCode } } : envelope);
  }
  return envelopes;
}

/** Writes envelopes to the stream behind the snapshot, all or none, with the receipt of their command. */
export function appendEnvelopes(
  store: EventStore,
  snapshot: Snapshot,
  envelopes: readonly EventEnvelope[],
  recording: Pick<Recording, 'commandId' | 'actor' | 'inputHmac'>,
): Promise<Appended> {
  const { commandId, actor, inputHmac } = recording;
  return store.append({
    streamId: snapshot.id,
    expectedRevision: snapshot.revision,
    events: envelopes.map(encodeEvent),
    ...(inputHmac ? { receipt: { commandId, actorId: actor.actorId, inputHmac } } : {}),
  });
}
