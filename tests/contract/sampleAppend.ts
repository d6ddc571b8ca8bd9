import { encodeEvent } from '../../src/eventstore/codec.js';
import { type Append, NO_STREAM } from '../../src/eventstore/port.js';
import type { Upcasters } from '../../src/eventstore/upcasting.js';
import type { EventEnvelope } from '../../src/kernel/envelope.js';
import { eventId, newUuid, streamId } from '../../src/kernel/ids.js';

export const sampleUpcasters: Upcasters = new Map([['PersuasionMade', []]]);

const sampleActor = 'officer-0184a0b2-0000-7000-8000-000000000001';

export const newStream = (category = 'dispute'): string => streamId(category, newUuid());

export interface SampleCommand {
  readonly stream: string;
  /** Revision of the stream's last event; NO_STREAM by default. */
  readonly expectedRevision?: number;
  readonly count?: number;
  readonly commandId?: string;
  readonly type?: string;
  readonly schemaVersion?: number;
  readonly data?: unknown;
}

/** The events of one command, as they would be recorded. */
export function sampleEvents({
  stream,
  expectedRevision = NO_STREAM,
  count = 1,
  commandId = newUuid(),
  type = 'PersuasionMade',
  schemaVersion = 1,
  data,
}: SampleCommand): EventEnvelope[] {
  return Array.from({ length: count }, (_, ordinal) => ({
    eventId: eventId(sampleActor, commandId, ordinal),
    type,
    schemaVersion,
    streamId: stream,
    revision: expectedRevision + 1 + ordinal,
    occurredAt: '2022-10-18T02:00:00.000Z',
    recordedAt: '2022-10-18T02:00:01.000Z',
    clockSkewSuspect: false,
    actorId: sampleActor,
    actorRole: 'OFFICER',
    orgUnitId: 'orgunit-0184a0b2-0000-7000-8000-000000000002',
    commandId,
    correlationId: commandId,
    causationId: commandId,
    ruleSetId: 'CN-PM-2010',
    legalBasisCode: 'PML',
    subjectIds: [],
    attachments: [],
    data: data ?? { ordinal, of: count },
  }));
}

export const appendOf = (events: readonly EventEnvelope[]): Append => ({
  streamId: events[0]!.streamId,
  expectedRevision: events[0]!.revision - 1,
  events: events.map(encodeEvent),
  receipt: {
    commandId: events[0]!.commandId,
    actorId: events[0]!.actorId,
    inputHmac: `hmac-of-${events[0]!.commandId}`,
  },
});

export const sampleAppend = (command: SampleCommand): Append => appendOf(sampleEvents(command));
