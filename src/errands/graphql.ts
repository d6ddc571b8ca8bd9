import { Arg, Args, ArgsType, Ctx, Field, ID, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { CASEWORK_READERS } from '../access/roles.js';
import { bindNoun } from '../graphql/bindNoun.js';
import { enumOf } from '../graphql/codeLists.js';
import { connectionOf, type Page } from '../graphql/connection.js';
import type { RequestContext } from '../graphql/context.js';
import { listPage } from '../graphql/listPage.js';
import { PageArgs } from '../graphql/pageArgs.js';
import { Recorded } from '../graphql/recorded.js';
import { FenScalar } from '../graphql/scalars.js';
import { withinDivision } from '../graphql/withinDivision.js';
import { wordsOf } from '../graphql/words.js';
import { OfficerType } from '../organisation/officer/graphql.js';
import { OrgUnitType } from '../organisation/orgUnit/graphql.js';
import { ResidentType } from '../residents/graphql.js';
import { VisitType } from '../visits/graphql.js';
import { errandCommands } from './commands.js';
import { type Errand, type ErrandMoney, ErrandStatus, errand } from './errand.js';
import { ErrandFailure, ErrandKind } from './events.js';
import { errandView } from './views.js';

@ObjectType('ErrandMoney', { description: 'Money of the resident, apart from what is counted.', simpleResolvers: true })
export class ErrandMoneyType {
  @Field(() => FenScalar, { description: 'Taken from the resident for fees, in fen.' })
  collectedFen!: number;

  @Field(() => FenScalar, { description: 'Paid on to the office, in fen.' })
  remittedFen!: number;

  @Field(() => FenScalar, { description: 'Given back to the resident, in fen.' })
  returnedFen!: number;
}

@ObjectType('Errand', {
  description: 'Business handled on behalf of a resident (捎带办理).',
  implements: Recorded,
  simpleResolvers: true,
})
export class ErrandType extends Recorded<Errand> {
  @Field(() => enumOf(ErrandStatus), { nullable: true, description: 'How far it has come.' })
  get status(): string | undefined {
    return this.state.status;
  }

  @Field(() => enumOf(ErrandKind), { nullable: true, description: 'What is handled.' })
  get kind(): string | undefined {
    return this.state.kind;
  }

  @Field(() => String, {
    nullable: true,
    description: 'What exactly, for who serves at its station, which is recorded; `［已封存］` for others.',
  })
  details(@Ctx() context: RequestContext): Promise<string | undefined> {
    const { orgUnitId, residentId: subjectId } = this.state;
    return wordsOf(this.state.details, { id: this.id, orgUnitId, subjectId }, context);
  }

  @Field(() => ID, { nullable: true, description: 'On whose behalf.' })
  get residentId(): string | undefined {
    return this.state.residentId;
  }

  @Field(() => ResidentType, { nullable: true, description: 'The resident, if you may see who it is.' })
  resident(@Ctx() { loaders }: RequestContext): Promise<ResidentType | undefined> {
    return loaders.noun<ResidentType>(this.state.residentId);
  }

  @Field(() => ID, { nullable: true, description: 'Visit on which it was asked for.' })
  get originVisitId(): string | undefined {
    return this.state.originVisitId;
  }

  @Field(() => VisitType, { nullable: true, description: 'The visit on which it was asked for, if you may see it.' })
  originVisit(@Ctx() { loaders }: RequestContext): Promise<VisitType | undefined> {
    return loaders.noun<VisitType>(this.state.originVisitId);
  }

  @Field(() => ID, { nullable: true, description: 'Need that it serves.' })
  get needId(): string | undefined {
    return this.state.needId;
  }

  @Field(() => String, { nullable: true, description: 'Division code of the township in which it was asked for.' })
  get divisionCode(): string | undefined {
    return this.state.divisionCode;
  }

  @Field(() => OrgUnitType, { nullable: true, description: 'Station that it belongs to.' })
  orgUnit(@Ctx() { loaders }: RequestContext): Promise<OrgUnitType | undefined> {
    return loaders.noun<OrgUnitType>(this.state.orgUnitId);
  }

  @Field(() => OfficerType, { nullable: true, description: 'Officer who takes it along.' })
  officer(@Ctx() { loaders }: RequestContext): Promise<OfficerType | undefined> {
    return loaders.noun<OfficerType>(this.state.officerId);
  }

  @Field(() => Int, { description: 'Transactions done (笔); 0 until it is completed.' })
  get count(): number {
    return this.state.count;
  }

  @Field(() => ErrandMoneyType, { description: 'Money of the resident.' })
  get money(): ErrandMoney {
    return this.state.money;
  }

  @Field(() => String, { nullable: true, description: 'Number of the office’s receipt.' })
  get receiptNo(): string | undefined {
    return this.state.receiptNo;
  }

  @Field(() => enumOf(ErrandFailure), { nullable: true, description: 'Why it could not be done.' })
  get failure(): string | undefined {
    return this.state.failure;
  }
}

export const ErrandConnection = connectionOf(ErrandType, 'Errand');

@ArgsType()
class ErrandsArgs extends PageArgs {
  @Field(() => enumOf(ErrandStatus), { nullable: true, description: 'Only errands in this state.' })
  status?: string;

  @Field(() => ID, { nullable: true, description: 'Only errands of this station.' })
  orgUnitId?: string;

  @Field(() => String, { nullable: true, description: 'Only errands asked for in this division or within it.' })
  divisionCode?: string;

  @Field(() => enumOf(ErrandKind), { nullable: true, description: 'Only errands of this kind.' })
  kind?: string;

  @Field(() => ID, { nullable: true, description: 'Only errands on behalf of this resident.' })
  residentId?: string;

  @Field(() => ID, { nullable: true, description: 'Only errands that this officer takes along.' })
  officerId?: string;
}

@Resolver()
export class ErrandQueries {
  @Query(() => ErrandType, { nullable: true, description: 'An errand by its id.' })
  errand(
    @Arg('id', () => ID, { description: 'Id of the errand.' }) id: string,
    @Ctx() { loaders }: RequestContext,
  ): Promise<ErrandType> {
    return loaders.required<ErrandType>(id, 'errand');
  }

  @Query(() => ErrandConnection, { description: 'Errands within your scope, those recorded last first.' })
  errands(@Args(() => ErrandsArgs) args: ErrandsArgs, @Ctx() context: RequestContext): Promise<Page<ErrandType>> {
    const { status, orgUnitId, kind, residentId, officerId, divisionCode } = args;
    return listPage<ErrandType>(context, errandBinding, args, {
      list: 'errands',
      equal: { status, orgUnitId, kind, residentId, officerId },
      where: query => withinDivision(query, divisionCode),
      sort: { column: 'lastRecordedAt', descending: true },
    });
  }
}

export const errandBinding = bindNoun({
  aggregate: errand,
  view: errandView,
  commands: errandCommands,
  readers: CASEWORK_READERS,
  type: ErrandType,
});
