import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { ServerWritableStream } from '@grpc/grpc-js';
import { dropped, invalidPosition, type ReadFault, streamDeleted } from './faults.js';
import type { KeptEvent } from './log.js';
import { eventMessage, streamNotFoundMessage } from './messages.js';
import { refusalOf, type StandInState } from './state.js';
import { subscribe } from './subscriptionService.js';

export type ReadCall = ServerWritableStream<ReadReq, ReadResp>;

const BACKWARDS = 1;

/** Reads of a stream and of all, both ways, and subscriptions. */
export const readService =
  (state: StandInState) =>
  async (call: ReadCall): Promise<void> => {
    call.on('error', () => {});
    const refusal = refusalOf(state, call.metadata);
    if (refusal) return fail(call, refusal);
    const options = call.request.getOptions()!;
    if (options.hasSubscription()) return subscribe(state, call, options);
    const position = options.getAll()?.getPosition();
    if (position && options.getReadDirection() !== BACKWARDS && !isReadable(state, position))
      return fail(call, invalidPosition());
    const found = options.hasStream() ? ofStream(state, options) : ofAll(state, options);
    if (typeof found === 'string') {
      const streamId = streamIdOf(options);
      if (found === 'deleted') return fail(call, streamDeleted(streamId));
      await send(call, streamNotFoundMessage(streamId));
      call.end();
      return;
    }
    const count = Number(options.getCount());
    await sendAll(call, found.slice(0, count), state.faults.reads.shift());
  };

async function sendAll(call: ReadCall, events: readonly KeptEvent[], fault: ReadFault | undefined): Promise<void> {
  for (const [index, event] of events.entries()) {
    if (index === fault?.after) break;
    if (call.cancelled || call.destroyed) return;
    await send(call, eventMessage(event));
  }
  if (fault === undefined || fault.after > events.length) call.end();
  else if (fault.does === 'drop') fail(call, dropped());
  else if (fault.does === 'end') call.end();
  else if (typeof fault.does === 'object') fail(call, fault.does);
}

const isReadable = ({ log }: StandInState, position: ReadReq.Options.Position): boolean =>
  log.isReadable(BigInt(position.getCommitPosition()), BigInt(position.getPreparePosition()));

const streamIdOf = (options: ReadReq.Options): string =>
  Buffer.from(options.getStream()!.getStreamIdentifier()!.getStreamName_asU8()).toString();

function ofStream({ log }: StandInState, options: ReadReq.Options): readonly KeptEvent[] | 'missing' | 'deleted' {
  const stream = log.read(streamIdOf(options));
  if (typeof stream === 'string') return stream;
  const at = options.getStream()!;
  if (options.getReadDirection() === BACKWARDS) {
    const last = at.hasRevision() ? Number(at.getRevision()) : Number.POSITIVE_INFINITY;
    return stream.filter(({ revision }) => revision <= last).reverse();
  }
  const first = at.hasRevision() ? Number(at.getRevision()) : 0;
  return stream.filter(({ revision }) => revision >= first);
}

function ofAll({ log }: StandInState, options: ReadReq.Options): readonly KeptEvent[] {
  const position = options.getAll()!.getPosition();
  const from = position && [BigInt(position.getCommitPosition()), BigInt(position.getPreparePosition())];
  if (options.getReadDirection() === BACKWARDS) {
    return log.events.filter(event => from === undefined || compare(event, from) < 0).reverse();
  }
  return log.events.slice(firstFrom(log.events, from ?? [0n, 0n]));
}

/** Index of the first event at or after a position. */
export function firstFrom(events: readonly KeptEvent[], from: readonly bigint[]): number {
  let [low, high] = [0, events.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compare(events[middle]!, from) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

function compare({ commit, prepare }: KeptEvent, [otherCommit, otherPrepare]: readonly bigint[]): number {
  const difference = commit - otherCommit! || prepare - otherPrepare!;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** Waits until the line takes more. */
export async function send(call: ReadCall, message: ReadResp): Promise<void> {
  if (call.cancelled || call.destroyed || call.write(message)) return;
  await new Promise<void>(resolve => {
    const go = (): void => {
      for (const event of WRITABLE_OR_OVER) call.off(event, go);
      resolve();
    };
    for (const event of WRITABLE_OR_OVER) call.once(event, go);
  });
}

const WRITABLE_OR_OVER = ['drain', 'cancelled', 'close', 'error'];

export const fail = (call: ReadCall, error: Error): void => {
  call.emit('error', error);
};
