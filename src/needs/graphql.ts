import { Arg, Args, ArgsType, Ctx, Field, ID, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { hasRole, inScope } from '../access/authorise.js';
import { CASEWORK_READERS, STATION_ROLES } from '../access/roles.js';
import { bindNoun } from '../graphql/bindNoun.js';
import { enumOf } from '../graphql/codeLists.js';
import { connectionOf, type Page } from '../graphql/connection.js';
import type { RequestContext } from '../graphql/context.js';
import { listPage } from '../graphql/listPage.js';
import { reveal } from '../graphql/maskData.js';
import { DivisionPageArgs, PageArgs } from '../graphql/pageArgs.js';
import { Recorded } from '../graphql/recorded.js';
import { DateScalar } from '../graphql/scalars.js';
import { withinDivision } from '../graphql/withinDivision.js';
import { type Written, wordsOf } from '../graphql/words.js';
import { ERASED } from '../kernel/masking.js';
import { OfficerType } from '../organisation/officer/graphql.js';
import { OrgUnitType } from '../organisation/orgUnit/graphql.js';
import { ResidentType } from '../residents/graphql.js';
import { VisitType } from '../visits/graphql.js';
import { needCommands } from './commands.js';
import { NeedCategory, ResponseOutcome, UnresolvableReason, Vulnerability } from './events.js';
import { daysToClose, isLoopClosed, type Need, NeedStatus, need, type Response } from './need.js';
import { needView } from './views.js';

@ObjectType('NeedResponse', { description: 'What was carried out again for a need.', simpleResolvers: true })
export class NeedResponseType {
  @Field(() => ID, { description: 'Visit on which it was brought.' })
  responseVisitId!: string;

  @Field(() => enumOf(ResponseOutcome), { description: 'What it came to.' })
  outcome!: string;

  @Field(() => DateScalar, { description: 'Legal day on which it was brought.' })
  deliveredOn!: string;
}

@ObjectType('Need', {
  description: 'What residents ask for: carried back from a visit, answered on another.',
  implements: Recorded,
  simpleResolvers: true,
})
export class NeedType extends Recorded<Need> {
  @Field(() => enumOf(NeedStatus), { nullable: true, description: 'How far it has come in the loop.' })
  get status(): string | undefined {
    return this.state.status;
  }

  @Field(() => enumOf(NeedCategory), { nullable: true, description: 'What it is about.' })
  get category(): string | undefined {
    return this.state.category;
  }

  private get written(): Written {
    const { orgUnitId, residentId: subjectId } = this.state;
    return { id: this.id, orgUnitId, subjectId };
  }

  @Field(() => String, {
    nullable: true,
    description: 'What is asked for, for who serves at its station, which is recorded; `［已封存］` for others.',
  })
  summary(@Ctx() context: RequestContext): Promise<string | undefined> {
    return wordsOf(this.state.summary, this.written, context);
  }

  @Field(() => String, {
    nullable: true,
    description: 'What is to be done, for who serves at its station, which is recorded; `［已封存］` for others.',
  })
  measure(@Ctx() context: RequestContext): Promise<string | undefined> {
    return wordsOf(this.state.measure, this.written, context);
  }

  @Field(() => [enumOf(Vulnerability)], {
    nullable: true,
    description: 'Why the resident needs special care: for the station that is responsible, null for others.',
  })
  async vulnerable(@Ctx() { viewer, services }: RequestContext): Promise<readonly string[] | undefined> {
    if (!hasRole(viewer, STATION_ROLES) || !inScope(viewer, this.state.orgUnitId)) return undefined;
    const opened: unknown = await reveal(services.lens, this.state.vulnerable ?? []);
    return opened === ERASED ? undefined : (opened as readonly string[]);
  }

  @Field(() => ID, { nullable: true, description: 'Visit on which it was raised.' })
  get originVisitId(): string | undefined {
    return this.state.originVisitId;
  }

  @Field(() => VisitType, { nullable: true, description: 'The visit on which it was raised, if you may see it.' })
  originVisit(@Ctx() { loaders }: RequestContext): Promise<VisitType | undefined> {
    return loaders.noun<VisitType>(this.state.originVisitId);
  }

  @Field(() => ID, { nullable: true, description: 'Who raised it; nobody, if it is the wish of a village.' })
  get residentId(): string | undefined {
    return this.state.residentId;
  }

  @Field(() => ResidentType, { nullable: true, description: 'Who raised it, if you may see the resident.' })
  resident(@Ctx() { loaders }: RequestContext): Promise<ResidentType | undefined> {
    return loaders.noun<ResidentType>(this.state.residentId);
  }

  @Field(() => String, { nullable: true, description: 'Division code of the township in which it was raised.' })
  get divisionCode(): string | undefined {
    return this.state.divisionCode;
  }

  @Field(() => OrgUnitType, { nullable: true, description: 'Station that it belongs to.' })
  orgUnit(@Ctx() { loaders }: RequestContext): Promise<OrgUnitType | undefined> {
    return loaders.noun<OrgUnitType>(this.state.orgUnitId);
  }

  @Field(() => OfficerType, { nullable: true, description: 'Officer who answers for it.' })
  officer(@Ctx() { loaders }: RequestContext): Promise<OfficerType | undefined> {
    return loaders.noun<OfficerType>(this.state.officerId);
  }

  @Field(() => DateScalar, { nullable: true, description: 'Legal day on which it was raised.' })
  get raisedOn(): string | undefined {
    return this.state.raisedOn;
  }

  @Field(() => DateScalar, { nullable: true, description: 'Legal day by which the response is planned.' })
  get plannedFor(): string | undefined {
    return this.state.plannedFor;
  }

  @Field(() => [NeedResponseType], { description: 'What was carried out again, in order.' })
  get responses(): readonly Response[] {
    return this.state.responses;
  }

  @Field(() => DateScalar, { nullable: true, description: 'Legal day on which it was closed.' })
  get closedOn(): string | undefined {
    return this.state.closedOn;
  }

  @Field(() => enumOf(UnresolvableReason), { nullable: true, description: 'Why it cannot be met.' })
  get unresolvableReason(): string | undefined {
    return this.state.unresolvableReason;
  }

  @Field(() => Boolean, { description: 'Whether it was carried out again and closed.' })
  get loopClosed(): boolean {
    return isLoopClosed(this.state);
  }

  @Field(() => Int, { nullable: true, description: 'Days from raised to closed; absent while it is open.' })
  get daysToClose(): number | undefined {
    return daysToClose(this.state);
  }

  @Field(() => Int, { description: 'How often it was taken up again.' })
  get timesReopened(): number {
    return this.state.timesReopened;
  }
}

export const NeedConnection = connectionOf(NeedType, 'Need');

@ArgsType()
class NeedsArgs extends PageArgs {
  @Field(() => enumOf(NeedStatus), { nullable: true, description: 'Only needs in this state.' })
  status?: string;

  @Field(() => ID, { nullable: true, description: 'Only needs of this station.' })
  orgUnitId?: string;

  @Field(() => String, { nullable: true, description: 'Only needs raised in this division or within it.' })
  divisionCode?: string;

  @Field(() => enumOf(NeedCategory), { nullable: true, description: 'Only needs of this category.' })
  category?: string;

  @Field(() => ID, { nullable: true, description: 'Only needs of this resident.' })
  residentId?: string;
}

@Resolver()
export class NeedQueries {
  @Query(() => NeedType, { nullable: true, description: 'A need by its id.' })
  need(
    @Arg('id', () => ID, { description: 'Id of the need.' }) id: string,
    @Ctx() { loaders }: RequestContext,
  ): Promise<NeedType> {
    return loaders.required<NeedType>(id, 'need');
  }

  @Query(() => NeedConnection, { description: 'Needs within your scope, those recorded last first.' })
  needs(@Args(() => NeedsArgs) args: NeedsArgs, @Ctx() context: RequestContext): Promise<Page<NeedType>> {
    const { status, orgUnitId, category, residentId, divisionCode } = args;
    return listPage<NeedType>(context, needBinding, args, {
      list: 'needs',
      equal: { status, orgUnitId, category, residentId },
      where: query => withinDivision(query, divisionCode),
      sort: { column: 'lastRecordedAt', descending: true },
    });
  }

  @Query(() => NeedConnection, {
    description: 'Needs within your scope that are not closed yet, those that wait longest first.',
  })
  openNeeds(
    @Args(() => DivisionPageArgs) args: DivisionPageArgs,
    @Ctx() context: RequestContext,
  ): Promise<Page<NeedType>> {
    return listPage<NeedType>(context, needBinding, args, {
      list: 'openNeeds',
      where: query => withinDivision(query, args.divisionCode).where('closedOn', 'is', null),
      sort: { column: 'raisedOn', descending: false },
    });
  }
}

export const needBinding = bindNoun({
  aggregate: need,
  view: needView,
  commands: needCommands,
  readers: CASEWORK_READERS,
  type: NeedType,
});
