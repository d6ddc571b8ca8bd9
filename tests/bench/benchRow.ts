/** One line of the benchmark table: what Satchel does beside what the bare means underneath can do, in the same run. */
export interface BenchRow {
  readonly name: string;
  readonly ours: number;
  readonly baseline: number;
  readonly unit: string;
  /** Ours as a part of the baseline; where less is better, the caller turns it round. */
  readonly ratio: number;
  /** The ratio to reach. */
  readonly target: number;
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
};
