import { Field, Int, ObjectType } from 'type-graphql';
import type { RecordedEvent } from '../eventstore/port.js';
import { type Aggregate, evolveWith } from '../kernel/decider.js';
import type { Position } from '../kernel/position.js';
import { checkFirst, PageInfo, pageInfoOf } from './connection.js';
import type { Known, Services } from './context.js';
import { badCursor } from './errors.js';
import { type EventSource, EventType } from './event.js';
import { PositionScalar } from './scalars.js';

@ObjectType({ description: 'An event in a history, with its cursor.', simpleResolvers: true })
export class HistoryEdge {
  @Field(() => String, { description: 'Stable place in the history.' })
  cursor!: string;

  @Field(() => EventType, { description: 'The event.' })
  node!: EventType;
}

@ObjectType({ description: 'A page of a history.', simpleResolvers: true })
export class HistoryConnection {
  @Field(() => [HistoryEdge], { description: 'Events with their cursors.' })
  edges!: readonly HistoryEdge[];

  @Field(() => [EventType], { description: 'Events alone.' })
  nodes!: readonly EventType[];

  @Field(() => PageInfo, { description: 'Where this page stands.' })
  pageInfo!: PageInfo;

  @Field(() => Int, { description: 'Number of events in the whole history.' })
  totalCount!: number;

  @Field(() => PositionScalar, { description: 'Position of the last event of the history.' })
  readAt!: Position;
}

/** Events of a stream that are known, each with the states before and after it, folded from the known ones alone. */
export async function sourcesOf(
  services: Pick<Services, 'store'>,
  aggregate: Aggregate,
  streamId: string,
  known: Known = () => true,
): Promise<readonly EventSource[]> {
  const sources: EventSource[] = [];
  let state = aggregate.initial;
  for await (const batch of services.store.readStream(streamId))
    for (const event of batch.filter(known)) {
      const after = evolveWith(aggregate, state, event);
      sources.push({ aggregate, event, before: state, after });
      state = after;
    }
  return sources;
}

const cursorOf = (event: RecordedEvent): string =>
  Buffer.from(`${event.streamId}@${event.revision}`).toString('base64url');

function revisionOf(cursor: string, streamId: string): number {
  const [stream, revision] = Buffer.from(cursor, 'base64url').toString().split('@');
  if (stream !== streamId || !/^\d+$/.test(revision ?? '')) throw badCursor();
  return Number(revision);
}

export async function historyPage(
  services: Services,
  aggregate: Aggregate,
  streamId: string,
  known: Known,
  first: number,
  after?: string,
): Promise<HistoryConnection> {
  checkFirst(first);
  // A variable that is null arrives as null, and means the same as none.
  const behind = after ?? undefined;
  const from = behind === undefined ? -1 : revisionOf(behind, streamId);
  const all = await sourcesOf(services, aggregate, streamId, known);
  const rest = all.filter(({ event }) => event.revision > from);
  const edges = rest.slice(0, first).map(source => ({ cursor: cursorOf(source.event), node: new EventType(source) }));
  return {
    edges,
    nodes: edges.map(edge => edge.node),
    pageInfo: pageInfoOf({ after: behind }, rest.length > first, {
      start: edges[0]?.cursor,
      end: edges.at(-1)?.cursor,
    }),
    totalCount: all.length,
    readAt: all.at(-1)?.event.position ?? '0',
  };
}
