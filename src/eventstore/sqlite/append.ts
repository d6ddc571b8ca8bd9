import { AppendRefused, CommandIdTaken, type EventStoreError, RevisionConflict } from '../errors.js';
import type { Append, Appended } from '../port.js';
import type { Connection } from './connection.js';
import type { FindReceipt } from './findReceipt.js';

export interface Appender {
  /**
   * Writes appends in one transaction, each of which sees those before it: all of them, or none.
   * @throws AppendRefused when the tables refuse one of them
   */
  writeTogether(appends: readonly Append[]): Appended[];
  /** Why the tables refuse this append. */
  whyRefused(append: Append): EventStoreError;
}

export function prepareAppender(connection: Connection, findReceipt: FindReceipt): Appender {
  const lastRevision = connection.query<[number]>('SELECT coalesce(max(revision), -1) FROM events WHERE stream_id = ?');
  // Its trigger checks receipt and revision: to ask first would cost a tenth of the speed, and the answer is nearly
  // always the same. The position is looked up each time: another process may have written since the last transaction.
  const insert = connection.statement(
    `INSERT OR ROLLBACK INTO events
     VALUES ((SELECT coalesce(max(position), 0) + 1 FROM events), ?, ?, ?, ?, ?, ?, ?, ?)`,
  );

  const write = ({ streamId, expectedRevision, events, receipt }: Append): Appended => {
    const last = events.length - 1;
    let position: number | bigint = 0;
    events.forEach(({ eventId, revision, bytes }, index) => {
      const columns =
        receipt && index === last
          ? [receipt.commandId, receipt.actorId, receipt.inputHmac, expectedRevision + 1]
          : [null, null, null, null];
      position = insert.run([eventId, streamId, revision, ...columns, bytes]).lastInsertRowid;
    });
    return { position: String(position), lastRevision: expectedRevision + events.length };
  };

  return {
    writeTogether: appends => {
      // One statement is a transaction of its own.
      const isOneEvent = appends.length === 1 && appends[0]!.events.length === 1;
      const together = isOneEvent ? connection.statementAlone : connection.transaction;
      return together(() => appends.map(write));
    },
    whyRefused: ({ streamId, expectedRevision, receipt }) => {
      const earlier = receipt && findReceipt(receipt.commandId);
      if (earlier) return new CommandIdTaken(earlier);
      const revision = lastRevision.first([streamId])![0];
      if (revision !== expectedRevision) return new RevisionConflict(streamId, expectedRevision, revision);
      return new AppendRefused(`An event of the append to ${streamId} exists already, elsewhere`);
    },
  };
}
