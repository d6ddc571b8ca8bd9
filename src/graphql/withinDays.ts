import type { RowQuery } from './connection.js';
import { apiError } from './errors.js';

/** Legal days, both included; either end may be open. A variable that is null arrives as null, and means the same. */
export interface Days {
  readonly from?: string | null | undefined;
  readonly to?: string | null | undefined;
}

/** What the arguments of a period are called. */
type Names = Readonly<Record<keyof Days, string>>;

const FROM_TO: Names = { from: 'from', to: 'to' };

/** @throws BAD_USER_INPUT for a period that ends before it begins */
export function refuseReversed({ from, to }: Days, names: Names = FROM_TO): void {
  if (from && to && from > to)
    throw apiError('BAD_USER_INPUT', `${names.to} must not be before ${names.from}`, {
      argument: names.to,
      rule: 'PERIOD_REVERSED',
    });
}

/**
 * Leaves the rows of a period.
 * @param column holds a legal day
 * @throws BAD_USER_INPUT for a period that ends before it begins
 */
export function withinDays(rows: RowQuery, column: string, days: Days, names?: Names): RowQuery {
  refuseReversed(days, names);
  const begun = days.from ? rows.where(column, '>=', days.from) : rows;
  return days.to ? begun.where(column, '<=', days.to) : begun;
}
