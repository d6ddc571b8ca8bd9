import { addMonths, legalDayOf } from '../kernel/legalDay.js';
import type { RequestContext } from './context.js';
import { apiError } from './errors.js';

/** Nothing is planned further ahead: a day behind it is a year that was typed wrongly. */
const MOST_MONTHS_AHEAD = 12;

/** @throws BAD_USER_INPUT naming the argument, for a legal day more than a year ahead */
export function refuseFarFuture(argument: string, day: string, { services }: Pick<RequestContext, 'services'>): void {
  const latest = addMonths(legalDayOf(services.clock.now()), MOST_MONTHS_AHEAD);
  if (day > latest)
    throw apiError('BAD_USER_INPUT', `${argument} may be ${latest} at the latest, a year from today`, {
      argument,
      rule: 'FAR_FUTURE',
    });
}
