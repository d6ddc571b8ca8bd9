import type { UUID } from '@eventstore/db-client/generated/shared_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import statusMessages from '@eventstore/db-client/generated/status_pb.js';
import type { BatchAppendReq, BatchAppendResp } from '@eventstore/db-client/generated/streams_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { ServerDuplexStream } from '@grpc/grpc-js';
import any from 'google-protobuf/google/protobuf/any_pb.js';
import empty from 'google-protobuf/google/protobuf/empty_pb.js';
import { proposedOf } from './appendService.js';
import { NO_STREAM, type Proposed, type WriteResult } from './log.js';
import { streamIdentifier } from './messages.js';
import { type StandInState, takeAppend } from './state.js';

interface Gathering {
  readonly options: BatchAppendReq.Options;
  readonly proposed: Proposed[];
}

/** Many appends on one call, told apart by their correlation ids. */
export const batchAppendService =
  (state: StandInState) =>
  (call: ServerDuplexStream<BatchAppendReq, BatchAppendResp>): void => {
    const gathering = new Map<string, Gathering>();
    call.on('error', () => {});
    call.on('end', () => call.end());
    call.on('data', (request: BatchAppendReq) => {
      const correlationId = request.getCorrelationId()!;
      const key = correlationId.getString();
      const current = gathering.get(key) ?? { options: request.getOptions()!, proposed: [] };
      gathering.set(key, current);
      current.proposed.push(...request.getProposedMessagesList().map(proposedOf));
      if (!request.getIsFinal()) return;
      gathering.delete(key);
      const streamId = Buffer.from(current.options.getStreamIdentifier()!.getStreamName_asU8()).toString();
      takeAppend(state, call.metadata, {
        write: () => state.write(streamId, expectedOf(current.options), current.proposed),
        answer: result => {
          if (!call.destroyed && !call.cancelled) call.write(reply(state, correlationId, streamId, result));
        },
        fail: error => call.emit('error', error),
      });
    });
  };

function reply(
  state: StandInState,
  correlationId: UUID,
  streamId: string,
  result: WriteResult | 'tooLarge',
): BatchAppendResp {
  const response = new streams.BatchAppendResp();
  response.setCorrelationId(correlationId);
  response.setStreamIdentifier(streamIdentifier(streamId));
  if (result !== 'tooLarge' && 'written' in result) {
    const position = new shared.AllStreamPosition();
    position.setCommitPosition(String(result.written.commit));
    position.setPreparePosition(String(result.written.prepare));
    const success = new streams.BatchAppendResp.Success();
    success.setCurrentRevision(String(result.written.revision));
    success.setPosition(position);
    response.setSuccess(success);
    return response;
  }
  const [name, bytes] = detailsOf(state, streamId, result);
  const details = new any.Any();
  details.pack(bytes, `event_store.client.${name}`);
  const error = new statusMessages.Status();
  error.setMessage(name);
  error.setDetails(details);
  response.setError(error);
  return response;
}

function detailsOf(
  state: StandInState,
  streamId: string,
  result: Exclude<WriteResult, { written: unknown }> | 'tooLarge',
): [name: string, bytes: Uint8Array] {
  if (result === 'tooLarge') {
    const exceeded = new shared.MaximumAppendSizeExceeded();
    exceeded.setMaxappendsize(state.maxAppendBytes);
    return ['MaximumAppendSizeExceeded', exceeded.serializeBinary()];
  }
  if (result.refused === 'deleted') {
    const deleted = new shared.StreamDeleted();
    deleted.setStreamIdentifier(streamIdentifier(streamId));
    return ['StreamDeleted', deleted.serializeBinary()];
  }
  const conflict = new shared.WrongExpectedVersion();
  if (result.current === NO_STREAM) conflict.setCurrentNoStream(new empty.Empty());
  else conflict.setCurrentStreamRevision(String(result.current));
  return ['WrongExpectedVersion', conflict.serializeBinary()];
}

const expectedOf = (options: BatchAppendReq.Options): number | 'any' =>
  options.hasNoStream() ? NO_STREAM : options.hasStreamPosition() ? Number(options.getStreamPosition()) : 'any';
