import { readFileSync } from 'node:fs';
import gossipGrpc from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import gossip from '@eventstore/db-client/generated/gossip_pb.js';
import featuresGrpc from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import features from '@eventstore/db-client/generated/serverfeatures_pb.js';
import streamsGrpc from '@eventstore/db-client/generated/streams_grpc_pb.js';
import { Server, ServerCredentials, type sendUnaryData } from '@grpc/grpc-js';
import { appendService } from './appendService.js';
import { batchAppendService } from './batchAppendService.js';
import { Faults } from './faults.js';
import { StandInLog } from './log.js';
import { uuid } from './messages.js';
import { readService } from './readService.js';
import type { StandInState } from './state.js';

export interface StandInOptions {
  /** Whether it says that it takes appends in batches; true by default. */
  readonly batchAppend?: boolean;
  /** A mebibyte by default, as with servers of old. */
  readonly maxAppendBytes?: number;
  /** With TLS, who may come in; without, everyone may. */
  readonly user?: { readonly name: string; readonly password: string };
  /** Ground that several stand-ins have in common, as nodes of a cluster do. */
  readonly log?: StandInLog;
  /** Who leads, by its port; itself by default. Another sends those there who ask for the leader. */
  readonly leaderPort?: number;
  readonly port?: number;
}

export interface EventStoreDbStandIn {
  readonly port: number;
  readonly log: StandInLog;
  readonly faults: Faults;
  /** What appends expected, in the order of arrival. */
  readonly received: StandInState['received'];
  readonly subscribedFrom: StandInState['subscribedFrom'];
  /** Calls that take appends in batches, so far. */
  readonly batchCalls: () => number;
  /** Gossip calls so far. */
  readonly gossiped: () => number;
  stop(): Promise<void>;
}

export const STAND_IN_CERTIFICATE = new URL('./certificate/certificate.pem', import.meta.url).pathname;
const KEY = new URL('./certificate/key.pem', import.meta.url).pathname;

/**
 * Not EventStoreDB, but a server that speaks its protocol on a socket of 127.0.0.1, keeps its events in memory and
 * fails on demand.
 */
export async function startEventStoreDbStandIn(options: StandInOptions = {}): Promise<EventStoreDbStandIn> {
  const { batchAppend = true, maxAppendBytes = 1024 * 1024, user, log = new StandInLog() } = options;
  const faults = new Faults();
  const received: StandInState['received'] = [];
  const subscribedFrom: StandInState['subscribedFrom'] = [];
  const authorization = user && `Basic ${Buffer.from(`${user.name}:${user.password}`).toString('base64')}`;
  if (log.events.length === 0) writeSystemEvents(log);
  const state: StandInState = {
    log,
    faults,
    maxAppendBytes,
    authorization,
    leader: options.leaderPort === undefined ? undefined : { host: '127.0.0.1', port: options.leaderPort },
    received,
    subscribedFrom,
    write: (streamId, expected, proposed) => {
      received.push({ streamId, expected });
      const bytes = proposed.reduce((sum, { data, customMetadata }) => sum + data.length + customMetadata.length, 0);
      return bytes > maxAppendBytes ? 'tooLarge' : log.write(streamId, expected, proposed);
    },
  };
  let batchCalls = 0;
  let gossiped = 0;
  const takeBatches = batchAppendService(state);
  const server = new Server({ 'grpc.max_receive_message_length': 17 * 1024 * 1024 });
  server.addService(streamsGrpc.StreamsService, {
    read: readService(state),
    append: appendService(state),
    batchAppend: (call: Parameters<typeof takeBatches>[0]) => {
      batchCalls++;
      takeBatches(call);
    },
    delete: notOffered,
    tombstone: notOffered,
  });
  server.addService(featuresGrpc.ServerFeaturesService, {
    getSupportedMethods: (_call: unknown, answer: sendUnaryData<unknown>) => {
      const fault = faults.features.shift();
      if (fault === 'hang') return;
      if (fault) answer(fault);
      else answer(null, supportedMethods(batchAppend));
    },
  });
  server.addService(gossipGrpc.GossipService, {
    read: (_call: unknown, answer: sendUnaryData<unknown>) => {
      gossiped++;
      answer(null, clusterOf(options.leaderPort ?? port, faults));
    },
  });
  const credentials = user
    ? ServerCredentials.createSsl(null, [
        { cert_chain: readFileSync(STAND_IN_CERTIFICATE), private_key: readFileSync(KEY) },
      ])
    : ServerCredentials.createInsecure();
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync(`127.0.0.1:${options.port ?? 0}`, credentials, (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  return {
    port,
    log,
    faults,
    received,
    subscribedFrom,
    batchCalls: () => batchCalls,
    gossiped: () => gossiped,
    stop: async () => server.forceShutdown(),
  };
}

const notOffered = (_call: unknown, answer: sendUnaryData<never>): void =>
  answer({ code: 12, details: 'the stand-in deletes nothing' });

/** What a server has written for itself before anyone comes. */
function writeSystemEvents(log: StandInLog): void {
  for (const [streamId, type] of [
    ['$settings', '$UserCreated'],
    ['$$dispute-none', '$metadata'],
  ] as const) {
    const metadata = new Map([
      ['type', type],
      ['content-type', 'application/json'],
    ]);
    const event = { id: crypto.randomUUID(), metadata, customMetadata: Buffer.alloc(0), data: Buffer.from('{}') };
    log.write(streamId, 'any', [event]);
  }
}

function supportedMethods(batchAppend: boolean) {
  const methods = new features.SupportedMethods();
  methods.setEventStoreServerVersion('0.0.0-stand-in');
  for (const name of ['read', 'append', ...(batchAppend ? ['batchappend'] : [])]) {
    const method = new features.SupportedMethod();
    method.setServiceName('event_store.client.streams.streams');
    method.setMethodName(name);
    methods.addMethods(method);
  }
  return methods;
}

function clusterOf(port: number, { leaderless }: Faults) {
  const endpoint = new gossip.EndPoint();
  endpoint.setAddress('127.0.0.1');
  endpoint.setPort(port);
  const member = new gossip.MemberInfo();
  member.setInstanceId(uuid(crypto.randomUUID()));
  member.setTimeStamp('0');
  const { LEADER, UNKNOWN } = gossip.MemberInfo.VNodeState;
  member.setState(leaderless ? UNKNOWN : LEADER);
  member.setIsAlive(true);
  member.setHttpEndPoint(endpoint);
  const cluster = new gossip.ClusterInfo();
  cluster.addMembers(member);
  return cluster;
}
