import { median } from './benchRow.js';

/** One of two sides that are measured in turn. */
export interface Side<Work> {
  run(work: Work): Promise<void>;
}

export interface Rates {
  /** Medians, per second. */
  readonly ours: number;
  readonly baseline: number;
}

export interface RoundsOptions<Work> {
  readonly rounds: number;
  /** Units of work in a round. */
  readonly size: number;
  /** The work of a round: the same for both sides, or what each needs of it. */
  readonly work: (round: number) => Work;
  readonly ours: Side<Work>;
  readonly baseline: Side<Work>;
}

/** Both sides in turn, the other first each time, so that whatever else the machine does meets both. */
export async function inTurn<Work>(options: RoundsOptions<Work>): Promise<Rates> {
  const { rounds, size, work, ours, baseline } = options;
  const rates: Record<'ours' | 'baseline', number[]> = { ours: [], baseline: [] };
  // The first round fills caches and compiles.
  for (let round = 0; round <= rounds; round++) {
    const todo = work(round);
    for (const side of round % 2 === 0 ? (['ours', 'baseline'] as const) : (['baseline', 'ours'] as const)) {
      const seconds = await secondsOf(() => (side === 'ours' ? ours : baseline).run(todo));
      if (round > 0) rates[side].push(size / seconds);
    }
  }
  return { ours: median(rates.ours), baseline: median(rates.baseline) };
}

export async function secondsOf(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1_000;
}

/** Runs tasks with so many under way at any time. */
export async function inFlight(count: number, tasks: readonly (() => Promise<unknown>)[]): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < tasks.length) await tasks[next++]!();
  };
  await Promise.all(Array.from({ length: count }, worker));
}
