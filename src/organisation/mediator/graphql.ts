import { Arg, Args, ArgsType, Ctx, Field, ID, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { ROSTER_READERS } from '../../access/roles.js';
import { bindNoun } from '../../graphql/bindNoun.js';
import { enumOf } from '../../graphql/codeLists.js';
import { connectionOf, type Page } from '../../graphql/connection.js';
import type { RequestContext } from '../../graphql/context.js';
import { listPage } from '../../graphql/listPage.js';
import { reveal } from '../../graphql/maskData.js';
import { PageArgs } from '../../graphql/pageArgs.js';
import { Recorded } from '../../graphql/recorded.js';
import { DateScalar } from '../../graphql/scalars.js';
import { OfficerType } from '../officer/graphql.js';
import type { Officer } from '../officer/officer.js';
import { OrgUnitType } from '../orgUnit/graphql.js';
import { mediatorCommands } from './commands.js';
import { MediatorCategory, MediatorStatus, SuspensionReason } from './events.js';
import { type Mediator, mediator, mediatorStatus, type Training } from './mediator.js';
import { mediatorView } from './views.js';

/** For those who name a mediator: the code list goes with the type. */
export { MediatorCategory };

@ObjectType('MediatorTraining', { description: 'A training of a mediator.', simpleResolvers: true })
export class MediatorTrainingType {
  @Field(() => String, { description: 'What it was about.' })
  subject!: string;

  @Field(() => Int, { description: 'Length in hours.' })
  hours!: number;

  @Field(() => DateScalar, { description: 'Legal day.' })
  trainedOn!: string;
}

@ObjectType('Mediator', {
  description: 'Someone appointed to mediate between people: a people’s mediator (人民调解员).',
  implements: Recorded,
  simpleResolvers: true,
})
export class MediatorType extends Recorded<Mediator> {
  @Field(() => String, {
    nullable: true,
    description: 'Name: mediators act by name. That of the officer, if it is one.',
  })
  async name(@Ctx() { services, loaders }: RequestContext): Promise<string | undefined> {
    const { name, officerId } = this.state;
    if (!officerId) return reveal(services.lens, name);
    const named = await loaders.snapshot<Officer>(officerId);
    return reveal(services.lens, named?.state.name);
  }

  @Field(() => enumOf(MediatorStatus), { description: 'Whether the mediator may mediate.' })
  get status(): string {
    return mediatorStatus(this.state);
  }

  @Field(() => enumOf(MediatorCategory), { nullable: true, description: 'Where the mediator’s standing comes from.' })
  get category(): string | undefined {
    return this.state.category;
  }

  @Field(() => DateScalar, { nullable: true, description: 'Legal day of the appointment.' })
  get appointedOn(): string | undefined {
    return this.state.appointedOn;
  }

  @Field(() => [MediatorTrainingType], { description: 'Trainings so far.' })
  get trainings(): readonly Training[] {
    return this.state.trainings;
  }

  @Field(() => Boolean, { description: 'Whether the mediator holds the peacemaker badge (和事佬).' })
  get peacemaker(): boolean {
    return this.state.peacemakerSince !== undefined;
  }

  @Field(() => DateScalar, { nullable: true, description: 'Legal day on which the peacemaker badge was awarded.' })
  get peacemakerSince(): string | undefined {
    return this.state.peacemakerSince;
  }

  @Field(() => enumOf(SuspensionReason), { nullable: true, description: 'Why the mediator is suspended now.' })
  get suspensionReason(): string | undefined {
    return this.state.suspension?.reason;
  }

  @Field(() => DateScalar, { nullable: true, description: 'Legal day since which the mediator is suspended.' })
  get suspendedOn(): string | undefined {
    return this.state.suspension?.suspendedOn;
  }

  @Field(() => OrgUnitType, { nullable: true, description: 'Station or justice office that the mediator works with.' })
  orgUnit(@Ctx() { loaders }: RequestContext): Promise<OrgUnitType | undefined> {
    return loaders.noun<OrgUnitType>(this.state.orgUnitId);
  }

  @Field(() => OfficerType, { nullable: true, description: 'The officer that the mediator also is.' })
  officer(@Ctx() { loaders }: RequestContext): Promise<OfficerType | undefined> {
    return loaders.noun<OfficerType>(this.state.officerId);
  }
}

const MediatorConnection = connectionOf(MediatorType, 'Mediator');

@ArgsType()
class MediatorsArgs extends PageArgs {
  @Field(() => ID, { nullable: true, description: 'Only mediators of this unit.' })
  orgUnitId?: string;

  @Field(() => enumOf(MediatorCategory), { nullable: true, description: 'Only mediators of this category.' })
  category?: string;

  @Field(() => enumOf(MediatorStatus), { nullable: true, description: 'Only mediators in this state.' })
  status?: string;
}

@Resolver()
export class MediatorQueries {
  @Query(() => MediatorType, { nullable: true, description: 'A mediator by id.' })
  mediator(
    @Arg('id', () => ID, { description: 'Id of the mediator.' }) id: string,
    @Ctx() { loaders }: RequestContext,
  ): Promise<MediatorType> {
    return loaders.required<MediatorType>(id, 'mediator');
  }

  @Query(() => MediatorConnection, { description: 'Mediators within your scope, by id.' })
  mediators(
    @Args(() => MediatorsArgs) args: MediatorsArgs,
    @Ctx() context: RequestContext,
  ): Promise<Page<MediatorType>> {
    return listPage<MediatorType>(context, mediatorBinding, args, {
      list: 'mediators',
      equal: { orgUnitId: args.orgUnitId, category: args.category, status: args.status },
      sort: { column: 'id', descending: false },
    });
  }
}

export const mediatorBinding = bindNoun({
  aggregate: mediator,
  view: mediatorView,
  commands: mediatorCommands,
  readers: ROSTER_READERS,
  type: MediatorType,
});
