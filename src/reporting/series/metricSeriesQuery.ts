import { Args, ArgsType, Ctx, Field, ID, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { requireRole } from '../../access/authorise.js';
import { SUPERVISORS } from '../../access/roles.js';
import { enumOf } from '../../graphql/codeLists.js';
import type { RequestContext } from '../../graphql/context.js';
import { apiError } from '../../graphql/errors.js';
import { DateScalar, PositionScalar } from '../../graphql/scalars.js';
import type { CodeOf } from '../../kernel/codes.js';
import type { Position } from '../../kernel/position.js';
import { COUNTED_IN, CountingUnit, Metric } from '../../organisation/orgUnit/events.js';
import { OrgUnitType } from '../../organisation/orgUnit/graphql.js';
import { type Period, PeriodArgs, requirePeriod } from '../periodArgs.js';
import { workByDay } from '../totals/queries.js';
import { unitInScope } from '../unitInScope.js';
import { bucketsOf, TimeBucket } from './buckets.js';

/** More than a year of days. */
const MOST_BUCKETS = 400;

@ObjectType('MetricBucket', { description: 'What was done in a piece of a period.', simpleResolvers: true })
export class MetricBucketType {
  @Field(() => DateScalar, { description: 'First legal day.' })
  from!: string;

  @Field(() => DateScalar, { description: 'Last legal day, included.' })
  to!: string;

  @Field(() => Int, { description: 'How much; 0 when nothing was done.' })
  quantity!: number;
}

@ObjectType('MetricSeries', {
  description:
    'How much of a metric was done over time, by the day on which it happened. The first and the last bucket end where ' +
    'the period does, so that all of them add up to the scoreboard of the period. No opening balance is in it.',
  simpleResolvers: true,
})
export class MetricSeriesType {
  unitId!: string;

  @Field(() => enumOf(Metric), { description: 'What is counted.' })
  metric!: string;

  @Field(() => enumOf(CountingUnit), { description: 'In what it is counted.' })
  unit!: string;

  @Field(() => enumOf(TimeBucket), { description: 'Into what the period is cut.' })
  bucket!: string;

  @Field(() => String, { description: 'Time zone whose days these are: always `Asia/Shanghai`.' })
  timeZone!: string;

  @Field(() => [MetricBucketType], { description: 'Every piece of the period, in order of time.' })
  buckets!: readonly MetricBucketType[];

  @Field(() => PositionScalar, { description: 'Position of the last event that this answer can know of.' })
  readAt!: Position;

  @Field(() => OrgUnitType, { nullable: true, description: 'The unit, with all below it.' })
  orgUnit(@Ctx() { loaders }: RequestContext): Promise<OrgUnitType | undefined> {
    return loaders.noun<OrgUnitType>(this.unitId);
  }
}

@ArgsType()
class MetricSeriesArgs extends PeriodArgs {
  @Field(() => enumOf(Metric), { description: 'What is counted.' })
  metric!: CodeOf<typeof Metric>;

  @Field(() => enumOf(TimeBucket), { description: `Into what the period is cut: ${MOST_BUCKETS} pieces at the most.` })
  bucket!: TimeBucket;

  @Field(() => ID, { nullable: true, description: 'The unit, with all below it; your own, if left out.' })
  orgUnitId?: string;
}

/** @throws BAD_USER_INPUT for more pieces than anyone can look at */
function piecesOf(period: Period, bucket: TimeBucket): readonly Period[] {
  const pieces: Period[] = [];
  for (const piece of bucketsOf(period, bucket)) {
    if (pieces.length === MOST_BUCKETS)
      throw apiError('BAD_USER_INPUT', `The period has more than ${MOST_BUCKETS} buckets: take longer ones`, {
        argument: 'bucket',
        rule: 'TOO_MANY_BUCKETS',
        most: MOST_BUCKETS,
      });
    pieces.push(piece);
  }
  return pieces;
}

/** Days of work in the pieces that they fall into. */
function fill(pieces: readonly Period[], work: ReadonlyMap<string, number>): readonly MetricBucketType[] {
  const buckets = pieces.map(piece => ({ ...piece, quantity: 0 }));
  let at = 0;
  for (const day of [...work.keys()].sort()) {
    while (buckets[at]!.to < day) at++;
    buckets[at]!.quantity += work.get(day)!;
  }
  return buckets;
}

@Resolver()
export class MetricSeriesQueries {
  @Query(() => MetricSeriesType, {
    nullable: true,
    description:
      'How much of a metric was done in each day, week or month of a period. For chiefs and auditors; NOT_FOUND for a ' +
      'unit out of your scope.',
  })
  async metricSeries(
    @Args(() => MetricSeriesArgs) { metric, bucket, from, to, orgUnitId }: MetricSeriesArgs,
    @Ctx() context: RequestContext,
  ): Promise<MetricSeriesType> {
    const { viewer, services } = context;
    // A count of one day at one station may be one person: nothing for analysts.
    requireRole(viewer, SUPERVISORS, 'metricSeries');
    requirePeriod({ from, to }, context);
    const pieces = piecesOf({ from, to }, bucket);
    const readAt = services.projections.position;
    const { unitId, units } = await unitInScope(context, orgUnitId);
    const work = await workByDay(services.db, { metric, units, period: { from, to } });
    return Object.assign(new MetricSeriesType(), {
      unitId,
      metric,
      unit: COUNTED_IN[metric],
      bucket,
      timeZone: 'Asia/Shanghai',
      buckets: fill(pieces, work),
      readAt,
    });
  }
}
