import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises';
import { isOutage, isOutOfRoom } from '../database/outage.js';
import { LogPutBack, NoSuchPosition, StoreUnavailable } from '../eventstore/errors.js';
import { comparePositions, highest, lowest, type Position } from '../kernel/position.js';
import { CheckpointMoved } from './checkpoints.js';
import { OtherHistory, otherHistory, requireNotAhead, requireSameHistory } from './history.js';
import { Intake } from './intake.js';
import { alwaysLeads, type Leadership, LeadershipLost, type News, type Term } from './leadership.js';
import { OutageBackoff } from './outageBackoff.js';
import type { ParkedStream } from './parking/parkedStreams.js';
import { Progress } from './progress.js';
import type { BatchWatch, ProjectionStatus, RunnerOptions } from './runnerOptions.js';
import { Slices } from './slices.js';
import { prepareTables } from './tables.js';
import { whenStoreIsAway } from './whenStoreIsAway.js';
import { whenTablesChange } from './whenTablesChange.js';

const unwatched: BatchWatch = (_batch, take) => take();

const RESUBSCRIBE_AFTER_MS = 100;

/** The store or the database fails for now: the same again may succeed later. */
const passes = (error: unknown): error is Error => error instanceof StoreUnavailable || isOutage(error);

/**
 * Keeps the read models up with the store, while this process leads: rows and checkpoints of a batch move in one
 * transaction. Otherwise it watches how far the leader has come.
 */
export class ProjectionRunner {
  private readonly progress: Progress;
  private readonly intake: Intake;
  /** Why all of them wait, until that is over. */
  private outage: string | undefined;
  private readonly backoff = new OutageBackoff();
  private readonly slices: Slices;
  private readonly abort = new AbortController();
  private running: Promise<void> = Promise.resolve();
  readonly leadership: Leadership;
  /** The one whose checkpoints are loaded. */
  private term: Term | undefined;

  constructor(private readonly options: RunnerOptions) {
    this.leadership = options.leadership ?? alwaysLeads;
    this.slices = new Slices(options.sliceMs);
    this.progress = new Progress(options.db, options.views);
    const onWritten = () => {
      this.outage = undefined;
      this.backoff.progressed();
    };
    this.intake = new Intake({ ...options, onWritten }, this.progress);
  }

  /** Makes missing tables and begins to follow the store, or whoever leads. */
  async start(): Promise<void> {
    this.term = await this.leadership.tryLead();
    await prepareTables(this.options.db, this.options.views, this.term);
    await this.progress.load();
    this.running = this.follow();
  }

  /** Ends after the batch under way. */
  async stop(): Promise<void> {
    this.abort.abort();
    await this.running;
    this.progress.giveUp();
  }

  /** Position up to which every view holds every event, but for those that are parked; a view that stopped holds the rest back. */
  get position(): Position {
    return this.progress.position;
  }

  /** What each projection has set aside, so that the rest goes on. */
  get parked(): readonly ParkedStream[] {
    return this.progress.parked.list;
  }

  /** Whether a read model lacks events of this stream, and lacks them until someone retries it. */
  isParked(streamId: string): boolean {
    return this.progress.parked.hasStream(streamId);
  }

  /** The same for the event at this position. */
  isParkedAt(position: Position): boolean {
    return this.progress.parked.hasPosition(position);
  }

  /** True once every view holds the event at `position`; false when `timeoutMs` passes first, or a view has stopped. */
  async reached(position: Position, timeoutMs: number): Promise<boolean> {
    if (comparePositions(this.position, position) >= 0) return true;
    if (this.failure !== undefined || this.abort.signal.aborted) return false;
    return this.progress.wait(position, timeoutMs);
  }

  /** Looks at what others have parked or taken in meanwhile. */
  async refresh(): Promise<void> {
    await this.progress.loadParked();
    this.options.onProjected?.();
  }

  /** Why a projection stands still for good; undefined while all run. */
  get failure(): string | undefined {
    return this.progress.failure;
  }

  status(): readonly ProjectionStatus[] {
    return this.options.views.map(view => {
      const failure = this.progress.failureOf(view);
      const reason = failure ?? this.outage;
      return {
        name: view.table,
        version: view.version,
        position: this.progress.placeOf(view).position,
        parkedStreams: this.progress.parked.countOf(view.table),
        ...(reason ? { stopped: reason, isWaiting: failure === undefined } : {}),
      };
    });
  }

  private get hasEnded(): boolean {
    return this.abort.signal.aborted || this.progress.running.length === 0;
  }

