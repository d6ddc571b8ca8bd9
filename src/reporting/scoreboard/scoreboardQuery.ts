import { Args, Ctx, Field, ObjectType, Query, Resolver } from 'type-graphql';
import { inScope, requireRole } from '../../access/authorise.js';
import { SUPERVISORS } from '../../access/roles.js';
import type { RequestContext } from '../../graphql/context.js';
import { PositionScalar } from '../../graphql/scalars.js';
import type { Position } from '../../kernel/position.js';
import { OrgUnitType } from '../../organisation/orgUnit/graphql.js';
import { PeriodArgs, requirePeriod } from '../periodArgs.js';
import { MetricTotalType } from '../totals/graphql.js';
import { type StationScore, stationScores } from './scores.js';

@ObjectType('StationScore', { description: 'What a station, with all below it, did in a period.' })
export class StationScoreType {
  constructor(private readonly score: StationScore) {}

  @Field(() => OrgUnitType, { nullable: true, description: 'The station.' })
  orgUnit(@Ctx() { loaders }: RequestContext): Promise<OrgUnitType | undefined> {
    return loaders.noun<OrgUnitType>(this.score.unitId);
  }

  @Field(() => [MetricTotalType], { description: 'Each metric: certificates, materials, covers, errands.' })
  get metrics(): readonly MetricTotalType[] {
    return [...this.score.byMetric].map(
      ([metric, quantity]) => new MetricTotalType(metric, { quantity, qualifier: 'EXACT', citations: [] }),
    );
  }
}

@ObjectType('StationScoreboard', {
  description: 'What stations did in a period, by the day on which it happened. No opening balance is in it.',
  simpleResolvers: true,
})
export class StationScoreboardType {
  @Field(() => [StationScoreType], { description: 'The stations in your scope, in order of division codes.' })
  stations!: readonly StationScoreType[];

  @Field(() => PositionScalar, { description: 'Position of the last event that this answer can know of.' })
  readAt!: Position;
}

@Resolver()
export class ScoreboardQueries {
  @Query(() => StationScoreboardType, {
    description: 'What each station in your scope did in a period. For chiefs and auditors.',
  })
  async stationScoreboard(
    @Args(() => PeriodArgs) period: PeriodArgs,
    @Ctx() context: RequestContext,
  ): Promise<StationScoreboardType> {
    const { viewer, services } = context;
    const { db, projections } = services;
    requireRole(viewer, SUPERVISORS, 'stationScoreboard');
    requirePeriod(period, context);
    const readAt = projections.position;
    const scores = await stationScores(db, period, unitId => inScope(viewer, unitId));
    return { stations: scores.map(score => new StationScoreType(score)), readAt };
  }
}
