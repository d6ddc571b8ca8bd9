import type { Position } from '../../kernel/position.js';
import { requireWhole } from '../codec.js';
import { AppendRefused, AppendTooLarge, CommandIdTaken, CopyRefused, RevisionConflict } from '../errors.js';
import type { Append, EventStore, RawEvent } from '../port.js';
import { upTo } from '../upTo.js';
import { AppendsOf } from './appendsOf.js';
import { compareStores } from './compareStores.js';

/** What a copy is at: looking how far an earlier one came, at what is to come, writing, and reading both sides again. */
export type CopyPhase = 'comparing' | 'checking' | 'copying' | 'verifying';

export interface CopyOptions {
  /** Called after each batch. `position` is of the source. */
  readonly onProgress?: (phase: CopyPhase, position: Position) => void;
  /** Ends the copy between two batches, by throwing its reason. What was copied stays, and the next copy goes on. */
  readonly signal?: AbortSignal;
}

export interface Copied {
  /** Events on either side. */
  readonly count: number;
  /** SHA-256 of either side, hexadecimal; see `EventsDigest`. */
  readonly digest: string;
  /** Position in the source of the last event that was copied; what the source took in after it was not. */
  readonly through: Position;
  /** Receipts whose command id the target knows already from another stream, as it can keep one alone. */
  readonly receiptsLeftOut: number;
}

/** Small, so that the copy ends soon when it is told to. */
const BATCH_SIZE = 500;

/**
 * Copies every event with its id, revision and bytes, in order of position, and the receipts beside them; then reads
 * both sides again. What the target holds must be the beginning of the source: a copy that was cut off goes on.
 * It ends where the source ended when the first event was about to be written, so that it ends beside writers, too;
 * all that were there at the beginning are checked before.
 * @throws CopyRefused when the target holds something else, or another program writes to it
 * @throws StoreCorrupt for a damaged event, AppendTooLarge for one that the target does not take: nothing is written
 * @throws StoreUnavailable, OutcomeUnknown in the middle: the same copy again goes on
 */
export async function copyEvents(
  from: EventStore,
  to: EventStore,
  { onProgress = () => {}, signal }: CopyOptions = {},
): Promise<Copied> {
  const step = (phase: CopyPhase) => (position: Position) => {
    onProgress(phase, position);
    signal?.throwIfAborted();
  };
  const begun = await compareStores(from, to, step('comparing'));
  await checkAll(from, to, begun.position, step('checking'));
  const copied = await copyAfter(from, to, begun.position, step('copying'));
  const { position: through, ...same } = await compareStores(from, to, step('verifying'));
  if (through === copied.through && same.count === begun.count + copied.count) return { ...same, through };
  throw new CopyRefused(
    `The target holds ${same.count} of ${begun.count + copied.count} events after the copy: another program changed it; delete it and copy again`,
  );
}

async function checkAll(from: EventStore, to: EventStore, after: Position, step: (at: Position) => void) {
  const gathered = new AppendsOf();
  for await (const batch of readToPresentEnd(from, after)) {
    for (const event of batch) check(event, to);
    for (const append of gathered.take(batch)) checkTogether(append, to);
    step(batch.at(-1)!.position);
  }
}

/** An append is in a store whole: where a store ends, a command does. */
async function* readToPresentEnd(store: EventStore, after: Position): AsyncGenerator<readonly RawEvent[]> {
  const end = await store.head();
  yield* upTo(store.readAllRaw({ after, batchSize: BATCH_SIZE }), end);
}

function check(event: RawEvent, to: EventStore): void {
  requireWhole(event);
  if (event.bytes.length > to.largestEventBytes) throw new AppendTooLarge(event.streamId, to.largestEventBytes);
}

function checkTogether({ streamId, events }: Append, to: EventStore): void {
  const together = events.reduce((sum, { bytes }) => sum + bytes.length, 0);
  if (together > to.largestAppendBytes) throw new AppendTooLarge(streamId, to.largestAppendBytes);
}

async function copyAfter(
  from: EventStore,
  to: EventStore,
  after: Position,
  step: (at: Position) => void,
): Promise<{ readonly count: number; readonly through: Position }> {
  const gathered = new AppendsOf();
  let [count, through] = [0, after];
  for await (const batch of readToPresentEnd(from, after)) {
    for (const event of batch) check(event, to);
    await appendAll(to, gathered.take(batch));
    count += batch.length;
    through = batch.at(-1)!.position;
    step(through);
  }
  await appendAll(to, gathered.rest());
  return { count, through };
}

async function appendAll(to: EventStore, appends: readonly Append[]): Promise<void> {
  if (appends.length === 0) return;
  try {
    await to.appendInOrder(appends);
  } catch (error) {
    const known = error instanceof CommandIdTaken ? knownElsewhere(appends, error) : -1;
    if (known < 0) throw isInterference(error) ? interference(error) : error;
    // Those before it are written, those behind it are not.
    const { receipt: _leftOut, ...withoutReceipt } = appends[known]!;
    await appendAll(to, [withoutReceipt, ...appends.slice(known + 1)]);
  }
}

/** EventStoreDB tells commands apart within a stream, SQLite everywhere: there a second one of an id keeps no receipt. */
const knownElsewhere = (appends: readonly Append[], { receipt: known }: CommandIdTaken): number =>
  appends.findIndex(({ streamId, receipt }) => receipt?.commandId === known.commandId && streamId !== known.streamId);

const isInterference = (error: unknown): error is Error =>
  error instanceof RevisionConflict || error instanceof CommandIdTaken || error instanceof AppendRefused;

const interference = (cause: Error): CopyRefused =>
  new CopyRefused(
    `The target did not take an event (${cause.message}): another program writes to it, or the source holds an event id twice`,
    { cause },
  );
