import { ArgsType, Field } from 'type-graphql';
import type { RequestContext } from '../graphql/context.js';
import { refuseFarFuture } from '../graphql/farFuture.js';
import { DateScalar } from '../graphql/scalars.js';
import { refuseReversed } from '../graphql/withinDays.js';

/** Legal days, both included. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

@ArgsType()
export class PeriodArgs implements Period {
  @Field(() => DateScalar, { description: 'First legal day.' })
  from!: string;

  @Field(() => DateScalar, { description: 'Last legal day, included; a year from today at the latest.' })
  to!: string;
}

/** @throws BAD_USER_INPUT for a period that ends before it begins, or far ahead */
export function requirePeriod(period: Period, context: RequestContext): void {
  refuseReversed(period);
  refuseFarFuture('to', period.to, context);
}
