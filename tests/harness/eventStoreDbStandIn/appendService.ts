import shared from '@eventstore/db-client/generated/shared_pb.js';
import type { AppendReq, AppendResp } from '@eventstore/db-client/generated/streams_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { ServerReadableStream, sendUnaryData } from '@grpc/grpc-js';
import { streamDeleted, tooLarge } from './faults.js';
import { type KeptEvent, NO_STREAM, type Proposed, type WriteResult } from './log.js';
import { type StandInState, takeAppend } from './state.js';

/** One append a call: the options first, then each event in a message of its own. */
export const appendService =
  (state: StandInState) =>
  (call: ServerReadableStream<AppendReq, AppendResp>, answer: sendUnaryData<AppendResp>): void => {
    let options: AppendReq.Options | undefined;
    const proposed: Proposed[] = [];
    call.on('data', (request: AppendReq) => {
      options ??= request.getOptions();
      const message = request.getProposedMessage();
      if (message) proposed.push(proposedOf(message));
    });
    call.on('error', () => {});
    const take = () => {
      const streamId = Buffer.from(options!.getStreamIdentifier()!.getStreamName_asU8()).toString();
      takeAppend(state, call.metadata, {
        write: () => state.write(streamId, expectedOf(options!), proposed),
        answer: result => reply(state, streamId, result, answer),
        fail: answer,
      });
    };
    // A client that is killed ends its call too, and is known to be gone a moment later: nothing of it is written.
    call.on('end', () => setImmediate(() => call.cancelled || take()));
  };

function reply(
  state: StandInState,
  streamId: string,
  result: WriteResult | 'tooLarge',
  answer: sendUnaryData<AppendResp>,
): void {
  if (result === 'tooLarge') answer(tooLarge(state.maxAppendBytes));
  else if ('written' in result) answer(null, success(result.written));
  else if (result.refused === 'deleted') answer(streamDeleted(streamId));
  else answer(null, conflict(result.current));
}

function success({ commit, prepare, revision }: KeptEvent): AppendResp {
  const position = new streams.AppendResp.Position();
  position.setCommitPosition(String(commit));
  position.setPreparePosition(String(prepare));
  const message = new streams.AppendResp.Success();
  message.setCurrentRevision(String(revision));
  message.setPosition(position);
  const response = new streams.AppendResp();
  response.setSuccess(message);
  return response;
}

function conflict(current: number): AppendResp {
  const message = new streams.AppendResp.WrongExpectedVersion();
  if (current === NO_STREAM) message.setCurrentNoStream(new shared.Empty());
  else message.setCurrentRevision(String(current));
  const response = new streams.AppendResp();
  response.setWrongExpectedVersion(message);
  return response;
}

const expectedOf = (options: AppendReq.Options): number | 'any' =>
  options.hasNoStream() ? NO_STREAM : options.hasRevision() ? Number(options.getRevision()) : 'any';

interface ProposedMessage {
  getId(): { getString(): string } | undefined;
  getMetadataMap(): { toArray(): [string, string][] };
  getCustomMetadata_asU8(): Uint8Array;
  getData_asU8(): Uint8Array;
}

export const proposedOf = (message: ProposedMessage): Proposed => ({
  id: message.getId()!.getString(),
  metadata: new Map(message.getMetadataMap().toArray()),
  customMetadata: message.getCustomMetadata_asU8(),
  data: message.getData_asU8(),
});
