import type { ServiceError } from '@grpc/grpc-js';
import { Metadata, status } from '@grpc/grpc-js';

/** What can go wrong with one append. */
export type AppendFault =
  /** It is neither written nor answered. */
  | 'hang'
  /** It is written, and never answered. */
  | 'loseAnswer'
  /** It is written, and answered when `answerLate` is called. */
  | 'late'
  /** It is written, and the line breaks instead of an answer. */
  | 'drop'
  | { readonly notLeader: { readonly host: string; readonly port: number } }
  | ServiceError;

/** What can go wrong with one read or subscription, after so many of its events. */
export interface ReadFault {
  readonly after: number;
  readonly does: 'end' | 'drop' | 'hang' | 'repeat' | ServiceError;
}

/** Faults that tests ask for: each is taken by the next call of its kind, in turn. */
export class Faults {
  readonly appends: AppendFault[] = [];
  readonly reads: ReadFault[] = [];
  readonly subscriptions: ReadFault[] = [];
  /** Of the call for the server's features. */
  readonly features: ('hang' | ServiceError)[] = [];
  /** Every call of a stream is refused, as for a wrong password. */
  denied = false;
  /** No node leads: every call of a stream is answered "not ready", and the gossip knows of nobody to turn to. */
  leaderless = false;
  /** Every append is answered so, and nothing of it is written. */
  refusal: ServiceError | undefined;
  private readonly subscribers = new Set<() => void>();
  private readonly late: (() => void)[] = [];

  keepForLater(answer: () => void): void {
    this.late.push(answer);
  }

  /** Told to break the line of a subscription; answers a way to forget it. */
  onDropSubscriptions(drop: () => void): () => void {
    this.subscribers.add(drop);
    return () => this.subscribers.delete(drop);
  }

  /** Breaks the lines of all that are open. */
  dropSubscriptions(): void {
    for (const drop of [...this.subscribers]) drop();
  }

  answerLate(): void {
    for (const answer of this.late.splice(0)) answer();
  }
}

export function failure(code: status, details: string, trailers: Readonly<Record<string, string>> = {}): ServiceError {
  const metadata = new Metadata();
  for (const [key, value] of Object.entries(trailers)) metadata.set(key, value);
  return Object.assign(new Error(details), { code, details, metadata });
}

export const dropped = (): ServiceError => failure(status.UNAVAILABLE, 'the stand-in dropped the line');

export const notReady = (): ServiceError => failure(status.UNAVAILABLE, 'Server Is Not Ready');

export const noRoom = (): ServiceError => failure(status.RESOURCE_EXHAUSTED, 'no space left on device');

export const tooBusy = (): ServiceError => failure(status.UNAVAILABLE, 'Server Is Too Busy');

/** Of a node that is for reading, and knows of no leader. */
export const readOnly = (): ServiceError => failure(status.UNKNOWN, 'No leader info available in response');

export const invalidPosition = (): ServiceError =>
  failure(status.INVALID_ARGUMENT, 'Trying to read from an invalid position.');

export const accessDenied = (): ServiceError =>
  failure(status.UNAUTHENTICATED, 'Access denied', { exception: 'access-denied' });

export const streamDeleted = (streamId: string): ServiceError =>
  failure(status.FAILED_PRECONDITION, 'The stream is deleted', {
    exception: 'stream-deleted',
    'stream-name': streamId,
  });

export const tooLarge = (limit: number): ServiceError =>
  failure(status.INVALID_ARGUMENT, 'The append is too large', {
    exception: 'maximum-append-size-exceeded',
    'maximum-append-size': String(limit),
  });

export const notLeader = ({ host, port }: { readonly host: string; readonly port: number }): ServiceError =>
  failure(status.NOT_FOUND, 'Leader info available', {
    exception: 'not-leader',
    'leader-endpoint-host': host,
    'leader-endpoint-port': String(port),
  });
