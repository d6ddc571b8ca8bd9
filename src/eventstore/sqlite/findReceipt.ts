import type { Receipt } from '../port.js';
import type { Connection } from './connection.js';

export type FindReceipt = (commandId: string) => Receipt | undefined;

type Row = [
  commandId: string,
  actorId: string,
  inputHmac: string,
  streamId: string,
  firstRevision: number,
  lastRevision: number,
  position: number,
];

/** By the command id alone: there is one receipt a command, whichever stream it touched. */
export function prepareFindReceipt(connection: Connection): FindReceipt {
  const receipt = connection.query<Row>(
    `SELECT command_id, actor_id, input_hmac, stream_id, first_revision, revision, position
     FROM events WHERE command_id = ?`,
  );
  return commandId => {
    const row = receipt.first([commandId]);
    if (row === undefined) return undefined;
    const [id, actorId, inputHmac, streamId, firstRevision, lastRevision, position] = row;
    return { commandId: id, actorId, inputHmac, streamId, firstRevision, lastRevision, position: String(position) };
  };
}
