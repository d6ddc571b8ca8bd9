import type { Position } from '../../kernel/position.js';
import type { ParkedEvent } from './parkedEvents.js';

/** A stream of which a projection takes in nothing more until it is retried; its rows stay as they were before. */
export interface ParkedStream {
  readonly projection: string;
  readonly streamId: string;
  /** How many events wait. */
  readonly events: number;
  /** Of the first of them: the poison. */
  readonly position: Position;
  readonly revision: number;
  readonly type: string;
  readonly reason: string;
  readonly parkedAt: string;
}

const keyOf = (projection: string, streamId: string): string => `${projection} ${streamId}`;

/** What is parked, as one process knows it. */
export class ParkedStreams {
  private readonly streams = new Map<string, ParkedStream>();
  private readonly ids = new Set<string>();
  private readonly positions = new Set<Position>();

  constructor(events: readonly ParkedEvent[] = []) {
    this.add(events);
  }

  /** @param events of each stream in order */
  add(events: readonly ParkedEvent[]): void {
    for (const { projection, streamId, position, revision, type, reason, parkedAt } of events) {
      const key = keyOf(projection, streamId);
      const known = this.streams.get(key);
      const first = { projection, streamId, events: 1, position, revision, type, reason: reason ?? '', parkedAt };
      this.streams.set(key, known ? { ...known, events: known.events + 1 } : first);
      this.ids.add(streamId);
      this.positions.add(position);
    }
  }

  get list(): readonly ParkedStream[] {
    return [...this.streams.values()];
  }

  countOf(projection: string): number {
    return this.list.filter(stream => stream.projection === projection).length;
  }

  has(projection: string, streamId: string): boolean {
    return this.streams.size > 0 && this.streams.has(keyOf(projection, streamId));
  }

  /** Whether any projection lacks events of this stream. */
  hasStream(streamId: string): boolean {
    return this.ids.has(streamId);
  }

  /** Whether the event at this position is among them. */
  hasPosition(position: Position): boolean {
    return this.positions.has(position);
  }
}
