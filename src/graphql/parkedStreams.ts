import { Arg, Ctx, Field, ID, InputType, Int, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import { requireRole } from '../access/authorise.js';
import type { Role } from '../access/roles.js';
import type { Position } from '../kernel/position.js';
import { OtherHistory } from '../projections/history.js';
import type { ParkedStream } from '../projections/parking/parkedStreams.js';
import type { RequestContext } from './context.js';
import { apiError } from './errors.js';
import { DateTimeScalar, PositionScalar } from './scalars.js';

const READERS: readonly Role[] = ['ADMIN', 'AUDITOR'];
const MENDERS: readonly Role[] = ['ADMIN'];

@ObjectType('ParkedStream', {
  description:
    'A stream of which a read model takes in nothing more, since it could not take in one of its events. All other streams go on. Its rows stay as they were before that event.',
  simpleResolvers: true,
})
export class ParkedStreamType {
  @Field(() => ID, { description: 'The stream: id of the noun.' })
  readonly streamId: string;

  @Field(() => String, { description: 'Name of the read model.' })
  readonly projection: string;

  @Field(() => Int, { description: 'Events that wait.' })
  readonly events: number;

  @Field(() => String, { description: 'Type of the event that could not be taken in.' })
  readonly type: string;

  @Field(() => Int, { description: 'Revision of that event.' })
  readonly revision: number;

  @Field(() => PositionScalar, { description: 'Position of that event.' })
  readonly position: Position;

  @Field(() => String, { description: 'What went wrong, and where in the program; no value of the event is in it.' })
  readonly reason: string;

  @Field(() => DateTimeScalar, { description: 'When it was set aside.' })
  readonly parkedAt: string;

  constructor(stream: ParkedStream) {
    this.streamId = stream.streamId;
    this.projection = stream.projection;
    this.events = stream.events;
    this.type = stream.type;
    this.revision = stream.revision;
    this.position = stream.position;
    this.reason = stream.reason;
    this.parkedAt = stream.parkedAt;
  }
}

@InputType({ description: 'Which stream to take in once more.' })
export class RetryParkedStreamInput {
  @Field(() => ID, { description: 'The stream, as `parkedStreams` names it.' })
  streamId!: string;
}

@ObjectType({ description: 'What came of retryParkedStream.', simpleResolvers: true })
export class RetryParkedStreamPayload {
  @Field(() => Int, { description: 'Events that were taken in, by all read models that had set them aside.' })
  readonly taken: number;

  @Field(() => [ParkedStreamType], {
    description: 'What is still parked of this stream; empty when all is well again.',
  })
  readonly parkedStreams: readonly ParkedStreamType[];

  constructor(taken: number, parkedStreams: readonly ParkedStreamType[]) {
    this.taken = taken;
    this.parkedStreams = parkedStreams;
  }
}

@Resolver()
export class ParkedStreamResolver {
  @Query(() => [ParkedStreamType], {
    description: 'Streams that read models have set aside, for who runs or audits Satchel.',
  })
  async parkedStreams(@Ctx() { services, viewer }: RequestContext): Promise<readonly ParkedStreamType[]> {
    requireRole(viewer, READERS, 'parkedStreams');
    await services.projections.refresh();
    return services.projections.parked.map(stream => new ParkedStreamType(stream));
  }

  @Mutation(() => RetryParkedStreamPayload, {
    description:
      'Takes the parked events of a stream in, in their order, once what was wrong is mended. What still cannot be taken in stays parked. May be sent again.',
  })
  async retryParkedStream(
    @Arg('input', () => RetryParkedStreamInput, { description: 'What is asked.' }) { streamId }: RetryParkedStreamInput,
    @Ctx() { services, viewer }: RequestContext,
  ): Promise<RetryParkedStreamPayload> {
    requireRole(viewer, MENDERS, 'retryParkedStream');
    await services.projections.refresh();
    if (!services.projections.isParked(streamId))
      throw apiError('NOT_PARKED', 'This stream is not parked: `parkedStreams` lists those that are', {
        inputPath: ['input', 'streamId'],
      });
    const { taken } = await services.retryStream(streamId).catch(error => {
      throw error instanceof OtherHistory ? apiError(error.code, error.message) : error;
    });
    const left = services.projections.parked.filter(stream => stream.streamId === streamId);
    return new RetryParkedStreamPayload(
      taken,
      left.map(stream => new ParkedStreamType(stream)),
    );
  }
}
