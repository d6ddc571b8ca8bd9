import { Ctx, Field, ID, Int, ObjectType } from 'type-graphql';
import { Role } from '../access/roles.js';
import type { RecordedEvent } from '../eventstore/port.js';
import type { Aggregate } from '../kernel/decider.js';
import { type Deviation, deviationsIn } from '../kernel/events.js';
import type { Locale } from '../kernel/label.js';
import { legalDayOf } from '../kernel/legalDay.js';
import { changesBetween } from './changes.js';
import { enumOf, LocaleArg } from './codeLists.js';
import type { RequestContext } from './context.js';
import { EventField, fieldsOf } from './eventFields.js';
import { lateArrival } from './lateArrival.js';
import { maskData, shownState, subjectsShown } from './maskData.js';
import { DateTimeScalar, Json, PositionScalar } from './scalars.js';

@ObjectType({ description: 'A rule that a recorded fact breaks. The fact stands all the same.', simpleResolvers: true })
export class EventDeviation {
  @Field(() => String, { description: 'Code of the rule.' })
  rule!: string;

  @Field(() => String, { description: 'Statute and article, or the practice that the rule comes from.' })
  citation!: string;
}

@ObjectType({ description: 'One thing that an event changed in the state of its noun.', simpleResolvers: true })
export class StateChange {
  @Field(() => [String], { description: 'Where in the state.' })
  path!: readonly string[];

  @Field(() => Json, { nullable: true, description: 'Value before; absent if there was none.' })
  before!: unknown;

  @Field(() => Json, { nullable: true, description: 'Value after; absent if there is none.' })
  after!: unknown;
}

/** What an event is read with: its noun, and the states that it led from and to. */
export interface EventSource {
  readonly aggregate: Aggregate;
  readonly event: RecordedEvent;
  readonly before: unknown;
  readonly after: unknown;
}

@ObjectType('Event', { description: 'What happened, once, as recorded. Nothing changes it.', simpleResolvers: true })
export class EventType {
  constructor(private readonly source: EventSource) {}

  private get event(): RecordedEvent {
    return this.source.event;
  }

  @Field(() => ID, { description: 'Id of the event: the same command of the same actor gives the same id.' })
  get id(): string {
    return this.event.eventId;
  }

  @Field(() => String, { description: 'Type, as `schema/events` describes it: `SessionOpened`.' })
  get type(): string {
    return this.event.type;
  }

  @Field(() => String, { description: 'What people call it.' })
  label(@LocaleArg() locale: Locale): string {
    return this.source.aggregate.events[this.event.type]?.label[locale] ?? this.event.type;
  }

  @Field(() => ID, { description: 'Id of the noun that it happened to.' })
  get streamId(): string {
    return this.event.streamId;
  }

  @Field(() => Int, { description: 'Place in the history of its noun, from 0, without gaps.' })
  get revision(): number {
    return this.event.revision;
  }

  @Field(() => PositionScalar, { description: 'Place among all events of this store.' })
  get position(): string {
    return this.event.position;
  }

  @Field(() => DateTimeScalar, { description: 'When it happened, by the clock of the device.' })
  get occurredAt(): string {
    return this.event.occurredAt;
  }

  @Field(() => DateTimeScalar, { description: 'When it was recorded, by the clock of the server.' })
  get recordedAt(): string {
    return this.event.recordedAt;
  }

  @Field(() => Boolean, {
    description: 'Whether the clock of the device was ahead of the server by over five minutes.',
  })
  get clockSkewSuspect(): boolean {
    return this.event.clockSkewSuspect;
  }

  @Field(() => ID, { description: 'Who recorded it.' })
  get actorId(): string {
    return this.event.actorId;
  }

  @Field(() => enumOf(Role), { description: 'Role of the actor at the time.' })
  get actorRole(): string {
    return this.event.actorRole;
  }

  @Field(() => ID, { description: 'Unit of the actor at the time.' })
  get orgUnitId(): string {
    return this.event.orgUnitId;
  }

  @Field(() => ID, { nullable: true, description: 'Device that it was entered on.' })
  get deviceId(): string | undefined {
    return this.event.deviceId;
  }

  @Field(() => Int, {
    nullable: true,
    description: 'Revision that an offline device had seen when the command was entered on it.',
  })
  get basedOnRevision(): number | undefined {
    return this.event.basedOnRevision;
  }

  @Field(() => ID, { description: 'Command that it came of.' })
  get commandId(): string {
    return this.event.commandId;
  }

  @Field(() => ID, { description: 'What it belongs together with.' })
  get correlationId(): string {
    return this.event.correlationId;
  }

  @Field(() => ID, { description: 'What brought it about.' })
  get causationId(): string {
    return this.event.causationId;
  }

  @Field(() => String, { description: 'Rule set that it was decided under.' })
  get ruleSetId(): string {
    return this.event.ruleSetId;
  }

  @Field(() => String, { description: 'Legal basis on which it is recorded.' })
  get legalBasisCode(): string {
    return this.event.legalBasisCode;
  }

  @Field(() => [ID], { description: 'Residents whom it is about; not those whom it names as relatives.' })
  get subjectIds(): readonly string[] {
    return subjectsShown(this.source.aggregate.events[this.event.type], this.event);
  }

  @Field(() => String, { nullable: true, description: 'Division code of the place, down to the township.' })
  get divisionCode(): string | undefined {
    return this.event.place?.divisionCode;
  }

  @Field(() => Json, { description: 'What it says, as `schema/events` describes it, with personal values masked.' })
  async data(@Ctx() { services }: RequestContext): Promise<unknown> {
    const definition = this.source.aggregate.events[this.event.type];
    return definition ? maskData(definition, this.event.data, services.lens, legalDayOf(services.clock.now())) : {};
  }

  @Field(() => [EventField], { description: 'What it says, field by field, for people.' })
  async fields(@LocaleArg() locale: Locale, @Ctx() context: RequestContext): Promise<readonly EventField[]> {
    const definition = this.source.aggregate.events[this.event.type];
    if (!definition) return [];
    const data = (await this.data(context)) as Readonly<Record<string, unknown>>;
    return fieldsOf(definition.data.shape, data, locale);
  }

  @Field(() => [EventDeviation], { description: 'Rules that it breaks, late arrival among them.' })
  get deviations(): readonly Deviation[] {
    return [...deviationsIn(this.event.data), ...lateArrival(this.event)];
  }

  @Field(() => String, { description: 'State of the noun after it.' })
  get stateAfter(): string {
    return this.source.aggregate.statusOf(this.source.after);
  }

  @Field(() => [StateChange], {
    description: 'What it changed in the state of the noun; sealed values and relatives stay hidden.',
  })
  get changes(): readonly { path: readonly string[]; before?: unknown; after?: unknown }[] {
    const { aggregate, before, after } = this.source;
    return changesBetween(shownState(aggregate, before), shownState(aggregate, after));
  }
}
