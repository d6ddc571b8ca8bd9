import { newUuid } from '../../kernel/ids.js';
import { AppendTooLarge, OutcomeUnknown, StoreUnavailable } from '../errors.js';
import type { Append, Appended } from '../port.js';
import type { Connection } from './connection.js';
import { isCertainlyNotDone, isConflict, isTooLarge, lasting, reasonOf, understood } from './failures.js';
import { confirm, settleConflict } from './outcome.js';
import type { Patience } from './patience.js';
import { expectedOf, proposedEvents } from './proposedEvents.js';
import { jittered, pauseUnless, within } from './waiting.js';

/** What the server said in the end, and whether an earlier attempt may have written the events. */
interface Answer {
  readonly written: bigint | undefined;
  readonly actual: bigint | undefined;
  readonly mayBeWritten: boolean;
}

/**
 * Sends the events until the server says what became of them, and then looks, since it says the same to whoever
 * repeats a command as to whoever was first.
 * @throws OutcomeUnknown when it never said, or could not be asked
 */
export async function append(connection: Connection, patience: Patience, wanted: Append): Promise<Appended> {
  const appendId = newUuid();
  const { written, actual, mayBeWritten } = await send(connection, patience, wanted, appendId);
  try {
    if (written !== undefined) return await confirm(connection, patience, wanted, appendId, written);
    return await settleConflict(connection, patience, wanted, appendId, actual);
  } catch (error) {
    if (mayBeWritten && error instanceof StoreUnavailable) throw unknown(connection, wanted, error);
    throw error;
  }
}

/** The ids are the same each time, so that the server writes the events once. */
async function send(connection: Connection, patience: Patience, wanted: Append, appendId: string): Promise<Answer> {
  const events = proposedEvents(wanted, appendId);
  const options = { expectedRevision: expectedOf(wanted), requiresLeader: true, deadline: patience.answerMs };
  let mayBeWritten = false;
  for (let attempt = 1; ; attempt++) {
    const session = await connection.session();
    try {
      // The client keeps to no deadline while it connects, nor when it appends in batches.
      const answer = session.client.appendToStream(wanted.streamId, events, options);
      const { nextExpectedRevision } = await within(patience.answerMs, answer);
      return { written: nextExpectedRevision, actual: undefined, mayBeWritten: true };
    } catch (reason) {
      const error = understood(reason);
      if (isTooLarge(error)) throw new AppendTooLarge(wanted.streamId, error.maxAppendSize);
      if (isConflict(error)) return { written: undefined, actual: revisionIn(error.actualVersion), mayBeWritten };
      mayBeWritten ||= !isCertainlyNotDone(error);
      const final = lasting(error, connection, session);
      if (final || attempt >= patience.attempts) {
        throw mayBeWritten ? unknown(connection, wanted, error) : (final ?? unavailable(connection, error));
      }
      await pauseUnless(jittered(patience.backoff, attempt), connection.released);
    }
  }
}

const revisionIn = (current: unknown): bigint | undefined => (typeof current === 'bigint' ? current : undefined);

const unknown = ({ shown }: Connection, { streamId }: Append, cause: unknown): OutcomeUnknown =>
  new OutcomeUnknown(
    `${shown}: whether the append to ${streamId} was written is not known (${reasonOf(cause)}); try the same again`,
    { cause },
  );

const unavailable = ({ shown }: Connection, cause: unknown): StoreUnavailable =>
  new StoreUnavailable(`${shown}: ${reasonOf(cause)}; nothing was written, try again`, { cause });
