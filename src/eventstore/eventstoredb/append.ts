import { newUuid } from '../../kernel/ids.js';
import { AppendTooLarge, CommandIdTaken, OutcomeUnknown, StoreUnavailable } from '../errors.js';
import { type Append, type Appended, NO_STREAM } from '../port.js';
import { ClientReplaced } from './client.js';
import type { Connection } from './connection.js';
import { isCertainlyNotDone, isConflict, isTooLarge, lasting, reasonOf, understood } from './failures.js';
import { type Answer, settle } from './outcome.js';
import type { Patience } from './patience.js';
import { expectedOf, proposedEvents } from './proposedEvents.js';
import type { Receipts } from './receipts.js';
import { jittered, pauseUnless, within } from './waiting.js';

interface Sent extends Answer {
  /** An earlier attempt, or the last one, may have written the events. */
  readonly mayBeWritten: boolean;
}

/**
 * Sends the events until the server says what became of them, and then looks.
 * @throws OutcomeUnknown when it never said, or could not be asked
 */
export async function append(
  connection: Connection,
  patience: Patience,
  receipts: Receipts,
  wanted: Append,
): Promise<Appended> {
  const { streamId, expectedRevision, receipt } = wanted;
  // The server knows event ids again only where they stood: the same command, decided on a later revision, is new to
  // it. What comes in after this look conflicts with the revision that is expected.
  const earlier = receipt && (await receipts.find({ commandId: receipt.commandId, streamId, upTo: expectedRevision }));
  if (earlier) throw new CommandIdTaken(earlier);
  const appendId = newUuid();
  const sent = await send(connection, patience, wanted, appendId);
  try {
    return await settle(connection, patience, receipts, wanted, appendId, sent);
  } catch (error) {
    if (sent.mayBeWritten && error instanceof StoreUnavailable) throw unknown(connection, wanted, error);
    throw error;
  }
}

/** The ids are the same each time, so that the server writes the events once. */
async function send(connection: Connection, patience: Patience, wanted: Append, appendId: string): Promise<Sent> {
  const events = proposedEvents(wanted, appendId);
  const options = { expectedRevision: expectedOf(wanted), requiresLeader: true, deadline: patience.answerMs };
  let mayBeWritten = false;
  for (let attempt = 1; ; attempt++) {
    const session = connection.session();
    try {
      // The client keeps to no deadline while it connects.
      const answer = session.client.appendToStream(wanted.streamId, events, options);
      const { nextExpectedRevision } = await within(patience.answerMs, answer);
      return { written: true, revision: Number(nextExpectedRevision), mayBeWritten: true };
    } catch (reason) {
      const error = understood(reason);
      if (isTooLarge(error)) throw new AppendTooLarge(wanted.streamId, error.maxAppendSize);
      if (isConflict(error)) return { written: false, revision: revisionIn(error.actualVersion), mayBeWritten };
      // Another call had the client replaced before this one began: it was no attempt.
      if (error instanceof ClientReplaced) {
        attempt--;
        continue;
      }
      mayBeWritten ||= !isCertainlyNotDone(error);
      const final = lasting(error, connection, session);
      if (final || attempt >= patience.attempts) {
        throw mayBeWritten ? unknown(connection, wanted, error) : (final ?? unavailable(connection, error));
      }
      await pauseUnless(jittered(patience.backoff, attempt), connection.released);
    }
  }
}

const revisionIn = (current: unknown): number => (typeof current === 'bigint' ? Number(current) : NO_STREAM);

const unknown = ({ shown }: Connection, { streamId }: Append, cause: unknown): OutcomeUnknown =>
  new OutcomeUnknown(
    `${shown}: whether the append to ${streamId} was written is not known (${reasonOf(cause)}); try the same again`,
    { cause },
  );

const unavailable = ({ shown }: Connection, cause: unknown): StoreUnavailable =>
  new StoreUnavailable(`${shown}: ${reasonOf(cause)}; nothing was written, try again`, { cause });
