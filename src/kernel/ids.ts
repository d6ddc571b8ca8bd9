import { parse, v5, v7 } from 'uuid';

/**
 * The id of a stream is the id of its noun everywhere: in the store, in the API and in other events.
 * `dispute-0192…` names the dispute and says that it is one, without a lookup.
 */
export type StreamId = string;

/** Namespace of the UUIDs that Satchel derives (RFC 9562, version 5). */
const NAMESPACE = parse('5d0c4a5e-7c0f-5a52-9d2e-1b7a3f6e8c41');

export const newUuid = (): string => v7();

/**
 * A UUID that depends on the parts alone: the same parts give the same id on any machine.
 * It is made of bytes, since the library takes text apart a letter at a time.
 */
export const derivedUuid = (...parts: readonly (string | number)[]): string =>
  v5(Buffer.from(parts.join('\u001f')), NAMESPACE);

/**
 * Id of an event by its ordinal among those that one command of one actor brought about: `<stream>/<n>`, from 0, since a
 * command takes a number for its case from another stream.
 */
export const eventId = (actorId: string, commandId: string, ordinal: number | string): string =>
  derivedUuid(actorId, commandId, ordinal);

export const streamId = (category: string, uuid: string): StreamId => `${category}-${uuid}`;

/** `dispute` of `dispute-0192…`. */
export const categoryOf = (stream: StreamId): string => stream.slice(0, stream.indexOf('-'));
