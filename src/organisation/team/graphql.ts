import { Arg, Args, ArgsType, Ctx, Field, ID, ObjectType, Query, Resolver } from 'type-graphql';
import { ROSTER_READERS } from '../../access/roles.js';
import { bindNoun } from '../../graphql/bindNoun.js';
import { enumOf } from '../../graphql/codeLists.js';
import { connectionOf, type Page } from '../../graphql/connection.js';
import type { RequestContext } from '../../graphql/context.js';
import { listPage } from '../../graphql/listPage.js';
import { PageArgs } from '../../graphql/pageArgs.js';
import { Recorded } from '../../graphql/recorded.js';
import { DateScalar } from '../../graphql/scalars.js';
import { MediatorType } from '../mediator/graphql.js';
import { OrgUnitType } from '../orgUnit/graphql.js';
import { teamCommands } from './commands.js';
import { TeamLeavingReason, TeamRole } from './events.js';
import { type MediationTeam, type Membership, rosterOn, team } from './team.js';
import { teamView } from './views.js';

@ObjectType('TeamMembership', { description: 'A mediator’s time in a team.' })
export class TeamMembershipType {
  constructor(private readonly membership: Membership) {}

  @Field(() => ID, { description: 'Id of the mediator.' })
  get mediatorId(): string {
    return this.membership.mediatorId;
  }

  @Field(() => MediatorType, { nullable: true, description: 'The mediator.' })
  mediator(@Ctx() { loaders }: RequestContext): Promise<MediatorType | undefined> {
    return loaders.noun<MediatorType>(this.membership.mediatorId);
  }

  @Field(() => enumOf(TeamRole), { description: 'What the mediator is in the team.' })
  get role(): string {
    return this.membership.role;
  }

  @Field(() => DateScalar, { description: 'First legal day of the membership.' })
  get from(): string {
    return this.membership.from;
  }

  @Field(() => DateScalar, {
    nullable: true,
    description: 'Legal day on which it no longer counts; null while it lasts.',
  })
  get to(): string | undefined {
    return this.membership.to;
  }

  @Field(() => enumOf(TeamLeavingReason), { nullable: true, description: 'Why the mediator left.' })
  get leavingReason(): string | undefined {
    return this.membership.leavingReason;
  }
}

@ObjectType('MediationTeam', {
  description: 'A team of mediators that takes on disputes together (矛盾多元调解队).',
  implements: Recorded,
  simpleResolvers: true,
})
export class MediationTeamType extends Recorded<MediationTeam> {
  @Field(() => String, { nullable: true, description: 'Name of the team.' })
  get name(): string | undefined {
    return this.state.name;
  }

  @Field(() => DateScalar, { nullable: true, description: 'Legal day from which it counts.' })
  get formedOn(): string | undefined {
    return this.state.formedOn;
  }

  @Field(() => OrgUnitType, { nullable: true, description: 'Unit that it belongs to.' })
  orgUnit(@Ctx() { loaders }: RequestContext): Promise<OrgUnitType | undefined> {
    return loaders.noun<OrgUnitType>(this.state.orgUnitId);
  }

  @Field(() => [TeamMembershipType], { description: 'Every membership so far, in the order of recording.' })
  get memberships(): readonly TeamMembershipType[] {
    return this.state.memberships.map(membership => new TeamMembershipType(membership));
  }

  @Field(() => [TeamMembershipType], { description: 'Who is in the team on a day.' })
  roster(
    @Arg('asOf', () => DateScalar, { description: 'Legal day. Whoever leaves on it is no longer in the roster.' })
    asOf: string,
  ): readonly TeamMembershipType[] {
    return rosterOn(this.state, asOf).map(membership => new TeamMembershipType(membership));
  }
}

const MediationTeamConnection = connectionOf(MediationTeamType, 'MediationTeam');

@ArgsType()
class MediationTeamsArgs extends PageArgs {
  @Field(() => ID, { nullable: true, description: 'Only teams of this unit.' })
  orgUnitId?: string;
}

@Resolver()
export class MediationTeamQueries {
  @Query(() => MediationTeamType, { nullable: true, description: 'A mediation team by id.' })
  mediationTeam(
    @Arg('id', () => ID, { description: 'Id of the team.' }) id: string,
    @Ctx() { loaders }: RequestContext,
  ): Promise<MediationTeamType> {
    return loaders.required<MediationTeamType>(id, 'team');
  }

  @Query(() => MediationTeamConnection, { description: 'Mediation teams within your scope, by id.' })
  mediationTeams(
    @Args(() => MediationTeamsArgs) args: MediationTeamsArgs,
    @Ctx() context: RequestContext,
  ): Promise<Page<MediationTeamType>> {
    return listPage<MediationTeamType>(context, teamBinding, args, {
      list: 'mediationTeams',
      equal: { orgUnitId: args.orgUnitId },
      sort: { column: 'id', descending: false },
    });
  }
}

export const teamBinding = bindNoun({
  aggregate: team,
  view: teamView,
  commands: teamCommands,
  readers: ROSTER_READERS,
  type: MediationTeamType,
});
