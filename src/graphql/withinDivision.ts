import type { RowQuery } from './connection.js';
import { apiError } from './errors.js';

/**
 * Only rows whose `divisionCode` is this division or lies in it; all of them without a code.
 * @throws BAD_USER_INPUT for what is no division code
 */
export function withinDivision(query: RowQuery, code: string | undefined): RowQuery {
  if (code === undefined || code === null) return query;
  if (!/^(\d{2}|\d{4}|\d{6}|\d{9}|\d{12})$/.test(code))
    throw apiError('BAD_USER_INPUT', 'divisionCode must be a division code of 2, 4, 6, 9 or 12 digits', {
      argument: 'divisionCode',
    });
  return query.where('divisionCode', 'like', `${code}%`);
}
