import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises';
import { beOnlyWriter } from '../database/differences.js';
import { isOutage, isOutOfRoom, isUnstorable } from '../database/outage.js';
import { LogPutBack, StoreUnavailable } from '../eventstore/errors.js';
import type { RecordedEvent } from '../eventstore/port.js';
import { categoryOf } from '../kernel/ids.js';
import { comparePositions, type Position, START } from '../kernel/position.js';
import { ReadModelAhead, requireNotAhead } from './ahead.js';
import { BEGINNING, CheckpointMoved, moveCheckpoints, type Place, readCheckpoints } from './checkpoints.js';
import { alwaysLeads, type Leadership, LeadershipLost, type News, type Term } from './leadership.js';
import { OutageBackoff } from './outageBackoff.js';
import { ProjectionBroken, StreamParked } from './parking/errors.js';
import { foldOrPark, type Taken } from './parking/foldOrPark.js';
import { type ParkedEvent, park, parkedEvent, readParkedEvents } from './parking/parkedEvents.js';
import { type ParkedStream, ParkedStreams } from './parking/parkedStreams.js';
import { PoisonEvent, writeChanges } from './project.js';
import type { BatchWatch, ProjectionStatus, RunnerOptions } from './runnerOptions.js';
import { Slices } from './slices.js';
import { prepareTables } from './tables.js';
import type { View } from './view.js';
import { Waiters } from './waiters.js';
import { whenTablesChange } from './whenTablesChange.js';

const unwatched: BatchWatch = (_batch, take) => take();

const RESUBSCRIBE_AFTER_MS = 100;

/** What became of the checkpoints since they were last looked at. */
type Movement = 'none' | 'further' | 'renewed';

/** The store or the database fails for now: the same again may succeed later. */
const passes = (error: unknown): error is Error => error instanceof StoreUnavailable || isOutage(error);

/**
 * Keeps the read models up with the store, while this process leads: rows and checkpoints of a batch move in one
 * transaction. Otherwise it watches how far the leader has come.
 */
export class ProjectionRunner {
  private readonly checkpoints = new Map<View, Place>();
  private parkedStreams = new ParkedStreams();
  private readonly stopped = new Map<View, string>();
  /** Why all of them wait, until that is over. */
  private outage: string | undefined;
  private readonly backoff = new OutageBackoff();
  private readonly slices: Slices;
  private readonly waiters = new Waiters();
  private readonly abort = new AbortController();
  private running: Promise<void> = Promise.resolve();
  readonly leadership: Leadership;
  /** The one whose checkpoints are loaded. */
  private term: Term | undefined;

  constructor(private readonly options: RunnerOptions) {
    this.leadership = options.leadership ?? alwaysLeads;
    this.slices = new Slices(options.sliceMs);
  }

  /** Makes missing tables and begins to follow the store, or whoever leads. */
  async start(): Promise<void> {
    this.term = await this.leadership.tryLead();
    await prepareTables(this.options.db, this.options.views, this.term);
    await this.loadCheckpoints();
    this.running = this.follow();
  }

  /** Ends after the batch under way. */
  async stop(): Promise<void> {
    this.abort.abort();
    await this.running;
    this.waiters.giveUp();
  }

  /** Position up to which every view holds every event, but for those that are parked; a view that stopped holds the rest back. */
  get position(): Position {
    return lowest([...this.checkpoints.values()].map(({ position }) => position));
  }

  /** What each projection has set aside, so that the rest goes on. */
  get parked(): readonly ParkedStream[] {
    return this.parkedStreams.list;
  }

  /** Whether a read model lacks events of this stream, and lacks them until someone retries it. */
  isParked(streamId: string): boolean {
    return this.parkedStreams.hasStream(streamId);
  }

  /** The same for the event at this position. */
  isParkedAt(position: Position): boolean {
    return this.parkedStreams.hasPosition(position);
  }

  /** True once every view holds the event at `position`; false when `timeoutMs` passes first, or a view has stopped. */
  async reached(position: Position, timeoutMs: number): Promise<boolean> {
    if (comparePositions(this.position, position) >= 0) return true;
    if (this.stopped.size > 0 || this.abort.signal.aborted) return false;
    return this.waiters.wait(position, timeoutMs);
  }

  /** Looks at what others have parked or taken in meanwhile. */
  async refresh(): Promise<void> {
    this.parkedStreams = new ParkedStreams(await readParkedEvents(this.options.db, this.options.views));
    this.options.onProjected?.();
  }

  /** Why a projection stands still for good; undefined while all run. */
  get failure(): string | undefined {
    return this.stopped.values().next().value;
  }

