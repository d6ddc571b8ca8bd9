import { comparePositions, type Position } from '../../kernel/position.js';
import type { RecordedEvent } from '../port.js';

/** Events that one who follows holds at a time: few, for there may be thousands who follow. */
export const BATCH_SIZE = 100;

/** Events at hand: the last ones, counted from when the tail began. */
export class AtHand {
  private events: RecordedEvent[] = [];
  /** Events that were let go; the first one at hand has this number. */
  private dropped = 0;

  constructor(
    private readonly kept: number,
    /** Everything behind this position is at hand. */
    private from: Position,
  ) {}

  /** Position up to which events have been seen. */
  get to(): Position {
    return this.events.at(-1)?.position ?? this.from;
  }

  add(batch: readonly RecordedEvent[]): void {
    this.events.push(...batch);
    // Letting go of many at once is cheaper than of one each time.
    const excess = this.events.length - this.kept;
    if (excess < Math.max(1, this.kept / 10)) return;
    this.from = this.events[excess - 1]!.position;
    this.events.splice(0, excess);
    this.dropped += excess;
  }

  /** Number of the first event behind a position; nothing when it may have been let go. */
  numberBehind(position: Position): number | undefined {
    if (comparePositions(position, this.from) < 0) return undefined;
    let [low, high] = [0, this.events.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (comparePositions(this.events[middle]!.position, position) <= 0) low = middle + 1;
      else high = middle;
    }
    return this.dropped + low;
  }

  /** The next events from a number on; nothing when some of them were let go. */
  startingAt(number: number): readonly RecordedEvent[] | undefined {
    const start = number - this.dropped;
    return start < 0 ? undefined : this.events.slice(start, start + BATCH_SIZE);
  }
}
