/** Small enough to be no burden on the slowest of machines, large enough that a transaction for it is worth while. */
const FEWEST = 25;

/**
 * Cuts a batch into slices, each of which keeps the process from its requests for about so long: how many events that is
 * shows as they are taken in.
 */
export class Slices {
  private size = FEWEST;

  /** @param targetMs undefined for no slices: a process that serves nobody */
  constructor(private readonly targetMs: number | undefined) {}

  /** The next events of a batch. */
  next<T>(rest: readonly T[]): readonly T[] {
    return this.targetMs === undefined ? rest : rest.slice(0, this.size);
  }

  /** @param busyMs how long the process was busy meanwhile */
  took(count: number, busyMs: number): void {
    // A short one says nothing of a long one: most of its time goes into the transaction.
    if (this.targetMs === undefined || count < FEWEST) return;
    const fitting = (count * this.targetMs) / Math.max(busyMs, 0.1);
    // At most twice as many as were tried.
    this.size = Math.max(FEWEST, Math.floor(Math.min(fitting, 2 * count)));
  }
}
