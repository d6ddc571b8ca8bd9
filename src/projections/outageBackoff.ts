const FIRST_MS = 500;
const LONGEST_MS = 10_000;

/**
 * How long to wait before the next try in an outage: twice as long each time. That reading works again is no progress
 * yet, since writing may fail still, as on a full disk: only what was written is.
 */
export class OutageBackoff {
  private ms = FIRST_MS;

  /** Milliseconds. */
  next(): number {
    const { ms } = this;
    this.ms = Math.min(2 * ms, LONGEST_MS);
    return ms;
  }

  progressed(): void {
    this.ms = FIRST_MS;
  }
}
