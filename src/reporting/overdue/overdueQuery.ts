import { Args, ArgsType, Ctx, Field, ID, Query, Resolver } from 'type-graphql';
import { CASEWORK_READERS } from '../../access/roles.js';
import { enumOf } from '../../graphql/codeLists.js';
import { connectionOf, type Page } from '../../graphql/connection.js';
import type { RequestContext } from '../../graphql/context.js';
import { listPage } from '../../graphql/listPage.js';
import { PageArgs } from '../../graphql/pageArgs.js';
import type { Node } from '../../graphql/recorded.js';
import { legalDayOf } from '../../kernel/legalDay.js';
import { TERMS } from './kinds.js';
import { OverdueKind, OverdueType } from './overdueType.js';

const OverdueConnection = connectionOf(OverdueType, 'Overdue');

@ArgsType()
class OverdueArgs extends PageArgs {
  @Field(() => enumOf(OverdueKind), { description: 'What is late.' })
  kind!: OverdueKind;

  @Field(() => ID, { nullable: true, description: 'Only what this station has to do.' })
  orgUnitId?: string;
}

@Resolver()
export class OverdueQueries {
  @Query(() => OverdueConnection, {
    description: 'What is late in your units by today, the longest first. What is due today is still in time.',
  })
  overdue(@Args(() => OverdueArgs) args: OverdueArgs, @Ctx() context: RequestContext): Promise<Page<OverdueType>> {
    const { kind, orgUnitId } = args;
    const { binding, column, open, dueDateOf } = TERMS[kind];
    const today = legalDayOf(context.services.clock.now());
    const late = {
      ...binding,
      wrap: (...noun: Parameters<typeof binding.wrap>) =>
        new OverdueType(kind, dueDateOf(noun[0].state), binding.wrap(...noun) as Node),
    };
    return listPage<OverdueType>(context, late, args, {
      list: 'overdue',
      roles: CASEWORK_READERS,
      equal: { orgUnitId },
      where: rows => open(rows).where(column, '<', today),
      sort: { column, descending: false },
    });
  }
}
