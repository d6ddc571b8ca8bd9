import type { IncomingMessage } from 'node:http';
import { GONE } from '../graphql/errors.js';
import type { CountedOperation } from './metrics/operations.js';

/** A running operation of a WebSocket connection. */
export interface RunningOperation {
  readonly controller: AbortController;
  readonly isStream: boolean;
  readonly requestId: string;
  readonly counted: CountedOperation;
}

/** What is known of a WebSocket connection, and what runs on it. */
export interface Connection {
  readonly request: IncomingMessage;
  begin(id: string, operation: RunningOperation): void;
  running(id: string): RunningOperation | undefined;
  finish(id: string): void;
  /** How many subscriptions run on it. */
  streams(): number;
  /** Ends its subscriptions. */
  endStreams(): void;
  /** Stops everything: nobody is there to read the answers. */
  abort(): void;
  /** Resolves as soon as nothing runs. */
  idle(): Promise<void>;
}

export function createConnection(request: IncomingMessage): Connection {
  const operations = new Map<string, RunningOperation>();
  let idleNow: (() => void) | undefined;
  return {
    request,
    begin: (id, operation) => void operations.set(id, operation),
    running: id => operations.get(id),
    finish(id) {
      operations.delete(id);
      if (operations.size === 0) idleNow?.();
    },
    streams: () => [...operations.values()].filter(({ isStream }) => isStream).length,
    endStreams() {
      for (const { controller, isStream } of operations.values()) if (isStream) controller.abort();
    },
    abort() {
      for (const { controller } of operations.values()) controller.abort(GONE);
    },
    idle: () =>
      new Promise(resolve => {
        if (operations.size === 0) resolve();
        else idleNow = resolve;
      }),
  };
}
