import { Arg, Args, ArgsType, Ctx, Field, ID, Query, Resolver } from 'type-graphql';
import { CASEWORK_READERS } from '../access/roles.js';
import { bindNoun } from '../graphql/bindNoun.js';
import { enumOf } from '../graphql/codeLists.js';
import { connectionOf, type Page } from '../graphql/connection.js';
import type { RequestContext } from '../graphql/context.js';
import { listPage } from '../graphql/listPage.js';
import { PageArgs } from '../graphql/pageArgs.js';
import { DateScalar } from '../graphql/scalars.js';
import { withinDays } from '../graphql/withinDays.js';
import { withinDivision } from '../graphql/withinDivision.js';
import { codeList } from '../kernel/codes.js';
import { VisitKind, VisitStatus } from './codes.js';
import { visitCommands } from './commands/index.js';
import { visitView } from './views.js';
import { visit } from './visit.js';
import { VisitType } from './visitType.js';

export { VisitType };

const VisitSort = codeList('VisitSort', 'In what order visits are listed.', {
  NEWEST_FIRST: { zh: '由近及远', en: 'The latest day first' },
  OLDEST_FIRST: { zh: '由远及近', en: 'The earliest day first' },
});

export const VisitConnection = connectionOf(VisitType, 'Visit');

@ArgsType()
class VisitsArgs extends PageArgs {
  @Field(() => enumOf(VisitKind), { nullable: true, description: 'Only visits of this kind.' })
  kind?: string;

  @Field(() => enumOf(VisitStatus), { nullable: true, description: 'Only visits in this state.' })
  status?: string;

  @Field(() => ID, { nullable: true, description: 'Only visits of this station.' })
  orgUnitId?: string;

  @Field(() => String, { nullable: true, description: 'Only visits in this division, by its code.' })
  divisionCode?: string;

  @Field(() => DateScalar, { nullable: true, description: 'Only visits on this legal day or later.' })
  from?: string;

  @Field(() => DateScalar, { nullable: true, description: 'Only visits on this legal day or earlier.' })
  to?: string;

  @Field(() => ID, { nullable: true, description: 'Only visits that this person was to go on, or went on.' })
  officerId?: string;

  @Field(() => enumOf(VisitSort), { defaultValue: 'NEWEST_FIRST', description: 'In what order.' })
  sort!: string;
}

@Resolver()
export class VisitQueries {
  @Query(() => VisitType, { nullable: true, description: 'A visit by id.' })
  visit(
    @Arg('id', () => ID, { description: 'Id of the visit.' }) id: string,
    @Ctx() { loaders }: RequestContext,
  ): Promise<VisitType> {
    return loaders.required<VisitType>(id, 'visit');
  }

  @Query(() => VisitConnection, { description: 'Visits of your units, and those you take part in.' })
  visits(@Args(() => VisitsArgs) args: VisitsArgs, @Ctx() context: RequestContext): Promise<Page<VisitType>> {
    const { kind, status, orgUnitId, divisionCode, from, to, officerId, sort } = args;
    return listPage<VisitType>(context, visitBinding, args, {
      list: 'visits',
      equal: { kind, status, orgUnitId },
      where: query => {
        const filtered = withinDays(withinDivision(query, divisionCode), 'day', { from, to });
        if (!officerId) return filtered;
        return filtered.where('id', 'in', eb =>
          eb.selectFrom('visit_participant').select('visitId').where('participantId', '=', officerId),
        );
      },
      sort: { column: 'day', descending: sort === 'NEWEST_FIRST' },
      participating: { table: 'visit_participant', key: 'visitId', participant: 'participantId' },
    });
  }
}

export const visitBinding = bindNoun({
  aggregate: visit,
  view: visitView,
  commands: visitCommands,
  readers: CASEWORK_READERS,
  type: VisitType,
});
