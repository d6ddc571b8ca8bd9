import { Arg, Ctx, Field, ID, ObjectType, Resolver, Root, Subscription } from 'type-graphql';
import { maySee } from '../access/authorise.js';
import { NotFound } from '../access/errors.js';
import type { EventStore, RecordedEvent } from '../eventstore/port.js';
import type { NounBinding, RequestContext } from '../graphql/context.js';
import { type EventSource, EventType } from '../graphql/event.js';
import { PositionScalar } from '../graphql/scalars.js';
import { evolveWith } from '../kernel/decider.js';
import { categoryOf } from '../kernel/ids.js';
import { comparePositions, type Position, START } from '../kernel/position.js';

@ObjectType({
  description: 'An event of a case as it comes, with the cursor to go on behind it.',
  simpleResolvers: true,
})
export class CaseEvent {
  @Field(() => PositionScalar, { description: 'To be given as `after`, to go on behind this event.' })
  cursor!: Position;

  @Field(() => EventType, { description: 'The event.' })
  event!: EventType;
}

/** Events of one stream: those that are there, then those that come. */
async function* eventsOfStream(
  store: EventStore,
  streamId: string,
  signal: AbortSignal,
): AsyncGenerator<RecordedEvent> {
  // The head is read first: what is appended in between is read twice at most, and never missed.
  const head = await store.head();
  let last: Position = START;
  for await (const event of store.readStream(streamId)) {
    last = event.position;
    yield event;
  }
  for await (const batch of store.subscribe({ after: head, categories: [categoryOf(streamId)], signal }))
    for (const event of batch)
      if (event.streamId === streamId && comparePositions(event.position, last) > 0) yield event;
}

/** The same, folded: each event with the states before and after it. */
async function* sourcesAsTheyCome(
  { services, signal }: RequestContext,
  { aggregate }: NounBinding,
  id: string,
): AsyncGenerator<EventSource> {
  let state: unknown = aggregate.initial;
  for await (const event of eventsOfStream(services.store, id, signal)) {
    const after = evolveWith(aggregate, state, event);
    yield { aggregate, event, before: state, after };
    state = after;
  }
}

async function* visibleEvents(
  context: RequestContext,
  binding: NounBinding,
  id: string,
  after: Position,
): AsyncGenerator<CaseEvent> {
  for await (const source of sourcesAsTheyCome(context, binding, id)) {
    const cursor = source.event.position;
    // Asked anew for each: a case may move to a unit that the viewer has nothing to do with.
    if (!maySee(context.viewer, binding.aggregate, source.after)) continue;
    if (comparePositions(cursor, after) > 0) yield { cursor, event: new EventType(source) };
  }
}

/** @throws Forbidden, NotFound before anything is sent, so that the client gets an error and not a broken stream */
async function openCaseEvents(context: RequestContext, id: string, after: Position = START) {
  const category = categoryOf(id);
  await context.loaders.required(id, category);
  const binding = context.services.nouns.get(category);
  if (!binding) throw new NotFound(id);
  return visibleEvents(context, binding, id, after);
}

@Resolver()
export class CaseEventsSubscription {
  @Subscription(() => CaseEvent, {
    description:
      'What happens to one noun: what was recorded behind `after` (everything, without it), then what comes, without a gap or a repeat.',
    subscribe: ({ args, context }) =>
      openCaseEvents(context as RequestContext, args.id as string, args.after as Position | undefined),
  })
  caseEvents(
    @Root() payload: CaseEvent,
    @Arg('id', () => ID, { description: 'Id of the case, or of another noun.' }) _id: string,
    @Arg('after', () => PositionScalar, {
      nullable: true,
      description: 'Cursor of the last event that the client has.',
    })
    _after: Position | undefined,
    @Ctx() _context: RequestContext,
  ): CaseEvent {
    return payload;
  }
}
