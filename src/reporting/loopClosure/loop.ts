import type { ReadModel } from '../../database/readModel.js';
import type { Period } from '../periodArgs.js';

export interface Loop {
  readonly raised: number;
  readonly closed: number;
  /** Absent when none was closed. */
  readonly medianDays?: number;
}

/** The one in the middle; of two, what lies between them. */
export function medianOf(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  const [lower, upper] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return lower === undefined || upper === undefined ? undefined : (lower + upper) / 2;
}

/** What became of the needs that were raised in a period, by the station that they belong to. */
export async function loopOf(db: ReadModel, units: readonly string[], { from, to }: Period): Promise<Loop> {
  const needs = await db
    .selectFrom('need')
    .select(['loopClosed', 'daysToClose'])
    .where('orgUnitId', 'in', units)
    .where('raisedOn', '>=', from)
    .where('raisedOn', '<=', to)
    .execute();
  const closed = needs.filter(({ loopClosed }) => loopClosed === 1);
  const medianDays = medianOf(closed.map(({ daysToClose }) => Number(daysToClose)));
  return { raised: needs.length, closed: closed.length, ...(medianDays === undefined ? {} : { medianDays }) };
}
