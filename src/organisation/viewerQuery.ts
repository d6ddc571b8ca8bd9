import { Ctx, Field, ID, ObjectType, Query, Resolver } from 'type-graphql';
import { Role } from '../access/roles.js';
import type { Viewer } from '../access/viewer.js';
import { enumOf } from '../graphql/codeLists.js';
import type { RequestContext } from '../graphql/context.js';
import { categoryOf } from '../kernel/ids.js';
import { MediatorType } from './mediator/graphql.js';
import { OfficerType } from './officer/graphql.js';
import { OrgUnitType } from './orgUnit/graphql.js';

@ObjectType('Viewer', { description: 'Who asks, as the record has it now: the token says no more than the name.' })
export class ViewerType {
  constructor(private readonly viewer: Viewer) {}

  @Field(() => ID, { description: 'Id of the officer or mediator under which everything is recorded.' })
  get actorId(): string {
    return this.viewer.actorId;
  }

  @Field(() => enumOf(Role), { description: 'Role in force: decides what may be asked.' })
  get role(): string {
    return this.viewer.role;
  }

  @Field(() => OrgUnitType, { nullable: true, description: 'Unit in force.' })
  orgUnit(@Ctx() { loaders }: RequestContext): Promise<OrgUnitType | undefined> {
    return loaders.namedIn<OrgUnitType>(this.viewer.orgUnitId);
  }

  @Field(() => OfficerType, { nullable: true, description: 'The officer, if it is one.' })
  async officer(@Ctx() { loaders }: RequestContext): Promise<OfficerType | undefined> {
    const { actorId } = this.viewer;
    return categoryOf(actorId) === 'officer' ? loaders.namedIn<OfficerType>(actorId) : undefined;
  }

  @Field(() => [MediatorType], { description: 'The mediators that the viewer is, and may act as.' })
  mediators(@Ctx() { loaders }: RequestContext): Promise<readonly MediatorType[]> {
    return loaders.nouns<MediatorType>([this.viewer.actorId, ...this.viewer.alsoKnownAs].filter(isMediator));
  }

  @Field(() => [OrgUnitType], {
    description:
      'Units whose nouns the viewer may see: the own one and those below, by id. None for a mediator, who sees what he ' +
      'or she takes part in.',
  })
  scope(@Ctx() { loaders }: RequestContext): Promise<readonly OrgUnitType[]> {
    const units = this.viewer.scope === 'ALL' ? [this.viewer.orgUnitId] : [...this.viewer.scope].sort();
    return loaders.nouns<OrgUnitType>(units);
  }
}

const isMediator = (id: string): boolean => categoryOf(id) === 'mediator';

@Resolver()
export class ViewerQueries {
  @Query(() => ViewerType, { description: 'Who you are here, in which role, and what you may see.' })
  viewer(@Ctx() { viewer }: RequestContext): ViewerType {
    return new ViewerType(viewer);
  }
}
