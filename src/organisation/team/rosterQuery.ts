import { Args, ArgsType, Ctx, Field, ID, ObjectType, Query, Resolver } from 'type-graphql';
import { connectionOf, type Page } from '../../graphql/connection.js';
import type { RequestContext } from '../../graphql/context.js';
import { refuseFarFuture } from '../../graphql/farFuture.js';
import { listPage } from '../../graphql/listPage.js';
import { PageArgs } from '../../graphql/pageArgs.js';
import { DateScalar } from '../../graphql/scalars.js';
import type { Snapshot } from '../../kernel/decider.js';
import { MediationTeamType, TeamMembershipType, teamBinding } from './graphql.js';
import { type MediationTeam, type Membership, rosterOn } from './team.js';

@ObjectType('TeamRoster', {
  description: 'A mediation team as it was on a legal day. Whoever left on that day is no longer in it.',
  simpleResolvers: true,
})
export class TeamRosterType {
  constructor(
    private readonly snapshot: Snapshot<MediationTeam>,
    private readonly day: string,
  ) {}

  private inRole(role: Membership['role']): readonly TeamMembershipType[] {
    return rosterOn(this.snapshot.state, this.day)
      .filter(membership => membership.role === role)
      .map(membership => new TeamMembershipType(membership));
  }

  @Field(() => DateScalar, { description: 'The legal day.' })
  get asOf(): string {
    return this.day;
  }

  @Field(() => MediationTeamType, { description: 'The team, as it is now.' })
  get team(): MediationTeamType {
    return new MediationTeamType(this.snapshot);
  }

  @Field(() => [TeamMembershipType], { description: 'Who led it (队长).' })
  get leaders(): readonly TeamMembershipType[] {
    return this.inRole('LEADER');
  }

  @Field(() => [TeamMembershipType], { description: 'Who else was in it (队员).' })
  get members(): readonly TeamMembershipType[] {
    return this.inRole('MEMBER');
  }
}

const TeamRosterConnection = connectionOf(TeamRosterType, 'TeamRoster');

@ArgsType()
class TeamRosterArgs extends PageArgs {
  @Field(() => DateScalar, { description: 'Legal day; a year from today at the latest.' })
  asOf!: string;

  @Field(() => ID, { nullable: true, description: 'Only teams of this unit.' })
  orgUnitId?: string;
}

@Resolver()
export class TeamRosterQueries {
  @Query(() => TeamRosterConnection, {
    description: 'Mediation teams within your scope that were formed by a day, with who was in each on that day.',
  })
  async teamRoster(
    @Args(() => TeamRosterArgs) args: TeamRosterArgs,
    @Ctx() context: RequestContext,
  ): Promise<Page<TeamRosterType>> {
    const { asOf, orgUnitId } = args;
    refuseFarFuture('asOf', asOf, context);
    const onDay = {
      ...teamBinding,
      wrap: (snapshot: Snapshot) => new TeamRosterType(snapshot as Snapshot<MediationTeam>, asOf),
    };
    return listPage<TeamRosterType>(context, onDay, args, {
      list: 'teamRoster',
      equal: { orgUnitId },
      where: rows => rows.where('formedOn', '<=', asOf),
      sort: { column: 'id', descending: false },
    });
  }
}
