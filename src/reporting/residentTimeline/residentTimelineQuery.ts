import { Args, ArgsType, Ctx, Field, ID, ObjectType, Query, Resolver } from 'type-graphql';
import { requireRole } from '../../access/authorise.js';
import { CASEWORK_READERS } from '../../access/roles.js';
import { recordLook } from '../../audit/access/recordAccess.js';
import { checkFirst, connectionOf, type Page } from '../../graphql/connection.js';
import type { RequestContext } from '../../graphql/context.js';
import { EventType } from '../../graphql/event.js';
import { withoutNulls } from '../../graphql/listPage.js';
import { PageArgs } from '../../graphql/pageArgs.js';
import { type Item, pageOfItems } from '../../graphql/pageOfItems.js';
import { Node } from '../../graphql/recorded.js';
import type { Position } from '../../kernel/position.js';
import { type Happening, happeningsWith } from './timeline.js';

@ObjectType('TimelineEntry', {
  description: 'Something that happened with a resident, and to which noun.',
  simpleResolvers: true,
})
export class TimelineEntryType {
  constructor(private readonly happening: Happening) {}

  @Field(() => EventType, { description: 'What happened, masked.' })
  get event(): EventType {
    return new EventType(this.happening.source);
  }

  @Field(() => Node, { description: 'The visit, need, certificate, errand, appointment or dispute, as it is now.' })
  get of(): Node {
    return this.happening.noun;
  }
}

const TimelineConnection = connectionOf(TimelineEntryType, 'TimelineEntry');

@ArgsType()
class ResidentTimelineArgs extends PageArgs {
  @Field(() => ID, { description: 'Id of the resident.' })
  residentId!: string;
}

/** A position that compares as text: no number in it has more digits. */
const padded = (position: Position): string =>
  position
    .split('/')
    .map(number => number.padStart(20, '0'))
    .join('/');

/** By when it happened; what happened at once, by when it was recorded. */
const itemOf = (happening: Happening): Item<TimelineEntryType> => ({
  value: happening.source.event.occurredAt,
  id: padded(happening.source.event.position),
  node: new TimelineEntryType(happening),
});

@Resolver()
export class ResidentTimelineQueries {
  @Query(() => TimelineConnection, {
    nullable: true,
    description:
      'What has happened with one resident, across visits, needs, certificates, errands, appointments and disputes that ' +
      'you may see, the latest first, masked: events that name the resident, and each step of what is the resident’s. ' +
      'The look is recorded before it is answered, once an hour. NOT_FOUND for a resident out of your scope.',
  })
  async residentTimeline(
    @Args(() => ResidentTimelineArgs) args: ResidentTimelineArgs,
    @Ctx() context: RequestContext,
  ): Promise<Page<TimelineEntryType>> {
    const { viewer, services, loaders } = context;
    requireRole(viewer, CASEWORK_READERS, 'residentTimeline');
    const { first, after, residentId } = withoutNulls(args);
    checkFirst(first);
    await loaders.required(residentId, 'resident');
    const look = { type: 'ResidentTimelineViewed', data: { subjectId: residentId } } as const;
    await recordLook(services.commands, look, viewer);
    const readAt = services.projections.position;
    const happenings = await happeningsWith(context, residentId, readAt);
    const sort = { column: 'occurredAt', descending: true };
    const request = { list: 'residentTimeline', filter: { residentId }, sort, first, after };
    return pageOfItems(happenings.map(itemOf), request, readAt);
  }
}
