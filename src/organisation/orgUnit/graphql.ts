import { Arg, Args, ArgsType, Ctx, Field, ID, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { maySee } from '../../access/authorise.js';
import { ALL_ROLES } from '../../access/roles.js';
import { bindNoun } from '../../graphql/bindNoun.js';
import { enumOf } from '../../graphql/codeLists.js';
import { connectionOf, type Page } from '../../graphql/connection.js';
import type { RequestContext } from '../../graphql/context.js';
import { listPage } from '../../graphql/listPage.js';
import { PageArgs } from '../../graphql/pageArgs.js';
import { Recorded } from '../../graphql/recorded.js';
import { DateScalar } from '../../graphql/scalars.js';
import { orgUnitCommands } from './commands.js';
import { Metric, OrgUnitLevel, QuantityQualifier } from './events.js';
import { type OpeningBalance as OpeningBalanceState, type OrgUnit, orgUnit } from './orgUnit.js';
import { orgUnitView } from './views.js';

@ObjectType('OpeningBalance', { description: 'A total counted before Satchel.', simpleResolvers: true })
export class OpeningBalanceType {
  @Field(() => enumOf(Metric), { description: 'What is counted.' })
  metric!: OpeningBalanceState['metric'];

  @Field(() => Int, { description: 'How many, up to and including the day.' })
  quantity!: number;

  @Field(() => enumOf(QuantityQualifier), { description: 'How the quantity is to be read.' })
  qualifier!: string;

  @Field(() => DateScalar, { description: 'Legal day up to and including which it counts.' })
  asOf!: string;

  @Field(() => String, { description: 'Where the figure comes from.' })
  citation!: string;
}

@ObjectType('OrgUnit', {
  description: 'A unit: the county bureau, a station, a justice office, a tribunal.',
  implements: Recorded,
  simpleResolvers: true,
})
export class OrgUnitType extends Recorded<OrgUnit> {
  @Field(() => String, { nullable: true, description: 'Name.' })
  get name(): string | undefined {
    return this.state.name;
  }

  @Field(() => enumOf(OrgUnitLevel), { nullable: true, description: 'Kind of unit.' })
  get level(): string | undefined {
    return this.state.level;
  }

  @Field(() => String, { nullable: true, description: 'Division in which it has its seat.' })
  get divisionCode(): string | undefined {
    return this.state.divisionCode;
  }

  @Field(() => Boolean, { description: 'Whether the practice was tried out here first.' })
  get pilot(): boolean {
    return this.state.pilot;
  }

  @Field(() => [OpeningBalanceType], {
    description: 'Totals counted before Satchel; none of a unit out of your scope.',
  })
  openingBalances(@Ctx() { viewer }: RequestContext): readonly OpeningBalanceState[] {
    return maySee(viewer, orgUnit, this.state) ? this.state.openingBalances : [];
  }

  @Field(() => OrgUnitType, { nullable: true, description: 'Unit above it.' })
  parent(@Ctx() { loaders }: RequestContext): Promise<OrgUnitType | undefined> {
    return loaders.noun<OrgUnitType>(this.state.parentId);
  }
}

const OrgUnitConnection = connectionOf(OrgUnitType, 'OrgUnit');

@ArgsType()
class OrgUnitsArgs extends PageArgs {
  @Field(() => enumOf(OrgUnitLevel), { nullable: true, description: 'Only units of this kind.' })
  level?: string;

  @Field(() => ID, { nullable: true, description: 'Only units right below this one.' })
  parentId?: string;
}

@Resolver()
export class OrgUnitQueries {
  @Query(() => OrgUnitType, { nullable: true, description: 'A unit by its id.' })
  orgUnit(@Arg('id', () => ID, { description: 'Id of the unit.' }) id: string, @Ctx() { loaders }: RequestContext) {
    return loaders.required<OrgUnitType>(id, 'orgunit');
  }

  @Query(() => OrgUnitConnection, { description: 'Units within your scope, by id.' })
  orgUnits(@Args(() => OrgUnitsArgs) args: OrgUnitsArgs, @Ctx() context: RequestContext): Promise<Page<OrgUnitType>> {
    return listPage<OrgUnitType>(context, orgUnitBinding, args, {
      list: 'orgUnits',
      equal: { level: args.level, parentId: args.parentId },
      sort: { column: 'id', descending: false },
      scopeColumns: ['id', 'parentId'],
    });
  }
}

export const orgUnitBinding = bindNoun({
  aggregate: orgUnit,
  view: orgUnitView,
  commands: orgUnitCommands,
  readers: ALL_ROLES,
  type: OrgUnitType,
});
