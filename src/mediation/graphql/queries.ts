import { Arg, Args, ArgsType, Ctx, Field, ID, Query, Resolver } from 'type-graphql';
import { enumOf } from '../../graphql/codeLists.js';
import { connectionOf, type Page, type RowQuery } from '../../graphql/connection.js';
import type { RequestContext } from '../../graphql/context.js';
import { listPage } from '../../graphql/listPage.js';
import { PageArgs } from '../../graphql/pageArgs.js';
import { DateScalar } from '../../graphql/scalars.js';
import { withinDays } from '../../graphql/withinDays.js';
import { withinDivision } from '../../graphql/withinDivision.js';
import { type CodeOf, codeList } from '../../kernel/codes.js';
import { legalDayOf } from '../../kernel/legalDay.js';
import { searchedAs } from '../caseNumber.js';
import { DisputeCategory, DisputeStatus } from '../codes.js';
import { disputeBinding } from './binding.js';
import { DisputeType } from './dispute.js';

const DisputeSort = codeList('DisputeSort', 'Order of a list of disputes.', {
  LAST_RECORDED: { zh: '最近更新在前', en: 'Latest change first' },
  REPORTED: { zh: '最近登记在前', en: 'Latest report first' },
  DUE_DATE: { zh: '最先到期在前', en: 'Next due date first' },
});

const SORTS: Readonly<Record<CodeOf<typeof DisputeSort>, { column: string; descending: boolean }>> = {
  LAST_RECORDED: { column: 'lastRecordedAt', descending: true },
  REPORTED: { column: 'reportedOn', descending: true },
  DUE_DATE: { column: 'dueDate', descending: false },
};

export const DisputeConnection = connectionOf(DisputeType, 'Dispute');

@ArgsType()
class DisputesArgs extends PageArgs {
  @Field(() => enumOf(DisputeStatus), {
    nullable: true,
    description: 'Only cases in this state; AGREED finds those that are PERFORMING, PERFORMED or FOLLOWUP_DUE by now.',
  })
  status?: CodeOf<typeof DisputeStatus>;

  @Field(() => enumOf(DisputeCategory), { nullable: true, description: 'Only cases of this category.' })
  category?: string;

  @Field(() => ID, { nullable: true, description: 'Only cases of this station.' })
  orgUnitId?: string;

  @Field(() => String, { nullable: true, description: 'Only cases in this division, by its code.' })
  divisionCode?: string;

  @Field(() => ID, { nullable: true, description: 'Only cases of this mediator.' })
  mediatorId?: string;

  @Field(() => DateScalar, { nullable: true, description: 'Only cases reported on this day or later.' })
  reportedFrom?: string;

  @Field(() => DateScalar, { nullable: true, description: 'Only cases reported on this day or earlier.' })
  reportedTo?: string;

  @Field(() => String, {
    nullable: true,
    description: 'Only cases whose number, title, category or place holds this text. People are not found by it.',
  })
  text?: string;

  @Field(() => enumOf(DisputeSort), { defaultValue: 'LAST_RECORDED', description: 'Order.' })
  sort!: CodeOf<typeof DisputeSort>;
}

/** What AGREED comes to: where a case whose parties keep their agreement stands, as no event says. */
const AGREED: readonly CodeOf<typeof DisputeStatus>[] = ['PERFORMING', 'PERFORMED'];

/** FOLLOWUP_DUE is PERFORMED with a follow-up that is due by today; no event says so. */
function inStatus(query: RowQuery, status: DisputesArgs['status'], today: string): RowQuery {
  if (!status) return query;
  if (status === 'FOLLOWUP_DUE') return query.where('status', '=', 'PERFORMED').where('followUpDueOn', '<=', today);
  if (status === 'AGREED') return query.where('status', 'in', AGREED);
  const there = query.where('status', '=', status);
  return status === 'PERFORMED' ? there.where('followUpDueOn', '>', today) : there;
}

function ofMediator(query: RowQuery, mediatorId: string | undefined): RowQuery {
  if (!mediatorId) return query;
  return query.where(eb =>
    eb('id', 'in', eb.selectFrom('dispute_participant').select('disputeId').where('participantId', '=', mediatorId)),
  );
}

function filtered(query: RowQuery, args: DisputesArgs, today: string): RowQuery {
  const rows = withinDivision(inStatus(query, args.status, today), args.divisionCode);
  const days = { from: args.reportedFrom, to: args.reportedTo };
  const reported = withinDays(rows, 'reportedOn', days, { from: 'reportedFrom', to: 'reportedTo' });
  return ofMediator(reported, args.mediatorId);
}

@Resolver()
export class DisputeQueries {
  @Query(() => DisputeType, { nullable: true, description: 'A dispute by its id.' })
  dispute(
    @Arg('id', () => ID, { description: 'Id of the dispute.' }) id: string,
    @Ctx() { loaders }: RequestContext,
  ): Promise<DisputeType> {
    return loaders.required<DisputeType>(id, 'dispute');
  }

  @Query(() => DisputeConnection, { description: 'Disputes of your units, and those that you take part in.' })
  disputes(@Args(() => DisputesArgs) args: DisputesArgs, @Ctx() context: RequestContext): Promise<Page<DisputeType>> {
    return listPage<DisputeType>(context, disputeBinding, args, {
      list: 'disputes',
      equal: { category: args.category, orgUnitId: args.orgUnitId },
      where: query => filtered(query, args, legalDayOf(context.services.clock.now())),
      text: args.text && searchedAs(args.text),
      sort: SORTS[args.sort],
      participating: { table: 'dispute_participant', key: 'disputeId', participant: 'participantId' },
    });
  }
}