  /** Follows the store, or whoever leads, until told to stop. */
  private async follow(): Promise<void> {
    while (!this.hasEnded)
      try {
        const term = await this.leadership.lead(this.abort.signal, news => this.goOnFromStoredCheckpoints(news));
        if (!term) break;
        await this.leadFor(term);
        await this.beforeResubscribing();
      } catch (error) {
        // Another runner has moved the checkpoints, and this one begins again from where they are.
        if (error instanceof CheckpointMoved || error instanceof LeadershipLost) this.term = undefined;
        else if (passes(error) && !this.stopsFor(error)) await this.sitOut(error);
        else if (error instanceof LogPutBack || error instanceof NoSuchPosition)
          this.stopAll(otherHistory('The read model', error));
        else this.stopAll(error as Error);
      }
    await this.leadership.resign();
  }

  private stopsFor(error: Error): boolean {
    return this.options.stopsWithoutRoom === true && isOutOfRoom(error);
  }

  private async leadFor(term: Term): Promise<void> {
    if (term !== this.term) {
      await prepareTables(this.options.db, this.options.views, term);
      await this.goOnFromStoredCheckpoints();
      this.term = term;
    }
    const places = this.progress.running.map(view => this.progress.placeOf(view));
    const positions = places.map(({ position }) => position);
    // Each time that a subscription was lost, the store that answers may be another one, put back from an older copy.
    await requireNotAhead('The read model', highest(positions), this.options.store);
    const landmarks = places.map(({ landmark }) => landmark);
    await requireSameHistory('The read model', landmarks, this.options.store);
    await this.followFrom(lowest(positions), term);
  }

  /**
   * Waits until store and database answer again, and goes on from the stored checkpoints: whether the last batch was
   * written is not known. Meanwhile another process may lead, if they answer there.
   */
  private async sitOut(cause: Error): Promise<void> {
    // One outage is told once, however often it is tried again.
    if (this.outage !== cause.message) this.options.onError(cause);
    this.outage = cause.message;
    this.term = undefined;
    await this.leadership.resign();
    while (!this.abort.signal.aborted)
      try {
        await this.pause(this.backoff.next());
        const head = await this.options.store.head();
        await this.goOnFromStoredCheckpoints();
        // With something left to write, it is over when that is written.
        if (comparePositions(this.position, head) >= 0) this.outage = undefined;
        return;
      } catch (error) {
        if (!passes(error)) return this.stopAll(error as Error);
      }
  }

  /** What another runner has written can be read: whoever waits for it is told, and whoever holds what was read before. */
  private async goOnFromStoredCheckpoints(news: News = 'quiet'): Promise<void> {
    const movement = await this.progress.load();
    if (movement !== 'none') this.outage = undefined;
    // A retry, or tables that were built anew, touch more than the events that were told of.
    if (typeof news === 'object' && movement !== 'renewed') this.options.onProjected?.(news);
    else if (movement !== 'none' || news === 'missed') this.options.onProjected?.();
    this.progress.tellWaiting();
  }

  /** A subscription that ends by itself was dropped; a store that is closed says so here, and is not asked again. */
  private async beforeResubscribing(): Promise<void> {
    if (this.hasEnded) return;
    await this.options.store.head();
    await this.pause(RESUBSCRIBE_AFTER_MS);
  }

  private async pause(ms: number): Promise<void> {
    await delay(ms, undefined, { signal: this.abort.signal }).catch(() => undefined);
  }

  private async followFrom(after: Position, term: Term): Promise<void> {
    const left = new AbortController();
    const signal = AbortSignal.any([this.abort.signal, term.over, left.signal]);
    const { db, views, store } = this.options;
    // Not waited for at the end: a server that hangs is asked for long.
    if (this.leadership !== alwaysLeads) void whenStoreIsAway(store, signal).then(away => away && left.abort(away));
    const watching = whenTablesChange(db, views, view => this.progress.placeOf(view), signal).then(
      changed => changed && left.abort(changed),
    );
    try {
      await this.takeFrom(after, term, signal);
    } finally {
      left.abort();
      await watching;
    }
    const { reason } = left.signal;
    if (reason instanceof CheckpointMoved || reason instanceof StoreUnavailable) throw reason;
  }

  private async takeFrom(after: Position, term: Term, signal: AbortSignal): Promise<void> {
    const { store, batchSize = 500, watch = unwatched } = this.options;
    for await (const batch of store.subscribe({ after, batchSize, signal }))
      for (let rest = batch; rest.length > 0; ) {
        const slice = this.slices.next(rest);
        const before = performance.eventLoopUtilization();
        await watch(slice, () => this.intake.take(slice, term));
        this.slices.took(slice.length, performance.eventLoopUtilization(before).active);
        if (this.progress.running.length === 0) return;
        // Requests are served in between: catching up must not stand in their way.
        await nextTurn();
        rest = rest.slice(slice.length);
      }
  }

  private stopAll(error: Error): void {
    if (error instanceof OtherHistory) this.progress.startOver();
    this.progress.stop(this.progress.running, error.message);
    this.options.onError(error);
  }
}
