import { UsageError } from './errors.js';

const SECONDS: Readonly<Record<string, number>> = { m: 60, h: 3600, d: 86_400 };
const LONGEST = 366 * 86_400;

/** Seconds of `30m`, `12h` or `90d`. @throws UsageError */
export function parseDuration(text: string): number {
  const [, digits, unit] = /^(\d{1,5})([mhd])$/.exec(text) ?? [];
  const seconds = Number(digits) * (SECONDS[unit ?? ''] ?? Number.NaN);
  if (seconds > 0 && seconds <= LONGEST) return seconds;
  throw new UsageError('a time must be written as 30m, 12h or 90d, and be at most 366 days');
}
