import { Ctx, Field, ObjectType } from 'type-graphql';
import { hasRole } from '../../access/authorise.js';
import { COUNTS_ONLY, Role } from '../../access/roles.js';
import type { Viewer } from '../../access/viewer.js';
import type { RecordedEvent } from '../../eventstore/port.js';
import { enumOf, LocaleArg } from '../../graphql/codeLists.js';
import type { NounBinding, RequestContext } from '../../graphql/context.js';
import { EventDeviation } from '../../graphql/event.js';
import { figures, figuresAlone } from '../../graphql/figures.js';
import { lateArrival } from '../../graphql/lateArrival.js';
import { Node } from '../../graphql/recorded.js';
import { DateTimeScalar, Json, PositionScalar } from '../../graphql/scalars.js';
import { SharedPayload } from '../../graphql/sharedPayload.js';
import { COUNTY_DIGITS } from '../../kernel/divisions.js';
import { type Deviation, deviationsIn, type EventDefinition } from '../../kernel/events.js';
import type { Locale } from '../../kernel/label.js';
import { legalDayOf, startOfDayOf } from '../../kernel/legalDay.js';
import { OrgUnitType } from '../../organisation/orgUnit/graphql.js';

/**
 * One event by minute and place is one household's: to who only counts, the day is told and the county, beside the unit
 * whose work it is (DOMAIN 5.5).
 */
const toTheDayFor = (viewer: Viewer, at: string): string => (hasRole(viewer, COUNTS_ONLY) ? startOfDayOf(at) : at);

@ObjectType('Activity', {
  description: 'Something that a unit did, as it comes: what, when and where, and nobody by name or number.',
})
export class ActivityType extends SharedPayload {
  constructor(
    private readonly event: RecordedEvent,
    private readonly binding: NounBinding,
  ) {
    super();
  }

  private get definition(): EventDefinition | undefined {
    return this.binding.aggregate.events[this.event.type];
  }

  @Field(() => PositionScalar, { description: 'To be given as `after`, to go on behind this.' })
  get cursor(): string {
    return this.event.position;
  }

  @Field(() => String, { description: 'Type of the event, as `schema/events` describes it: `MaterialDistributed`.' })
  get type(): string {
    return this.event.type;
  }

  @Field(() => String, { description: 'What people call it.' })
  label(@LocaleArg() locale: Locale): string {
    return this.definition?.label[locale] ?? this.event.type;
  }

  @Field(() => DateTimeScalar, {
    description: 'When it happened, by the clock of the device; for analysts, when that day began in Asia/Shanghai.',
  })
  occurredAt(@Ctx() { viewer }: RequestContext): string {
    return toTheDayFor(viewer, this.event.occurredAt);
  }

  @Field(() => DateTimeScalar, {
    description:
      'When it was recorded, by the clock of the server; for analysts, when that day began in Asia/Shanghai.',
  })
  recordedAt(@Ctx() { viewer }: RequestContext): string {
    return toTheDayFor(viewer, this.event.recordedAt);
  }

  @Field(() => enumOf(Role), { description: 'Role of who recorded it, at the time.' })
  get actorRole(): string {
    return this.event.actorRole;
  }

  @Field(() => OrgUnitType, {
    nullable: true,
    description: 'The unit that did it: that of who recorded it, at the time.',
  })
  orgUnit(@Ctx() { loaders }: RequestContext): Promise<OrgUnitType | undefined> {
    return loaders.noun<OrgUnitType>(this.event.orgUnitId);
  }

  @Field(() => String, {
    nullable: true,
    description: 'Division code of the place, down to the township; for analysts, that of the county.',
  })
  divisionCode(@Ctx() { viewer }: RequestContext): string | undefined {
    const code = this.event.place?.divisionCode;
    return hasRole(viewer, COUNTS_ONLY) ? code?.slice(0, COUNTY_DIGITS) : code;
  }

  @Field(() => Json, {
    description:
      'What it says in codes, figures and days, as `schema/events` describes them; ids, names and text are left out. ' +
      'Personal values are masked; for analysts they are left out, the village too, and of an instant there is the day: ' +
      'a few of them together would tell who it is.',
  })
  async data(@Ctx() { services, viewer }: RequestContext): Promise<object> {
    const { definition } = this;
    if (!definition) return {};
    if (hasRole(viewer, COUNTS_ONLY)) return figuresAlone(definition, this.event.data);
    return figures(definition, this.event.data, services.lens, legalDayOf(services.clock.now()));
  }

  @Field(() => [EventDeviation], { description: 'Rules that it breaks, late arrival among them.' })
  get deviations(): readonly Deviation[] {
    return [...deviationsIn(this.event.data), ...lateArrival(this.event)];
  }

  @Field(() => String, { description: 'What it happened to: `Dispute`, `Visit`.' })
  get nounType(): string {
    return this.binding.aggregate.noun;
  }

  @Field(() => Node, { nullable: true, description: 'That very noun as it is now, for whoever may read it.' })
  async noun(@Ctx() { loaders, services }: RequestContext): Promise<Node | undefined> {
    // The event may be faster than the read models.
    await services.projections.reached(this.event.position, services.readAfterTimeoutMs);
    return loaders.noun<Node>(this.event.streamId);
  }
}