  status(): readonly ProjectionStatus[] {
    return this.options.views.map(view => {
      const reason = this.stopped.get(view) ?? this.outage;
      const isWaiting = reason !== undefined && !this.stopped.has(view);
      return {
        name: view.table,
        version: view.version,
        position: this.placeOf(view).position,
        parkedStreams: this.parkedStreams.countOf(view.table),
        ...(reason ? { stopped: reason, isWaiting } : {}),
      };
    });
  }

  /**
   * Whether any has moved on, or what stands in a table was changed besides. What another version of a view has taken in
   * says nothing about this one.
   */
  private async loadCheckpoints(): Promise<Movement> {
    const { db, views } = this.options;
    const stored = await readCheckpoints(db);
    let movement: Movement = 'none';
    for (const view of views) {
      const found = stored.get(view.table);
      const place = found?.version === view.version ? found : BEGINNING;
      const { position, epoch } = this.placeOf(view);
      if (place.epoch !== epoch) movement = 'renewed';
      else if (place.position !== position && movement === 'none') movement = 'further';
      this.checkpoints.set(view, place);
    }
    this.parkedStreams = new ParkedStreams(await readParkedEvents(db, views));
    return movement;
  }

  private placeOf(view: View): Place {
    return this.checkpoints.get(view) ?? BEGINNING;
  }

  private get alive(): readonly View[] {
    return this.options.views.filter(view => !this.stopped.has(view));
  }

