import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises';
import { beOnlyWriter } from '../database/differences.js';
import { isOutage } from '../database/outage.js';
import type { ReadModel } from '../database/readModel.js';
import { StoreUnavailable } from '../eventstore/errors.js';
import type { EventStore, RecordedEvent } from '../eventstore/port.js';
import { categoryOf } from '../kernel/ids.js';
import { comparePositions, type Position, START } from '../kernel/position.js';
import { CheckpointMoved, moveCheckpoints, readCheckpoints } from './checkpoints.js';
import { type Changes, foldBatch, PoisonEvent, writeChanges } from './project.js';
import { prepareTables } from './tables.js';
import type { Lens, View } from './view.js';
import { Waiters } from './waiters.js';

export interface RunnerOptions {
  readonly store: EventStore;
  readonly db: ReadModel;
  readonly views: readonly View[];
  readonly lens: Lens;
  /** Told of what stops a projection, or all of them. Must not throw. */
  readonly onError: (error: Error) => void;
  /** Told of the categories of streams in a batch, once it can be read; of none where another runner was faster. */
  readonly onProjected?: (categories?: ReadonlySet<string>) => void;
  readonly batchSize?: number;
}

export interface ProjectionStatus {
  readonly name: string;
  readonly version: number;
  readonly position: Position;
  /** Why it stands still; absent while it runs. */
  readonly stopped?: string;
}

const RESUBSCRIBE_AFTER_MS = 100;
const OUTAGE_PAUSE_MS = 500;

/** The store or the database fails for now: the same again may succeed later. */
const passes = (error: unknown): error is Error => error instanceof StoreUnavailable || isOutage(error);

/** Keeps the read models up with the store: rows and checkpoints of a batch move in one transaction. */
export class ProjectionRunner {
  private readonly checkpoints = new Map<View, Position>();
  private readonly stopped = new Map<View, string>();
  /** Why all of them wait, until that is over. */
  private outage: string | undefined;
  private readonly waiters = new Waiters();
  private readonly abort = new AbortController();
  private running: Promise<void> = Promise.resolve();

  constructor(private readonly options: RunnerOptions) {}

  /** Makes missing tables and begins to follow the store. */
  async start(): Promise<void> {
    await prepareTables(this.options.db, this.options.views);
    await this.loadCheckpoints();
    this.running = this.follow();
  }

  /** Ends after the batch under way. */
  async stop(): Promise<void> {
    this.abort.abort();
    await this.running;
    this.waiters.giveUp();
  }

  /** Position up to which every view holds every event; a view that stopped holds the rest back. */
  get position(): Position {
    return lowest([...this.checkpoints.values()]);
  }

  /** True once every view holds the event at `position`; false when `timeoutMs` passes first, or a view has stopped. */
  async reached(position: Position, timeoutMs: number): Promise<boolean> {
    if (comparePositions(this.position, position) >= 0) return true;
    if (this.stopped.size > 0 || this.abort.signal.aborted) return false;
    return this.waiters.wait(position, timeoutMs);
  }

  status(): readonly ProjectionStatus[] {
    return this.options.views.map(view => {
      const reason = this.stopped.get(view) ?? this.outage;
      return {
        name: view.table,
        version: view.version,
        position: this.checkpoints.get(view) ?? START,
        ...(reason ? { stopped: reason } : {}),
      };
    });
  }

  private async loadCheckpoints(): Promise<void> {
    const stored = await readCheckpoints(this.options.db);
    for (const view of this.options.views) this.checkpoints.set(view, stored.get(view.table)?.position ?? START);
  }

  private get alive(): readonly View[] {
    return this.options.views.filter(view => !this.stopped.has(view));
  }

  /** Follows the store until told to stop; begins again from the stored checkpoints when another runner moved them. */
  private async follow(): Promise<void> {
    while (!this.abort.signal.aborted && this.alive.length > 0)
      try {
        await this.followFrom(lowest(this.alive.map(view => this.checkpoints.get(view) ?? START)));
        await this.beforeResubscribing();
      } catch (error) {
        if (error instanceof CheckpointMoved) await this.goOnFromStoredCheckpoints();
        else if (passes(error)) await this.sitOut(error);
        else return this.stopAll(error as Error);
      }
  }

