/** One line of the benchmark table: what Satchel does beside what the bare means underneath can do, in the same run. */
export interface BenchRow {
  readonly name: string;
  readonly ours: number;
  readonly baseline: number;
  readonly unit: string;
  /**
   * What is asked for: at least so much of the baseline; or less or no less than so much, whatever the baseline; nothing
   * for a figure that only informs.
   */
  readonly target?: { readonly ratio: number } | { readonly below: number } | { readonly atLeast: number } | undefined;
}

export const ratioOf = ({ ours, baseline }: BenchRow): number => ours / baseline;

/** Whether the target is reached; undefined where there is none. */
export function isMet(row: BenchRow): boolean | undefined {
  if (!row.target) return undefined;
  if ('ratio' in row.target) return ratioOf(row) >= row.target.ratio;
  return 'below' in row.target ? row.ours < row.target.below : row.ours >= row.target.atLeast;
}

/** The value below which this part (0 to 1) of all values lies. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * part;
  const [low, high] = [sorted[Math.floor(place)]!, sorted[Math.ceil(place)]!];
  return low + (high - low) * (place - Math.floor(place));
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);
