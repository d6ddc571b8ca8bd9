import type { ReadModel } from '../database/readModel.js';
import type { RecordedEvent } from '../eventstore/port.js';
import { lowest, type Position } from '../kernel/position.js';
import { BEGINNING, type Place, readCheckpoints } from './checkpoints.js';
import { landmarkOf } from './history.js';
import { type ParkedEvent, readParkedEvents } from './parking/parkedEvents.js';
import { ParkedStreams } from './parking/parkedStreams.js';
import type { View } from './view.js';
import { Waiters } from './waiters.js';

/** What became of the checkpoints since they were last looked at. */
export type Movement = 'none' | 'further' | 'renewed';

/** How far each view has come, what it has set aside, and which have stopped for good, as this process knows it. */
export class Progress {
  private readonly places = new Map<View, Place>();
  private readonly stopped = new Map<View, string>();
  private parkedStreams = new ParkedStreams();
  private readonly waiters = new Waiters();

  constructor(
    private readonly db: ReadModel,
    readonly views: readonly View[],
  ) {}

  /** Position up to which every view holds every event, but for those that are parked. */
  get position(): Position {
    return lowest([...this.places.values()].map(({ position }) => position));
  }

  placeOf(view: View): Place {
    return this.places.get(view) ?? BEGINNING;
  }

  get parked(): ParkedStreams {
    return this.parkedStreams;
  }

  /** Views that have not stopped. */
  get running(): readonly View[] {
    return this.views.filter(view => !this.stopped.has(view));
  }

  /** Why a view stands still for good; undefined while it runs. */
  failureOf(view: View): string | undefined {
    return this.stopped.get(view);
  }

  /** The same of any of them. */
  get failure(): string | undefined {
    return this.stopped.values().next().value;
  }

  /** True once every view holds the event at `position`; false when `timeoutMs` passes first, or a view stops. */
  wait(position: Position, timeoutMs: number): Promise<boolean> {
    return this.waiters.wait(position, timeoutMs);
  }

  /** To be called once what was moved can be read everywhere. */
  tellWaiting(): void {
    this.waiters.advance(this.position);
  }

  /** Whoever waits is told that it does not come. */
  giveUp(): void {
    this.waiters.giveUp();
  }

  /**
   * Reads from the database whether any has moved on, or what stands in a table was changed besides. What another
   * version of a view has taken in says nothing about this one.
   */
  async load(): Promise<Movement> {
    const stored = await readCheckpoints(this.db);
    let movement: Movement = 'none';
    for (const view of this.views) {
      const found = stored.get(view.table);
      const place = found?.version === view.version ? found : BEGINNING;
      const { position, epoch } = this.placeOf(view);
      if (place.epoch !== epoch) movement = 'renewed';
      else if (place.position !== position && movement === 'none') movement = 'further';
      this.places.set(view, place);
    }
    await this.loadParked();
    return movement;
  }

  async loadParked(): Promise<void> {
    this.parkedStreams = new ParkedStreams(await readParkedEvents(this.db, this.views));
  }

  /** Notes what was written, up to the last event of a batch. */
  moved(views: Iterable<View>, last: RecordedEvent, parked: readonly ParkedEvent[]): void {
    const reached = { position: last.position, landmark: landmarkOf(last) };
    for (const view of views) this.places.set(view, { ...this.placeOf(view), ...reached });
    this.parkedStreams.add(parked);
  }

  stop(views: readonly View[], reason: string): void {
    for (const view of views) this.stopped.set(view, reason);
    this.giveUp();
  }

  /** How far they have come says nothing about this log. */
  startOver(): void {
    for (const view of this.views) this.places.set(view, BEGINNING);
  }
}