  /**
   * Waits until store and database answer again, and goes on from the stored checkpoints: whether the last batch was
   * written is not known.
   */
  private async sitOut(cause: Error): Promise<void> {
    this.outage = cause.message;
    this.options.onError(cause);
    while (!this.abort.signal.aborted)
      try {
        await this.pause(OUTAGE_PAUSE_MS);
        await this.options.store.head();
        await this.goOnFromStoredCheckpoints();
        this.outage = undefined;
        return;
      } catch (error) {
        if (!passes(error)) return this.stopAll(error as Error);
      }
  }

  /** Another runner has written what this one was about to write: whoever waits for that can read it. */
  private async goOnFromStoredCheckpoints(): Promise<void> {
    await this.loadCheckpoints();
    this.options.onProjected?.();
    this.waiters.advance(this.position);
  }

  /** A subscription that ends by itself was dropped; a store that is closed says so here, and is not asked again. */
  private async beforeResubscribing(): Promise<void> {
    if (this.abort.signal.aborted || this.alive.length === 0) return;
    await this.options.store.head();
    await this.pause(RESUBSCRIBE_AFTER_MS);
  }

  private async pause(ms: number): Promise<void> {
    await delay(ms, undefined, { signal: this.abort.signal }).catch(() => undefined);
  }

  private async followFrom(after: Position): Promise<void> {
    const { store, batchSize = 500 } = this.options;
    for await (const batch of store.subscribe({ after, batchSize, signal: this.abort.signal })) {
      await this.take(batch);
      if (this.alive.length === 0) return;
      // Requests are served between batches: catching up must not stand in their way.
      await nextTurn();
    }
  }

  /** One batch into every view that is still running. Views may stand at different places; each takes what it lacks. */
  private async take(batch: readonly RecordedEvent[]): Promise<void> {
    const last = batch.at(-1)?.position ?? START;
    const changes = new Map<View, Changes>();
    for (const view of this.alive) {
      const from = this.checkpoints.get(view) ?? START;
      if (comparePositions(last, from) <= 0) continue;
      const fresh = comparePositions(from, batch[0]?.position ?? START) < 0 ? batch : after(batch, from);
      try {
        changes.set(view, await foldBatch(this.options.db, view, fresh, this.options.lens));
      } catch (error) {
        if (!(error instanceof PoisonEvent)) throw error;
        await this.stopAt(view, batch, error);
      }
    }
    await this.write(changes, last);
    this.options.onProjected?.(new Set(batch.map(event => categoryOf(event.streamId))));
  }

  private async write(changes: ReadonlyMap<View, Changes>, to: Position): Promise<void> {
    if (changes.size === 0) return;
    await this.options.db.transaction().execute(async transaction => {
      await beOnlyWriter(transaction);
      await writeChanges(transaction, changes);
      for (const [from, views] of this.byCheckpoint([...changes.keys()]))
        await moveCheckpoints(transaction, views, from, to);
    });
    for (const view of changes.keys()) this.checkpoints.set(view, to);
    this.waiters.advance(this.position);
  }

  private byCheckpoint(views: readonly View[]): Map<Position, string[]> {
    const groups = new Map<Position, string[]>();
    for (const view of views) {
      const from = this.checkpoints.get(view) ?? START;
      groups.set(from, [...(groups.get(from) ?? []), view.table]);
    }
    return groups;
  }

  /** The view keeps what came before the poison, and stands still from there on, for all to see. */
  private async stopAt(view: View, batch: readonly RecordedEvent[], poison: PoisonEvent): Promise<void> {
    const from = this.checkpoints.get(view) ?? START;
    const good = after(batch, from).filter(event => comparePositions(event.position, poison.event.position) < 0);
    const last = good.at(-1);
    if (last)
      await this.write(
        new Map([[view, await foldBatch(this.options.db, view, good, this.options.lens)]]),
        last.position,
      );
    this.stopped.set(view, poison.message);
    this.waiters.giveUp();
    this.options.onError(poison);
  }

  private stopAll(error: Error): void {
    for (const view of this.alive) this.stopped.set(view, error.message);
    this.waiters.giveUp();
    this.options.onError(error);
  }
}

const after = (batch: readonly RecordedEvent[], position: Position) =>
  batch.filter(event => comparePositions(event.position, position) > 0);

const lowest = (positions: readonly Position[]): Position =>
  positions.reduce((low, position) => (comparePositions(position, low) < 0 ? position : low), positions[0] ?? START);
