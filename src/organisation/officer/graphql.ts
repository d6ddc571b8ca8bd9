import { Arg, Args, ArgsType, Ctx, Field, ID, ObjectType, Query, Resolver } from 'type-graphql';
import { ROSTER_READERS, Role } from '../../access/roles.js';
import { bindNoun } from '../../graphql/bindNoun.js';
import { enumOf } from '../../graphql/codeLists.js';
import { connectionOf, type Page } from '../../graphql/connection.js';
import type { RequestContext } from '../../graphql/context.js';
import { listPage } from '../../graphql/listPage.js';
import { reveal } from '../../graphql/maskData.js';
import { PageArgs } from '../../graphql/pageArgs.js';
import { Recorded } from '../../graphql/recorded.js';
import { DateScalar } from '../../graphql/scalars.js';
import { OrgUnitType } from '../orgUnit/graphql.js';
import { officerCommands } from './commands.js';
import { PostEndReason } from './events.js';
import { type Assignment, currentAssignment, type HeldBackpack, type Officer, officer } from './officer.js';
import { officerView } from './views.js';

@ObjectType('Assignment', { description: 'A post, from a day on.', simpleResolvers: true })
export class AssignmentType {
  constructor(private readonly assignment: Assignment) {}

  @Field(() => enumOf(Role), { description: 'Role of the post.' })
  get role(): string {
    return this.assignment.role;
  }

  @Field(() => String, { description: 'What the post is called.' })
  get post(): string {
    return this.assignment.post;
  }

  @Field(() => DateScalar, { description: 'Legal day from which it counts.' })
  get from(): string {
    return this.assignment.from;
  }

  @Field(() => DateScalar, {
    nullable: true,
    description: 'Legal day on which the officer left it for no other; a post that another follows ends with that.',
  })
  get endedOn(): string | undefined {
    return this.assignment.ended?.on;
  }

  @Field(() => enumOf(PostEndReason), { nullable: true, description: 'Why the officer left, if so.' })
  get endReason(): string | undefined {
    return this.assignment.ended?.reason;
  }

  @Field(() => OrgUnitType, { nullable: true, description: 'Unit of the post.' })
  orgUnit(@Ctx() { loaders }: RequestContext): Promise<OrgUnitType | undefined> {
    return loaders.noun<OrgUnitType>(this.assignment.orgUnitId);
  }
}

@ObjectType('HeldBackpack', { description: 'The one backpack that an officer holds.', simpleResolvers: true })
export class HeldBackpackType {
  @Field(() => ID, { description: 'Id of the backpack.' })
  backpackId!: string;

  @Field(() => String, { description: 'Serial number on it.' })
  serial!: string;

  @Field(() => DateScalar, { description: 'Legal day of issue.' })
  issuedOn!: string;
}

@ObjectType('Officer', {
  description: 'Someone who works with Satchel, in a post.',
  implements: Recorded,
  simpleResolvers: true,
})
export class OfficerType extends Recorded<Officer> {
  @Field(() => String, { nullable: true, description: 'Name: officials act by name.' })
  name(@Ctx() { services }: RequestContext): Promise<string | undefined> {
    return reveal(services.lens, this.state.name);
  }

  @Field(() => String, { nullable: true, description: 'Badge number.' })
  get badgeNumber(): string | undefined {
    return this.state.badgeNumber;
  }

  @Field(() => enumOf(Role), { nullable: true, description: 'Role of the post in force; none of whoever left.' })
  get role(): string | undefined {
    return currentAssignment(this.state)?.role;
  }

  @Field(() => OrgUnitType, { nullable: true, description: 'Unit of the post in force; none of whoever left.' })
  orgUnit(@Ctx() { loaders }: RequestContext): Promise<OrgUnitType | undefined> {
    return loaders.noun<OrgUnitType>(currentAssignment(this.state)?.orgUnitId);
  }

  @Field(() => [AssignmentType], { description: 'Every post so far; the last is in force, unless ended.' })
  get assignments(): readonly AssignmentType[] {
    return this.state.assignments.map(assignment => new AssignmentType(assignment));
  }

  @Field(() => HeldBackpackType, { nullable: true, description: 'The backpack that the officer holds.' })
  get backpack(): HeldBackpack | undefined {
    return this.state.backpack;
  }
}

const OfficerConnection = connectionOf(OfficerType, 'Officer');

@ArgsType()
class OfficersArgs extends PageArgs {
  @Field(() => ID, { nullable: true, description: 'Only officers of this unit, and who left it last.' })
  orgUnitId?: string;

  @Field(() => enumOf(Role), { nullable: true, description: 'Only officers in this role.' })
  role?: string;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Only those with a post in force, or, if false, only those who left; both, if left out.',
  })
  serving?: boolean;
}

const serving = (wanted: boolean | null | undefined) =>
  typeof wanted === 'boolean' ? { serving: wanted ? 1 : 0 } : {};

@Resolver()
export class OfficerQueries {
  @Query(() => OfficerType, { nullable: true, description: 'An officer by id.' })
  officer(@Arg('id', () => ID, { description: 'Id of the officer.' }) id: string, @Ctx() { loaders }: RequestContext) {
    return loaders.required<OfficerType>(id, 'officer');
  }

  @Query(() => OfficerConnection, { description: 'Officers within your scope, by id.' })
  officers(@Args(() => OfficersArgs) args: OfficersArgs, @Ctx() context: RequestContext): Promise<Page<OfficerType>> {
    return listPage<OfficerType>(context, officerBinding, args, {
      list: 'officers',
      equal: { orgUnitId: args.orgUnitId, role: args.role, ...serving(args.serving) },
      sort: { column: 'id', descending: false },
    });
  }
}

export const officerBinding = bindNoun({
  aggregate: officer,
  view: officerView,
  commands: officerCommands,
  readers: ROSTER_READERS,
  type: OfficerType,
});
