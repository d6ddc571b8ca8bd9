import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { StoreObserver } from '../../eventstore/port.js';
import { measureProcess } from './measureProcess.js';
import { operationNames } from './operationNames.js';

/** `fault`: something of ours failed. `error`: the client was told what is wrong with what it asked. */
export type OperationResult = 'ok' | 'error' | 'fault';

/** Recorded, now or when it came before; against a rule; not for this viewer; or broken off by a fault. */
export type CommandResult = 'done' | 'refused' | 'denied' | 'failed';

/** `conflict`: someone else was faster, or the command came before. */
export type AppendResult = 'done' | 'conflict' | 'failed';

/** Recorded; nothing to it any more; others were faster, so that it is fired again; or a fault, and again in an hour. */
export type FiredResult = 'done' | 'refused' | 'conflict' | 'failed';

export interface FinishedOperation {
  /** `query`, `mutation`, `subscription`, or `unknown` when it never came to that. */
  readonly type: string;
  readonly name?: string | null | undefined;
  readonly result: OperationResult;
  readonly seconds: number;
}

/**
 * What Satchel counts of itself, for Prometheus. Labels hold names of commands, projections and operations, and nothing
 * of what they are about.
 */
export interface Metrics {
  readonly registry: Registry;
  readonly store: StoreObserver;
  command(command: string, result: CommandResult, seconds: number): void;
  append(result: AppendResult, seconds: number): void;
  /** A moment of a policy had come. */
  policy(policy: string, result: FiredResult): void;
  operation(finished: FinishedOperation): void;
  /** Adds those whom `count` counts to the subscribers. */
  subscribers(count: () => number): void;
  /** Called before each look, to read what is not counted as it happens. Must not throw. */
  onLook(read: () => void | Promise<void>): void;
  /** Everything, in the text format of Prometheus. */
  look(): Promise<string>;
}

/** Seconds: from a read in memory to what keeps a person waiting. */
const DURATIONS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const GROUPS = [1, 2, 4, 8, 16, 32, 64, 128, 256];

export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const nameOf = operationNames();
  const counts: (() => number)[] = [];
  const readings: (() => void | Promise<void>)[] = [];
  measureProcess(registry);
  const counter = (name: string, help: string, ...labelNames: string[]) =>
    new Counter({ name, help, labelNames, registers });
  const duration = (name: string, help: string, label: string) =>
    new Histogram({ name, help, labelNames: [label], buckets: DURATIONS, registers });
  const commands = counter(
    'satchel_commands_total',
    'Commands by what became of them: done, refused by a rule, denied to the viewer, failed',
    'command',
    'result',
  );
  const commandSeconds = duration(
    'satchel_command_seconds',
    'Time from a command to its answer, without the wait for the read models',
    'result',
  );
  const appends = duration('satchel_append_seconds', 'Time of an append, until it is on disk', 'result');
  const fired = counter(
    'satchel_policy_fired_total',
    'Moments of policies that had come, by what became of them: done, refused when there was nothing to it any more, conflict, failed',
    'policy',
    'result',
  );
  const groups = new Histogram({
    name: 'satchel_append_group_size',
    help: 'Appends that waited for the disk together (SQLite)',
    buckets: GROUPS,
    registers,
  });
  const reconnects = counter(
    'satchel_eventstore_reconnects_total',
    'Connections to the event store, or subscriptions on it, that were lost and made anew',
  );
  const operations = counter(
    'satchel_graphql_operations_total',
    'GraphQL operations by type, name and result; a subscription is counted at its end',
    'type',
    'name',
    'result',
  );
  const operationSeconds = duration('satchel_graphql_operation_seconds', 'Time of a query or mutation', 'type');
  const subscribers = new Gauge({ name: 'satchel_subscribers', help: 'Subscriptions that are open now', registers });
  return {
    registry,
    command: (command, result, seconds) => {
      commands.inc({ command, result });
      commandSeconds.observe({ result }, seconds);
    },
    store: { groupWritten: appends => groups.observe(appends), reconnecting: () => reconnects.inc() },
    policy: (policy, result) => fired.inc({ policy, result }),
    append: (result, seconds) => appends.observe({ result }, seconds),
    operation: ({ type, name, result, seconds }) => {
      operations.inc({ type, name: nameOf(name), result });
      if (type !== 'subscription') operationSeconds.observe({ type }, seconds);
    },
    subscribers: count => void counts.push(count),
    onLook: read => void readings.push(read),
    look: async () => {
      subscribers.set(counts.reduce((sum, count) => sum + count(), 0));
      await Promise.all(readings.map(read => read()));
      return registry.metrics();
    },
  };
}
