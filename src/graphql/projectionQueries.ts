import { Ctx, Field, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { requireRole } from '../access/authorise.js';
import type { Role } from '../access/roles.js';
import { comparePositions, eventsBetween, type Position } from '../kernel/position.js';
import type { ProjectionStatus } from '../projections/runnerOptions.js';
import type { RequestContext } from './context.js';
import { PositionScalar } from './scalars.js';

const OPERATORS: readonly Role[] = ['ADMIN', 'AUDITOR', 'COUNTY_CHIEF'];

@ObjectType('Projection', { description: 'A read model, and how far it is behind the record.' })
export class ProjectionType {
  constructor(
    private readonly projection: ProjectionStatus,
    private readonly head: Position,
  ) {}

  @Field(() => String, { description: 'Name of the read model.' })
  get name(): string {
    return this.projection.name;
  }

  @Field(() => Int, { description: 'Version; a new one is built anew.' })
  get version(): number {
    return this.projection.version;
  }

  @Field(() => PositionScalar, { description: 'Position of the last event in it.' })
  get position(): Position {
    return this.projection.position;
  }

  @Field(() => Boolean, { description: 'Whether it holds every event that there is.' })
  get current(): boolean {
    return comparePositions(this.projection.position, this.head) >= 0;
  }

  @Field(() => Int, { nullable: true, description: 'Events that it lacks; null where positions do not count events.' })
  get eventsBehind(): number | undefined {
    return eventsBetween(this.projection.position, this.head);
  }

  @Field(() => String, { nullable: true, description: 'Why it stands still; null while it runs.' })
  get stopped(): string | undefined {
    return this.projection.stopped;
  }

  @Field(() => Int, { description: 'Streams that it could not take in and has set aside: see `parkedStreams`.' })
  get parkedStreams(): number {
    return this.projection.parkedStreams;
  }
}

@Resolver()
export class ProjectionQueries {
  @Query(() => [ProjectionType], { description: 'The read models and their lag, for who runs or audits Satchel.' })
  async projections(@Ctx() { services, viewer }: RequestContext): Promise<readonly ProjectionType[]> {
    requireRole(viewer, OPERATORS, 'projections');
    const head = await services.store.head();
    return services.projections.status().map(projection => new ProjectionType(projection, head));
  }
}
