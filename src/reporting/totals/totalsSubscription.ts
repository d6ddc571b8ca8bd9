import { Args, ArgsType, Field, ID, Resolver, Root, Subscription } from 'type-graphql';
import { requireRole } from '../../access/authorise.js';
import { TOTALS_READERS } from '../../access/roles.js';
import type { RequestContext } from '../../graphql/context.js';
import { checkAfter } from '../../graphql/following.js';
import { comparePositions } from '../../kernel/position.js';
import { unitsInSight } from '../unitsInSight.js';
import { TotalsChangeType } from './totalsChangeType.js';
import { decodeTotalsCursor } from './totalsCursor.js';
import { followTotals } from './totalsFeed.js';

@ArgsType()
class TotalsChangedArgs {
  @Field(() => String, {
    nullable: true,
    description: 'Cursor of the last totals that the client has: tells at once if they are others by now.',
  })
  after?: string | null;

  @Field(() => ID, { nullable: true, description: 'The unit, with all below it; your own, if left out.' })
  orgUnitId?: string | null;
}

/** @throws Forbidden, NotFound, GraphQLError before anything is sent */
async function openTotalsChanged(context: RequestContext, { after, orgUnitId }: TotalsChangedArgs) {
  const { services, viewer, signal } = context;
  requireRole(viewer, TOTALS_READERS, 'totalsChanged');
  const unitId = orgUnitId ?? viewer.orgUnitId;
  const sight = await unitsInSight(context, TOTALS_READERS, unitId);
  const had = after ? decodeTotalsCursor(after, unitId) : undefined;
  if (had) await checkAfter(services.store, had.position);

  return (async function* () {
    let last: Pick<TotalsChangeType, 'digest' | 'position'> | undefined = had;
    for await (const change of followTotals(services, unitId, signal)) {
      // The client may have them from another process, which had read further.
      if (last && (change.digest === last.digest || comparePositions(change.position, last.position) < 0)) continue;
      if (!(await sight())) return;
      last = change;
      yield change;
    }
  })();
}

@Resolver()
export class TotalsSubscription {
  @Subscription(() => TotalsChangeType, {
    description:
      'The totals of a unit, as `totals` of today tells them: as they are, unless the client has them by its cursor, ' +
      'then each time that they have changed. Much work at once is counted once; the last is always what is so by then. ' +
      'For everyone but mediators; NOT_FOUND for a unit out of your scope. Ends when you may no longer see the unit.',
    subscribe: ({ args, context }) => openTotalsChanged(context as RequestContext, args as TotalsChangedArgs),
  })
  totalsChanged(
    @Root() payload: TotalsChangeType,
    @Args(() => TotalsChangedArgs) _args: TotalsChangedArgs,
  ): TotalsChangeType {
    return payload;
  }
}
