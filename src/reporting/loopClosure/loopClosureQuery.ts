import { Args, ArgsType, Ctx, Field, Float, ID, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { requireRole } from '../../access/authorise.js';
import { SUPERVISORS } from '../../access/roles.js';
import type { RequestContext } from '../../graphql/context.js';
import { PositionScalar } from '../../graphql/scalars.js';
import type { Position } from '../../kernel/position.js';
import { OrgUnitType } from '../../organisation/orgUnit/graphql.js';
import { PeriodArgs, requirePeriod } from '../periodArgs.js';
import { unitInScope } from '../unitInScope.js';
import { type Loop, loopOf } from './loop.js';

@ObjectType('LoopClosure', {
  description:
    'What became, by now, of the needs that were raised in a period: how many were carried out again and closed, and ' +
    'how long that took. Each counts in the period in which it was raised, so that no rate is above 1.',
})
export class LoopClosureType {
  constructor(
    private readonly unitId: string,
    private readonly loop: Loop,
    private readonly position: Position,
  ) {}

  @Field(() => OrgUnitType, { nullable: true, description: 'The unit, with all below it.' })
  orgUnit(@Ctx() { loaders }: RequestContext): Promise<OrgUnitType | undefined> {
    return loaders.noun<OrgUnitType>(this.unitId);
  }

  @Field(() => Int, { description: 'Needs raised in the period.' })
  get raised(): number {
    return this.loop.raised;
  }

  @Field(() => Int, {
    description: 'Those of them that were carried out again and closed. Not: those that cannot be met.',
  })
  get closed(): number {
    return this.loop.closed;
  }

  @Field(() => Float, { nullable: true, description: 'Share of those closed, from 0 to 1; null when none was raised.' })
  get rate(): number | undefined {
    return this.loop.raised === 0 ? undefined : this.loop.closed / this.loop.raised;
  }

  @Field(() => Float, {
    nullable: true,
    description: 'Median of days from raised to closed; null when none was closed.',
  })
  get medianDays(): number | undefined {
    return this.loop.medianDays;
  }

  @Field(() => PositionScalar, { description: 'Position of the last event that this answer can know of.' })
  get readAt(): Position {
    return this.position;
  }
}

@ArgsType()
class LoopClosureArgs extends PeriodArgs {
  @Field(() => ID, { nullable: true, description: 'The unit, with all below it; your own, if left out.' })
  orgUnitId?: string;
}

@Resolver()
export class LoopClosureQueries {
  @Query(() => LoopClosureType, {
    nullable: true,
    description: 'How needs of a period fared. For chiefs and auditors; NOT_FOUND for a unit out of your scope.',
  })
  async loopClosure(
    @Args(() => LoopClosureArgs) { from, to, orgUnitId }: LoopClosureArgs,
    @Ctx() context: RequestContext,
  ): Promise<LoopClosureType> {
    const { db, projections } = context.services;
    requireRole(context.viewer, SUPERVISORS, 'loopClosure');
    requirePeriod({ from, to }, context);
    const readAt = projections.position;
    const { unitId, units } = await unitInScope(context, orgUnitId);
    return new LoopClosureType(unitId, await loopOf(db, units, { from, to }), readAt);
  }
}
