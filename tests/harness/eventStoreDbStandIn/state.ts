import type { Metadata, ServiceError } from '@grpc/grpc-js';
import { accessDenied, dropped, type Faults, notLeader, notReady } from './faults.js';
import type { Proposed, StandInLog, WriteResult } from './log.js';

/** What all services of one stand-in share. */
export interface StandInState {
  readonly log: StandInLog;
  readonly faults: Faults;
  readonly maxAppendBytes: number;
  /** As in the header of the calls; nobody is asked when there is none. */
  readonly authorization: string | undefined;
  /** Who leads, when it is another: calls that ask for the leader are sent there. */
  readonly leader: { readonly host: string; readonly port: number } | undefined;
  /** For each subscription, how many events of the log lie before the first that it is given. */
  readonly subscribedFrom: number[];
  /** Revisions that were expected, in the order of arrival. */
  readonly received: { readonly streamId: string; readonly expected: number | 'any' }[];
  write(streamId: string, expected: number | 'any', proposed: readonly Proposed[]): WriteResult | 'tooLarge';
}

interface Handling {
  readonly write: () => WriteResult | 'tooLarge';
  readonly answer: (result: WriteResult | 'tooLarge') => void;
  readonly fail: (error: ServiceError) => void;
}

/** Why a call of a stream is not even looked at, if it is not. */
export function refusalOf(state: StandInState, metadata: Metadata): ServiceError | undefined {
  const { faults, authorization, leader } = state;
  if (faults.leaderless) return notReady();
  const isLetIn = authorization === undefined || metadata.get('authorization')[0] === authorization;
  if (faults.denied || !isLetIn) return accessDenied();
  return leader && metadata.get('requires-leader')[0] === 'true' ? notLeader(leader) : undefined;
}

/** Does what was asked for, or what the next fault makes of it. */
export function takeAppend(state: StandInState, metadata: Metadata, { write, answer, fail }: Handling): void {
  const refusal = refusalOf(state, metadata);
  if (refusal) {
    fail(refusal);
    return;
  }
  if (state.faults.refusal) {
    fail(state.faults.refusal);
    return;
  }
  const fault = state.faults.appends.shift();
  if (fault === 'hang') return;
  if (typeof fault === 'object') {
    fail('notLeader' in fault ? notLeader(fault.notLeader) : fault);
    return;
  }
  const result = write();
  if (fault === undefined) answer(result);
  else if (fault === 'drop') fail(dropped());
  else if (fault === 'late') state.faults.keepForLater(() => answer(result));
}
