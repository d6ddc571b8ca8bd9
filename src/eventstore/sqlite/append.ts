import { sqlCode } from '../../database/libsql.js';
import { AppendRefused, CommandIdTaken, type EventStoreError, RevisionConflict } from '../errors.js';
import type { Append, Appended } from '../port.js';
import type { Connection } from './connection.js';
import type { FindReceipt } from './findReceipt.js';

/** What became of an append: what it wrote, or why it wrote nothing. Certain only once the transaction is committed. */
export type Outcome = Appended | EventStoreError;

/**
 * Runs appends in one transaction; each sees what those before it wrote. One outcome for each, in their order.
 * @throws AppendRefused when one of them breaks a rule of the tables; then none is written
 */
export type AppendTogether = (appends: readonly Append[]) => Outcome[];

export function prepareAppend(connection: Connection, findReceipt: FindReceipt): AppendTogether {
  const head = connection.query<[number]>('SELECT coalesce(max(position), 0) FROM events');
  const check = connection.query<[revision: number, isDone: 0 | 1]>(
    `SELECT (SELECT coalesce(max(revision), -1) FROM events WHERE stream_id = ?),
            EXISTS (SELECT 1 FROM events WHERE command_id = ?)`,
  );
  const insert = connection.statement('INSERT OR ROLLBACK INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)');

  const obstacle = ({ streamId, expectedRevision, receipt }: Append): EventStoreError | undefined => {
    const [revision, isDone] = check.first([streamId, receipt?.commandId ?? null])!;
    if (isDone) return new CommandIdTaken(findReceipt(receipt!.commandId)!);
    if (revision !== expectedRevision) return new RevisionConflict(streamId, expectedRevision, revision);
    return undefined;
  };

  const write = ({ streamId, expectedRevision, events, receipt }: Append, after: number): Appended => {
    const last = events.length - 1;
    events.forEach(({ eventId, revision, bytes }, index) => {
      const columns =
        receipt && index === last
          ? [receipt.commandId, receipt.actorId, receipt.inputHmac, expectedRevision + 1]
          : [null, null, null, null];
      insert.run([after + index + 1, eventId, streamId, revision, ...columns, bytes]);
    });
    return { position: String(after + events.length), lastRevision: expectedRevision + events.length };
  };

  const writeAll = (appends: readonly Append[]): Outcome[] => {
    // Read anew every time: another process may have written since.
    let position = head.first([])![0];
    return appends.map(append => {
      const error = obstacle(append);
      if (error) return error;
      const appended = write(append, position);
      position += append.events.length;
      return appended;
    });
  };

  return appends => {
    try {
      return connection.transaction(() => writeAll(appends));
    } catch (error) {
      throw breaksRule(error) ? new AppendRefused((error as Error).message, { cause: error }) : error;
    }
  };
}

const breaksRule = (error: unknown): boolean =>
  error instanceof Error && sqlCode(error.cause)?.startsWith('SQLITE_CONSTRAINT') === true;