  /** Follows the store, or whoever leads, until told to stop. */
  private async follow(): Promise<void> {
    while (!this.abort.signal.aborted && this.alive.length > 0)
      try {
        const term = await this.leadership.lead(this.abort.signal, news => this.goOnFromStoredCheckpoints(news));
        if (!term) break;
        await this.leadFor(term);
        await this.beforeResubscribing();
      } catch (error) {
        // Another runner has moved the checkpoints, and this one begins again from where they are.
        if (error instanceof CheckpointMoved || error instanceof LeadershipLost) this.term = undefined;
        else if (passes(error) && !this.stopsFor(error)) await this.sitOut(error);
        else if (error instanceof LogPutBack) this.stopAll(new ReadModelAhead('The read model', error.at, error.head));
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
    const places = this.alive.map(view => this.placeOf(view).position);
    // Each time that a subscription was lost, the store that answers may be another one, put back from an older copy.
    await requireNotAhead('The read model', highest(places), this.options.store);
    await this.followFrom(lowest(places), term);
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
    const movement = await this.loadCheckpoints();
    if (movement !== 'none') this.outage = undefined;
    // A retry, or tables that were built anew, touch more than the events that were told of.
    if (typeof news === 'object' && movement !== 'renewed') this.options.onProjected?.(news);
    else if (movement !== 'none' || news === 'missed') this.options.onProjected?.();
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

  private async followFrom(after: Position, { over }: Term): Promise<void> {
    const left = new AbortController();
    const signal = AbortSignal.any([this.abort.signal, over, left.signal]);
    const { db, views } = this.options;
    const watching = whenTablesChange(db, views, view => this.placeOf(view), signal).then(
      changed => changed && left.abort(changed),
    );
    try {
      await this.takeFrom(after, signal);
    } finally {
      left.abort();
      await watching;
    }
    if (left.signal.reason instanceof CheckpointMoved) throw left.signal.reason;
  }

  private async takeFrom(after: Position, signal: AbortSignal): Promise<void> {
    const { store, batchSize = 500, watch = unwatched } = this.options;
    for await (const batch of store.subscribe({ after, batchSize, signal }))
      for (let rest = batch; rest.length > 0; ) {
        const slice = this.slices.next(rest);
        const before = performance.eventLoopUtilization();
        await watch(slice, () => this.take(slice));
        this.slices.took(slice.length, performance.eventLoopUtilization(before).active);
        if (this.alive.length === 0) return;
        // Requests are served in between: catching up must not stand in their way.
        await nextTurn();
        rest = rest.slice(slice.length);
      }
  }

  /** One batch into every view that is still running. Views may stand at different places; each takes what it lacks. */
  private async take(batch: readonly RecordedEvent[]): Promise<void> {
    try {
      await this.write(await this.foldAll(batch), batch);
      this.options.onProjected?.(categoriesOf(batch));
    } catch (error) {
      if (!isUnstorable(error)) throw error;
      // The database refuses a row and does not say of which event: halves, until there is one.
      const half = Math.ceil(batch.length / 2);
      if (half === batch.length) {
        await this.takeOrPark(batch, error);
        this.options.onProjected?.(categoriesOf(batch));
        return;
      }
      await this.take(batch.slice(0, half));
      await this.take(batch.slice(half));
    }
  }

  /** One event into each view by itself: those whose row is refused set it aside. */
  private async takeOrPark(batch: readonly RecordedEvent[], refusal: unknown): Promise<void> {
    for (const [view, taken] of await this.foldAll(batch))
      try {
        await this.write(new Map([[view, taken]]), batch);
      } catch (error) {
        if (!isUnstorable(error)) throw error;
        const parked = batch.map(event =>
          parkedEvent(view.table, event, new PoisonEvent(view.table, event, error ?? refusal).reason),
        );
        await this.write(new Map([[view, { changes: new Map(), parked }]]), batch);
      }
  }

  private async foldAll(batch: readonly RecordedEvent[]): Promise<ReadonlyMap<View, Taken>> {
    const { db, lens } = this.options;
    const [first, last] = [batch[0]?.position ?? START, batch.at(-1)?.position ?? START];
    const all = new Map<View, Taken>();
    for (const view of this.alive) {
      const from = this.placeOf(view).position;
      if (comparePositions(last, from) <= 0) continue;
      const fresh = comparePositions(from, first) < 0 ? batch : after(batch, from);
      all.set(view, await foldOrPark(db, view, fresh, lens, this.parkedStreams));
    }
    return all;
  }

  /** Rows, events set aside and checkpoints, all or none. */
  private async write(taken: ReadonlyMap<View, Taken>, batch: readonly RecordedEvent[]): Promise<void> {
    const to = batch.at(-1)?.position;
    if (taken.size === 0 || to === undefined) return;
    const views = [...taken.keys()];
    const parked = [...taken.values()].flatMap(each => each.parked);
    const { term } = this;
    if (!term) throw new LeadershipLost('This process does not lead');
    await this.options.db.transaction().execute(async transaction => {
      await beOnlyWriter(transaction, this.options.beside);
      await term.fence(transaction, categoriesOf(batch));
      await writeChanges(transaction, new Map([...taken].map(([view, { changes }]) => [view, changes])));
      await park(transaction, parked);
      for (const [from, tables] of this.byCheckpoint(views)) await moveCheckpoints(transaction, tables, from, to);
    });
    this.outage = undefined;
    this.backoff.progressed();
    for (const view of views) this.checkpoints.set(view, { ...this.placeOf(view), position: to });
    this.parkedStreams.add(parked);
    for (const view of views) this.tellOfParked(view, taken.get(view)?.parked ?? []);
    this.waiters.advance(this.position);
  }

  private byCheckpoint(views: readonly View[]): ReadonlyMap<Place, readonly string[]> {
    const groups = new Map<string, [Place, string[]]>();
    for (const view of views) {
      const from = this.placeOf(view);
      const key = `${from.position} ${from.epoch}`;
      groups.set(key, [from, [...(groups.get(key)?.[1] ?? []), view.table]]);
    }
    return new Map(groups.values());
  }

  /** Loud once for each stream; a view that sets aside more and more is stopped. */
  private tellOfParked(view: View, parked: readonly ParkedEvent[]): void {
    for (const { type, eventId, streamId, reason } of parked)
      if (reason !== null)
        this.options.onError(new StreamParked(view.table, streamId, `${type} ${eventId}: ${reason}`));
    const { mostParkedStreams = 1000 } = this.options;
    if (parked.length === 0 || this.parkedStreams.countOf(view.table) <= mostParkedStreams) return;
    const reason = `it cannot take in more than ${mostParkedStreams} streams: it is broken, and not the events`;
    this.stopped.set(view, reason);
    this.waiters.giveUp();
    this.options.onError(new ProjectionBroken(`${view.table} has stopped: ${reason}`));
  }

  private stopAll(error: Error): void {
    for (const view of this.alive) this.stopped.set(view, error.message);
    // How far they have come says nothing about this log.
    if (error instanceof ReadModelAhead) for (const view of this.options.views) this.checkpoints.set(view, BEGINNING);
    this.waiters.giveUp();
    this.options.onError(error);
  }
}

const categoriesOf = (batch: readonly RecordedEvent[]): ReadonlySet<string> =>
  new Set(batch.map(event => categoryOf(event.streamId)));

const after = (batch: readonly RecordedEvent[], position: Position) =>
  batch.filter(event => comparePositions(event.position, position) > 0);

const lowest = (positions: readonly Position[]): Position =>
  positions.reduce((low, position) => (comparePositions(position, low) < 0 ? position : low), positions[0] ?? START);

const highest = (positions: readonly Position[]): Position =>
  positions.reduce((high, position) => (comparePositions(position, high) > 0 ? position : high), START);
