import { legalDayOf } from '../kernel/legalDay.js';
import { lastPlannableDay } from '../kernel/plannedDays.js';
import type { RequestContext } from './context.js';
import { apiError } from './errors.js';

/** @throws BAD_USER_INPUT naming the argument, for a legal day more than a year ahead */
export function refuseFarFuture(argument: string, day: string, { services }: Pick<RequestContext, 'services'>): void {
  const latest = lastPlannableDay(legalDayOf(services.clock.now()));
  if (day > latest)
    throw apiError('BAD_USER_INPUT', `${argument} may be ${latest} at the latest, a year from today`, {
      argument,
      rule: 'FAR_FUTURE',
    });
}
