import { Args, ArgsType, Field, ID, Resolver, Root, Subscription } from 'type-graphql';
import { requireRole } from '../../access/authorise.js';
import { ACTIVITY_READERS } from '../../access/roles.js';
import type { RecordedEvent } from '../../eventstore/port.js';
import type { NounBinding, RequestContext } from '../../graphql/context.js';
import { apiError } from '../../graphql/errors.js';
import { checkAfter, followLog } from '../../graphql/following.js';
import { PositionScalar } from '../../graphql/scalars.js';
import { categoryOf } from '../../kernel/ids.js';
import { type Position, START } from '../../kernel/position.js';
import { unitsInSight } from '../unitsInSight.js';
import { ActivityType } from './activityType.js';

@ArgsType()
class ActivityArgs {
  @Field(() => PositionScalar, {
    nullable: true,
    description: 'Cursor behind which to go on; without it, everything from the first event on.',
  })
  after?: Position | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Only events of these types, such as `MaterialDistributed`; all, if left out.',
  })
  types?: readonly string[] | null;

  @Field(() => ID, { nullable: true, description: 'The unit, with all below it; your own, if left out.' })
  orgUnitId?: string | null;
}

type Nouns = ReadonlyMap<string, NounBinding>;

/** @throws GraphQLError BAD_USER_INPUT naming the argument, and what there is to choose from */
function wantedTypes(nouns: Nouns, types: ActivityArgs['types']): ReadonlySet<string> | undefined {
  if (!types) return undefined;
  const known = [...nouns.values()].flatMap(({ aggregate }) => Object.keys(aggregate.events)).sort();
  const refused = (rule: string, inputPath: readonly (string | number)[]) =>
    apiError('BAD_USER_INPUT', `Argument "types" ${rule}; extensions.known lists the types`, { inputPath, known });
  if (types.length === 0) throw refused('must name a type, or be left out for all', ['types']);
  const unknown = types.findIndex(type => !known.includes(type));
  if (unknown >= 0) throw refused(`names no type of event at ${unknown}`, ['types', unknown]);
  return new Set(types);
}

const activities = new WeakMap<RecordedEvent, ActivityType>();

/** One object an event, whoever asks: what is worked out for one is there for all. */
function activityOf(event: RecordedEvent, binding: NounBinding): ActivityType {
  const known = activities.get(event) ?? new ActivityType(event, binding);
  activities.set(event, known);
  return known;
}

/** @throws Forbidden, NotFound, GraphQLError before anything is sent */
async function openActivity(context: RequestContext, { after, types, orgUnitId }: ActivityArgs) {
  const { services, viewer } = context;
  requireRole(viewer, ACTIVITY_READERS, 'activity');
  const wanted = wantedTypes(services.nouns, types);
  const sight = await unitsInSight(context, ACTIVITY_READERS, orgUnitId ?? viewer.orgUnitId);
  await checkAfter(services.store, after ?? START);

  return (async function* () {
    for await (const batch of followLog(context, after ?? START))
      for (const event of batch) {
        const binding = services.nouns.get(categoryOf(event.streamId));
        if (!binding || (wanted && !wanted.has(event.type))) continue;
        const units = await sight();
        if (!units) return;
        if (units.has(event.orgUnitId)) yield activityOf(event, binding);
      }
  })();
}

@Resolver()
export class ActivitySubscription {
  @Subscription(() => ActivityType, {
    description:
      'What a unit and those below it do: what was recorded behind `after`, then what comes, in the order of recording, ' +
      'without a gap or a repeat. Nobody is named. For those who work with residents, and for analysts; NOT_FOUND for a ' +
      'unit out of your scope. Ends when you may no longer see the unit; closed with the last cursor: with ' +
      'SLOW_CONSUMER when you take less than what comes, with SHUTTING_DOWN when the server goes away.',
    subscribe: ({ args, context }) => openActivity(context as RequestContext, args as ActivityArgs),
  })
  activity(@Root() payload: ActivityType, @Args(() => ActivityArgs) _args: ActivityArgs): ActivityType {
    return payload;
  }
}
