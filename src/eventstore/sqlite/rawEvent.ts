import type { RawEvent } from '../port.js';

export const RAW_COLUMNS = 'position, event_id, stream_id, revision, bytes';

export type RawRow = [position: number, eventId: string, streamId: string, revision: number, bytes: Buffer];

export const rawEvent = ([position, eventId, streamId, revision, bytes]: RawRow): RawEvent => ({
  position: String(position),
  eventId,
  streamId,
  revision,
  bytes,
});
