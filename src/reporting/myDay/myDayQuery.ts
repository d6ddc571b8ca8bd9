import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import { requireRole } from '../../access/authorise.js';
import type { RequestContext } from '../../graphql/context.js';
import { refuseFarFuture } from '../../graphql/farFuture.js';
import { DateScalar } from '../../graphql/scalars.js';
import { legalDayOf } from '../../kernel/legalDay.js';
import { DAY_WORKERS } from './dayLists.js';
import { MyDayType } from './myDayType.js';

@Resolver()
export class MyDayQueries {
  @Query(() => MyDayType, {
    nullable: true,
    description: 'What you have before you on a day. For who serves at a station, and for mediators.',
  })
  myDay(
    @Arg('date', () => DateScalar, {
      nullable: true,
      description: 'Legal day, a year from today at the latest; today, if left out.',
    })
    date: string | undefined,
    @Ctx() context: RequestContext,
  ): MyDayType {
    requireRole(context.viewer, DAY_WORKERS, 'myDay');
    const day = date ?? legalDayOf(context.services.clock.now());
    refuseFarFuture('date', day, context);
    return new MyDayType(day);
  }
}
