import type { StreamId } from './ids.js';

export interface Attachment {
  readonly blobId: string;
  readonly sha256: string;
  readonly mime: string;
  readonly bytes: number;
}

/**
 * Everything that is stored of an event and hashed, in the words of the domain (DOMAIN section 5.2).
 * Instants are ISO 8601 in UTC with milliseconds. Optional properties are absent, never null.
 */
export interface EventEnvelope<Type extends string = string, Data = unknown> {
  readonly eventId: string;
  readonly type: Type;
  readonly schemaVersion: number;
  readonly streamId: StreamId;
  /** From 0, without gaps within the stream. */
  readonly revision: number;
  /** When it happened, by the clock of the device. */
  readonly occurredAt: string;
  /** When it was recorded, by the clock of the server; never before that of the stream's last event. */
  readonly recordedAt: string;
  readonly clockSkewSuspect: boolean;
  readonly actorId: string;
  /** Role and unit of the actor at the time. */
  readonly actorRole: string;
  readonly orgUnitId: string;
  readonly deviceId?: string;
  /** What an offline device had seen of the stream when the command was entered (DOMAIN section 5.3). */
  readonly basedOnRevision?: number;
  readonly commandId: string;
  readonly correlationId: string;
  readonly causationId: string;
  readonly ruleSetId: string;
  readonly legalBasisCode: string;
  readonly subjectIds: readonly string[];
  readonly place?: { readonly divisionCode: string };
  readonly attachments: readonly Attachment[];
  readonly data: Data;
}
