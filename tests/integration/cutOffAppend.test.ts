import { once } from 'node:events';
import { connect } from 'node:http2';
import { createConnection } from 'node:net';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type EventStoreDbStandIn, startEventStoreDbStandIn } from '../harness/eventStoreDbStandIn/standIn.js';

let standIn: EventStoreDbStandIn;
beforeAll(async () => {
  standIn = await startEventStoreDbStandIn();
});
afterAll(() => standIn.stop());

/** A message as gRPC has it: not compressed, its length, its bytes. */
function framed(message: { serializeBinary(): Uint8Array }): Buffer {
  const bytes = message.serializeBinary();
  const head = Buffer.alloc(5);
  head.writeUInt32BE(bytes.length, 1);
  return Buffer.concat([head, bytes]);
}

function optionsFor(streamId: string): Buffer {
  const name = new shared.StreamIdentifier();
  name.setStreamName(Buffer.from(streamId));
  const options = new streams.AppendReq.Options();
  options.setStreamIdentifier(name);
  options.setNoStream(new shared.Empty());
  const request = new streams.AppendReq();
  request.setOptions(options);
  return framed(request);
}

function event(): Buffer {
  const id = new shared.UUID();
  id.setString('019f0000-0000-7000-8000-000000000001');
  const message = new streams.AppendReq.ProposedMessage();
  message.setId(id);
  message.setData(Buffer.from('{}'));
  const request = new streams.AppendReq();
  request.setProposedMessage(message);
  return framed(request);
}

const APPEND = {
  ':method': 'POST',
  ':path': '/event_store.client.streams.Streams/Append',
  'content-type': 'application/grpc',
  te: 'trailers',
};

function call() {
  const socket = createConnection({ host: '127.0.0.1', port: standIn.port });
  const session = connect('http://127.0.0.1', { createConnection: () => socket });
  const request = session.request(APPEND);
  // As those of a process that is killed.
  for (const each of [session, request]) each.on('error', () => undefined);
  return { socket, session, request };
}

it.each([
  ['before its events', () => [optionsFor('letter-cut')]],
  ['after one of them', () => [optionsFor('letter-cut'), event()]],
])('the stand-in writes nothing of an append whose client is gone %s', async (when, messages) => {
  const gone = call();
  for (const message of messages()) await new Promise(written => gone.request.write(message, written));
  // It has been heard, and none of it answered.
  await new Promise(heard => gone.session.ping(heard));
  gone.socket.destroy();
  await once(gone.session, 'close');

  // One that comes later and is whole is written.
  const other = call();
  other.request.end(Buffer.concat([optionsFor(`letter-${when}`), event()]));
  other.request.resume();
  await once(other.request, 'end');
  other.session.close();
  const written = standIn.log.events.map(({ streamId }) => streamId);
  expect(written).toContain(`letter-${when}`);
  expect(written).not.toContain('letter-cut');
});
