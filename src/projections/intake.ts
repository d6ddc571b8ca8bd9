import { beOnlyWriter } from '../database/differences.js';
import { isUnstorable } from '../database/outage.js';
import type { RecordedEvent } from '../eventstore/port.js';
import { categoryOf } from '../kernel/ids.js';
import { comparePositions, type Position, START } from '../kernel/position.js';
import { moveCheckpoints, type Place } from './checkpoints.js';
import type { Term } from './leadership.js';
import { ProjectionBroken, StreamParked } from './parking/errors.js';
import { foldOrPark, type Taken } from './parking/foldOrPark.js';
import { type ParkedEvent, park, parkedEvent } from './parking/parkedEvents.js';
import type { Progress } from './progress.js';
import { PoisonEvent, writeChanges } from './project.js';
import type { RunnerOptions } from './runnerOptions.js';
import type { View } from './view.js';

export interface IntakeOptions
  extends Pick<RunnerOptions, 'db' | 'lens' | 'beside' | 'mostParkedStreams' | 'onError' | 'onProjected'> {
  /** Told of each transaction that was committed, before anyone who waits for it. */
  readonly onWritten: () => void;
}

/**
 * Takes events into the views: rows and checkpoints of a batch move in one transaction, and what a view cannot take in
 * is set aside in the same one.
 */
export class Intake {
  constructor(
    private readonly options: IntakeOptions,
    private readonly progress: Progress,
  ) {}

  /**
   * One batch into every view that is still running. Views may stand at different places; each takes what it lacks.
   * @throws CheckpointMoved, LeadershipLost, and what `isOutage` knows: nothing of what was under way was written
   */
  async take(batch: readonly RecordedEvent[], term: Term): Promise<void> {
    try {
      await this.write(await this.foldAll(batch), batch, term);
      this.options.onProjected?.(categoriesOf(batch));
    } catch (error) {
      if (!isUnstorable(error)) throw error;
      // The database refuses a row and does not say of which event: halves, until there is one.
      const half = Math.ceil(batch.length / 2);
      if (half === batch.length) {
        await this.takeOrPark(batch, term);
        this.options.onProjected?.(categoriesOf(batch));
        return;
      }
      await this.take(batch.slice(0, half), term);
      await this.take(batch.slice(half), term);
    }
  }

  /** One event into each view by itself: those whose row is refused set it aside. */
  private async takeOrPark(batch: readonly RecordedEvent[], term: Term): Promise<void> {
    for (const [view, taken] of await this.foldAll(batch))
      try {
        await this.write(new Map([[view, taken]]), batch, term);
      } catch (error) {
        if (!isUnstorable(error)) throw error;
        const parked = batch.map(event =>
          parkedEvent(view.table, event, new PoisonEvent(view.table, event, error).reason),
        );
        await this.write(new Map([[view, { changes: new Map(), parked }]]), batch, term);
      }
  }

  private async foldAll(batch: readonly RecordedEvent[]): Promise<ReadonlyMap<View, Taken>> {
    const { db, lens } = this.options;
    const [first, last] = [batch[0]?.position ?? START, batch.at(-1)?.position ?? START];
    const all = new Map<View, Taken>();
    for (const view of this.progress.running) {
      const from = this.progress.placeOf(view).position;
      if (comparePositions(last, from) <= 0) continue;
      const fresh = comparePositions(from, first) < 0 ? batch : after(batch, from);
      all.set(view, await foldOrPark(db, view, fresh, lens, this.progress.parked));
    }
    return all;
  }

  /** Rows, events set aside and checkpoints, all or none. */
  private async write(taken: ReadonlyMap<View, Taken>, batch: readonly RecordedEvent[], term: Term): Promise<void> {
    const last = batch.at(-1);
    if (taken.size === 0 || last === undefined) return;
    const views = [...taken.keys()];
    const parked = [...taken.values()].flatMap(each => each.parked);
    await this.options.db.transaction().execute(async transaction => {
      await beOnlyWriter(transaction, this.options.beside);
      await term.fence(transaction, categoriesOf(batch));
      await writeChanges(transaction, new Map([...taken].map(([view, { changes }]) => [view, changes])));
      await park(transaction, parked);
      for (const [from, tables] of this.byCheckpoint(views)) await moveCheckpoints(transaction, tables, from, last);
    });
    this.options.onWritten();
    this.progress.moved(views, last, parked);
    for (const view of views) this.tellOfParked(view, taken.get(view)?.parked ?? []);
    this.progress.tellWaiting();
  }

  private byCheckpoint(views: readonly View[]): ReadonlyMap<Place, readonly string[]> {
    const groups = new Map<string, [Place, string[]]>();
    for (const view of views) {
      const from = this.progress.placeOf(view);
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
    if (parked.length === 0 || this.progress.parked.countOf(view.table) <= mostParkedStreams) return;
    const reason = `it cannot take in more than ${mostParkedStreams} streams: it is broken, and not the events`;
    this.progress.stop([view], reason);
    this.options.onError(new ProjectionBroken(`${view.table} has stopped: ${reason}`));
  }
}

const categoriesOf = (batch: readonly RecordedEvent[]): ReadonlySet<string> =>
  new Set(batch.map(event => categoryOf(event.streamId)));

const after = (batch: readonly RecordedEvent[], position: Position) =>
  batch.filter(event => comparePositions(event.position, position) > 0);
