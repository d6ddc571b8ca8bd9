import { Arg, Ctx, Field, ID, ObjectType, Resolver, Root, Subscription } from 'type-graphql';
import { hasRole, maySee } from '../access/authorise.js';
import { NotFound } from '../access/errors.js';
import type { NounBinding, RequestContext } from '../graphql/context.js';
import { type EventSource, EventType } from '../graphql/event.js';
import { checkAfter, followLog } from '../graphql/following.js';
import { sourcesOf } from '../graphql/history.js';
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

/** What is recorded of a noun, and where the log stood before that was read: nothing can come in between unseen. */
interface Past {
  readonly binding: NounBinding;
  readonly head: Position;
  readonly sources: readonly EventSource[];
}

/** Events of the noun as they come, each with the states before and after it. */
async function* sourcesThatCome(
  context: RequestContext,
  { binding: { aggregate }, head, sources }: Past,
  id: string,
): AsyncGenerator<EventSource> {
  let { after: state, event } = sources.at(-1)!;
  for await (const batch of followLog(context, head))
    for (const next of batch) {
      if (next.streamId !== id || next.revision <= event.revision) continue;
      const after = evolveWith(aggregate, state, next);
      yield { aggregate, event: next, before: state, after };
      state = after;
      event = next;
    }
}

/** Whoever may see the noun now may see its past, and what comes for as long as that lasts. */
async function* visibleSources(context: RequestContext, past: Past, id: string): AsyncGenerator<EventSource> {
  const { aggregate, readers } = past.binding;
  yield* past.sources;
  for await (const source of sourcesThatCome(context, past, id)) {
    // Asked anew for each: a token ends, a person is moved or suspended, a case goes to another unit.
    const viewer = await context.viewerNow();
    if (!viewer || !hasRole(viewer, readers) || !maySee(viewer, aggregate, source.after)) return;
    yield source;
  }
}

async function* eventsBehind(sources: AsyncIterable<EventSource>, after: Position): AsyncGenerator<CaseEvent> {
  for await (const source of sources) {
    const cursor = source.event.position;
    if (comparePositions(cursor, after) > 0) yield { cursor, event: new EventType(source) };
  }
}

/** @throws Forbidden, NotFound, GraphQLError before anything is sent, so that the client gets an error and not a broken stream */
async function openCaseEvents(context: RequestContext, id: string, after: Position = START) {
  const { loaders, services, viewer } = context;
  const category = categoryOf(id);
  await loaders.required(id, category);
  const binding = services.nouns.get(category);
  if (!binding) throw new NotFound(id);
  await checkAfter(services.store, after);
  const head = await services.store.head();
  const sources = await sourcesOf(services, binding.aggregate, id);
  if (!maySee(viewer, binding.aggregate, sources.at(-1)?.after)) throw new NotFound(id);
  return eventsBehind(visibleSources(context, { binding, head, sources }, id), after);
}

@Resolver()
export class CaseEventsSubscription {
  @Subscription(() => CaseEvent, {
    description:
      'What happens to one noun: what was recorded behind `after` (everything, without it), then what comes, without a gap or a repeat. Ends when you may no longer see it; closed with the last cursor: with SLOW_CONSUMER when you take less than what comes, with SHUTTING_DOWN when the server goes away.',
    subscribe: ({ args, context }) =>
      openCaseEvents(
        context as RequestContext,
        args.id as string,
        (args.after as Position | null | undefined) ?? undefined,
      ),
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
