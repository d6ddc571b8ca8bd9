import { Arg, Ctx, Field, ID, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { inScope, requireRole } from '../../access/authorise.js';
import { NotFound } from '../../access/errors.js';
import { TOTALS_READERS } from '../../access/roles.js';
import { enumOf } from '../../graphql/codeLists.js';
import type { RequestContext } from '../../graphql/context.js';
import { refuseFarFuture } from '../../graphql/farFuture.js';
import { DateScalar, PositionScalar } from '../../graphql/scalars.js';
import type { CodeOf } from '../../kernel/codes.js';
import type { Position } from '../../kernel/position.js';
import { COUNTED_IN, CountingUnit, Metric, QuantityQualifier } from '../../organisation/orgUnit/events.js';
import { OrgUnitType } from '../../organisation/orgUnit/graphql.js';
import { type UnitTotals, unitTotals } from './queries.js';
import type { Total } from './total.js';

@ObjectType('MetricTotal', { description: 'Total of one metric.' })
export class MetricTotalType {
  constructor(
    private readonly counted: CodeOf<typeof Metric>,
    private readonly total: Total,
  ) {}

  @Field(() => enumOf(Metric), { description: 'What is counted.' })
  get metric(): string {
    return this.counted;
  }

  @Field(() => Int, { nullable: true, description: 'How many; null when NOT_KNOWN.' })
  get quantity(): number | undefined {
    return this.total.quantity;
  }

  @Field(() => enumOf(QuantityQualifier), {
    description:
      'EXACT; AT_LEAST when a part of it is a lower bound (余) or the share of an opening balance of the unit above is ' +
      'not known; NOT_KNOWN before the day of an opening balance.',
  })
  get qualifier(): string {
    return this.total.qualifier;
  }

  @Field(() => enumOf(CountingUnit), { description: 'In what it is counted.' })
  get unit(): string {
    return COUNTED_IN[this.counted];
  }

  @Field(() => String, { nullable: true, description: 'Where the opening balance in it comes from, if there is one.' })
  get citation(): string | undefined {
    return this.total.citations.join('; ') || undefined;
  }
}

@ObjectType('Totals', {
  description:
    'What a unit, with all below it, has done up to and including a legal day in Asia/Shanghai, by the day on which it ' +
    'happened. An opening balance takes the place of all work of its unit up to and including its day; before that day ' +
    'the quantity is not known; later work is added on top. A unit below one with an opening balance answers with its ' +
    'own work, as the least that it did.',
})
export class TotalsType {
  constructor(
    readonly unitId: string,
    private readonly day: string,
    private readonly totals: UnitTotals,
    private readonly position: Position,
  ) {}

  @Field(() => DateScalar, { description: 'The legal day.' })
  get asOf(): string {
    return this.day;
  }

  @Field(() => OrgUnitType, { nullable: true, description: 'The unit.' })
  orgUnit(@Ctx() { loaders }: RequestContext): Promise<OrgUnitType | undefined> {
    return loaders.noun<OrgUnitType>(this.unitId);
  }

  @Field(() => [MetricTotalType], { description: 'Each metric: certificates, materials, covers, errands.' })
  get metrics(): readonly MetricTotalType[] {
    return Metric.values.flatMap(metric => {
      const total = this.totals.byMetric.get(metric);
      return total ? [new MetricTotalType(metric, total)] : [];
    });
  }

  @Field(() => Int, {
    nullable: true,
    description:
      'Sum of the four quantities. Their units differ, so it counts nothing: it is for comparing with a published ' +
      'figure (71,698 on 2022-11-15). Null when one of them is not known.',
  })
  get checksum(): number | undefined {
    const quantities = [...this.totals.byMetric.values()].map(({ quantity }) => quantity);
    return quantities.reduce<number | undefined>(
      (sum, quantity) => (sum === undefined || quantity === undefined ? undefined : sum + quantity),
      0,
    );
  }

  @Field(() => Int, { description: 'Police stations registered by then.' })
  get stations(): number {
    return this.totals.stations;
  }

  @Field(() => Int, { description: 'Officers who held a backpack at the end of the day, by the unit that issued it.' })
  get officersWithBackpack(): number {
    return this.totals.officersWithBackpack;
  }

  @Field(() => Int, { description: 'Mediation teams formed by then.' })
  get mediationTeams(): number {
    return this.totals.mediationTeams;
  }

  @Field(() => PositionScalar, { description: 'Position of the last event that this answer can know of.' })
  get readAt(): Position {
    return this.position;
  }
}

@Resolver()
export class TotalsQueries {
  @Query(() => TotalsType, {
    nullable: true,
    description: 'What was done up to a day. For everyone but mediators; NOT_FOUND for a unit out of your scope.',
  })
  async totals(
    @Arg('asOf', () => DateScalar, { description: 'Legal day, included; a year from today at the latest.' })
    asOf: string,
    @Arg('orgUnitId', () => ID, { nullable: true, description: 'The unit; your own, if left out.' })
    orgUnitId: string | undefined,
    @Ctx() context: RequestContext,
  ): Promise<TotalsType> {
    const { viewer, services } = context;
    requireRole(viewer, TOTALS_READERS, 'totals');
    refuseFarFuture('asOf', asOf, context);
    const unitId = orgUnitId ?? viewer.orgUnitId;
    const readAt = services.projections.position;
    const totals = inScope(viewer, unitId) ? await unitTotals(services.db, unitId, asOf) : undefined;
    if (!totals) throw new NotFound(unitId);
    return new TotalsType(unitId, asOf, totals, readAt);
  }
}
