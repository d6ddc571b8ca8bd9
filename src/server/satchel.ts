import { lensOf, sealerOf } from '../access/vault/sealFields.js';
import { recordLook } from '../audit/access/recordAccess.js';
import type { CommandServices, CommandWatch } from '../commands/commandServices.js';
import type { Lookup } from '../commands/lookup.js';
import { openTail } from '../eventstore/tail/tail.js';
import type { Services } from '../graphql/context.js';
import type { LookupSources } from '../graphql/module.js';
import type { Clock } from '../kernel/clock.js';
import type { Position } from '../kernel/position.js';
import { PolicyRunner } from '../policies/runner.js';
import { forgetDocuments } from '../projections/documents.js';
import { retryStream } from '../projections/parking/retryStream.js';
import { renewOutdated } from '../projections/rebuild/rebuild.js';
import { ProjectionRunner } from '../projections/runner.js';
import { TextIndexer, type TextIndexing } from '../projections/textIndexes.js';
import { measurePolicies } from './metrics/measurePolicies.js';
import { measureProjections } from './metrics/measureProjections.js';
import { createMetrics, type Metrics } from './metrics/metrics.js';
import { observedStore } from './metrics/observedStore.js';
import { watchCommands } from './metrics/watchCommands.js';
import { modules } from './modules.js';
import { readinessOf } from './readiness.js';
import { nouns, policies, views } from './registry.js';
import { openStores, type StoreLocations, type Stores } from './stores.js';
import { traceCommands } from './tracing/traceCommands.js';
import { traceProjections } from './tracing/traceProjections.js';
import { traceStore } from './tracing/traceStore.js';
import type { Tracing } from './tracing/tracing.js';

export type ProjectedListener = (categories?: ReadonlySet<string>) => void;

export interface SatchelOptions extends StoreLocations {
  readonly clock: Clock;
  /** How long a mutation waits for its projections, in milliseconds. */
  readonly mutationWait: number;
  /** How long a read waits for a consistency token, in milliseconds. */
  readonly readAfterTimeout: number;
  /** Events that a subscription may be behind by; 10,000 if left out. */
  readonly subscriptionBuffer?: number;
  /** When tables are searched by an index. */
  readonly textIndexes?: TextIndexing;
  /** Closed with Satchel. */
  readonly tracing?: Tracing | undefined;
  /** Told when a projection stops. */
  readonly onError: (error: Error) => void;
  /**
   * Told, before anything is served, that read models of an earlier release are being built anew up to the head, and
   * then of how far they are.
   */
  readonly onRenewing?: (tables: readonly string[], head: Position) => (position: Position) => void;
}

/** Satchel without a server: stores, projections that follow them, and what resolvers and commands need. */
export interface Satchel {
  readonly services: Services;
  readonly stores: Stores;
  readonly metrics: Metrics;
  /** To be started by whoever serves: they record what is due. */
  readonly policies: PolicyRunner;
  readonly tracing: Tracing | undefined;
  /** Told of the categories of streams each time that events of them have been projected; of none when any may have. */
  onProjected(listener: ProjectedListener): void;
  /** Ends after the batch under way, and lets go of the files. Idempotent. */
  close(): Promise<void>;
}

const lookupOf = (sources: LookupSources): Lookup =>
  Object.assign({}, ...modules.map(module => module.lookup?.(sources) ?? {})) as Lookup;

function watchOf(metrics: Metrics, tracing: Tracing | undefined): CommandWatch {
  const counted = watchCommands(metrics);
  if (!tracing) return counted;
  const traced = traceCommands(tracing);
  return (command, carryOut) => traced(command, () => counted(command, carryOut));
}

/** Read models of another release are not what this one can read: others may serve them until those of this one are there. */
async function renew(
  { events: store, vault, readModel: { db, hasRoomToSpare } }: Stores,
  options: SatchelOptions,
): Promise<void> {
  let onProgress: ((position: Position) => void) | undefined;
  const services = {
    store,
    db,
    hasRoomToSpare,
    lens: await lensOf(vault),
    onError: options.onError,
    signal: new AbortController().signal,
    textIndexFromRows: options.textIndexes?.fromRows,
  };
  await renewOutdated({ ...services, onProgress: position => onProgress?.(position) }, views, (tables, head) => {
    onProgress = options.onRenewing?.(tables, head);
  });
}

/** @throws what `openStores` throws */
export async function openSatchel(options: SatchelOptions): Promise<Satchel> {
  const metrics = createMetrics();
  const stores = await openStores(options, { observer: metrics.store });
  const { clock } = options;
  const { db, forRequests } = stores.readModel;
  const { tracing } = options;
  const timed = observedStore(stores.events, metrics);
  const store = tracing ? traceStore(timed, tracing) : timed;
  const lens = await lensOf(stores.vault);
  const sealer = await sealerOf(stores.vault);
  const lookup = lookupOf({ db: forRequests, lens, store, sealer, clock });
  const commands: CommandServices = { store, sealer, clock, lookup, watch: watchOf(metrics, tracing) };
  const listeners: ProjectedListener[] = [];
  const onProjected: ProjectedListener = categories => {
    if (!categories) forgetDocuments(forRequests);
    for (const listener of listeners) listener(categories);
    textIndexer.look();
  };
  const { leadership } = stores;
  const projections = new ProjectionRunner({
    store,
    db,
    views,
    lens,
    leadership,
    sliceMs: 10,
    onError: options.onError,
    onProjected,
    ...(tracing && { watch: traceProjections(tracing) }),
  });
  const textIndexer = new TextIndexer({
    db,
    views,
    leads: () => leadership.leads,
    onError: options.onError,
    ...options.textIndexes,
  });
  const policyRunner = new PolicyRunner({
    policies,
    control: stores.control,
    commands,
    leadership,
    onError: options.onError,
    onFired: metrics.policy,
  });
  try {
    await renew(stores, options);
    await projections.start();
    textIndexer.look();
  } catch (error) {
    await stores.close();
    throw error;
  }
  const services: Services = {
    store,
    tail: openTail(store, options.subscriptionBuffer ?? 10_000),
    db: forRequests,
    projections,
    async retryStream(streamId) {
      const retried = await retryStream({ store, db, views, lens }, streamId);
      await projections.refresh();
      return retried;
    },
    commands,
    lens,
    recordWordsRead: (data, viewer) => recordLook(commands, { type: 'WordsRead', data }, viewer),
    clock,
    nouns,
    mutationWaitMs: options.mutationWait,
    readAfterTimeoutMs: options.readAfterTimeout,
  };
  let closing: Promise<void> | undefined;
  const close = async () => {
    // Together: the lead is given up at the end of the projections, and is not to wait for a command that hangs.
    await Promise.all([policyRunner.stop(), textIndexer.stop().then(() => projections.stop())]);
    await stores.close();
    await tracing?.close();
  };
  measureProjections(metrics, services, () => readinessOf({ services, stores, policies: policyRunner }));
  measurePolicies(metrics, stores.control, policyRunner, clock);
  return {
    services,
    stores,
    metrics,
    policies: policyRunner,
    tracing,
    onProjected: listener => void listeners.push(listener),
    close: () => (closing ??= close()),
  };
}
