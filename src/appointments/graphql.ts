import { Arg, Args, ArgsType, Ctx, Field, ID, ObjectType, Query, Resolver } from 'type-graphql';
import { CASEWORK_READERS } from '../access/roles.js';
import { bindNoun } from '../graphql/bindNoun.js';
import { enumOf } from '../graphql/codeLists.js';
import { connectionOf, type Page } from '../graphql/connection.js';
import type { RequestContext } from '../graphql/context.js';
import { listPage } from '../graphql/listPage.js';
import { PageArgs } from '../graphql/pageArgs.js';
import { Recorded } from '../graphql/recorded.js';
import { DateScalar, DateTimeScalar } from '../graphql/scalars.js';
import { withinDays } from '../graphql/withinDays.js';
import { withinDivision } from '../graphql/withinDivision.js';
import { wordsOf } from '../graphql/words.js';
import { type CodeOf, codeList } from '../kernel/codes.js';
import { OfficerType } from '../organisation/officer/graphql.js';
import { OrgUnitType } from '../organisation/orgUnit/graphql.js';
import { ResidentType } from '../residents/graphql.js';
import { VisitType } from '../visits/graphql.js';
import { type Appointment, AppointmentStatus, appointment } from './appointment.js';
import { appointmentCommands } from './commands.js';
import { AppointmentChannel, AppointmentPlace, AppointmentPurpose, CancellationReason } from './events.js';
import { appointmentView } from './views.js';

@ObjectType('Appointment', {
  description: 'A time at which a resident and an officer meet (预约).',
  implements: Recorded,
  simpleResolvers: true,
})
export class AppointmentType extends Recorded<Appointment> {
  @Field(() => enumOf(AppointmentStatus), { nullable: true, description: 'What has become of it.' })
  get status(): string | undefined {
    return this.state.status;
  }

  @Field(() => enumOf(AppointmentPurpose), { nullable: true, description: 'What it is for.' })
  get purpose(): string | undefined {
    return this.state.purpose;
  }

  @Field(() => enumOf(AppointmentChannel), { nullable: true, description: 'How it was booked.' })
  get channel(): string | undefined {
    return this.state.channel;
  }

  @Field(() => enumOf(AppointmentPlace), { nullable: true, description: 'Where they meet.' })
  get place(): string | undefined {
    return this.state.place;
  }

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it is to begin.' })
  get plannedFor(): string | undefined {
    return this.state.plannedFor;
  }

  @Field(() => String, {
    nullable: true,
    description: 'What exactly, for who serves at its station, which is recorded; `［已封存］` for others.',
  })
  details(@Ctx() context: RequestContext): Promise<string | undefined> {
    const { orgUnitId, residentId: subjectId } = this.state;
    return wordsOf(this.state.details, { id: this.id, orgUnitId, subjectId }, context);
  }

  @Field(() => ID, { nullable: true, description: 'Who booked it, or for whom.' })
  get residentId(): string | undefined {
    return this.state.residentId;
  }

  @Field(() => ResidentType, { nullable: true, description: 'The resident, if you may see who it is.' })
  resident(@Ctx() { loaders }: RequestContext): Promise<ResidentType | undefined> {
    return loaders.noun<ResidentType>(this.state.residentId);
  }

  @Field(() => ID, { nullable: true, description: 'Visit on which it was booked.' })
  get originVisitId(): string | undefined {
    return this.state.originVisitId;
  }

  @Field(() => VisitType, { nullable: true, description: 'The visit on which it was booked, if you may see it.' })
  originVisit(@Ctx() { loaders }: RequestContext): Promise<VisitType | undefined> {
    return loaders.noun<VisitType>(this.state.originVisitId);
  }

  @Field(() => ID, { nullable: true, description: 'Need that it serves.' })
  get needId(): string | undefined {
    return this.state.needId;
  }

  @Field(() => String, { nullable: true, description: 'Division code of the township of the resident.' })
  get divisionCode(): string | undefined {
    return this.state.divisionCode;
  }

  @Field(() => OrgUnitType, { nullable: true, description: 'Station that it belongs to.' })
  orgUnit(@Ctx() { loaders }: RequestContext): Promise<OrgUnitType | undefined> {
    return loaders.noun<OrgUnitType>(this.state.orgUnitId);
  }

  @Field(() => OfficerType, { nullable: true, description: 'Officer who meets the resident; nobody, until confirmed.' })
  officer(@Ctx() { loaders }: RequestContext): Promise<OfficerType | undefined> {
    return loaders.noun<OfficerType>(this.state.officerId);
  }

  @Field(() => ID, { nullable: true, description: 'Visit on which it was kept.' })
  get visitId(): string | undefined {
    return this.state.visitId;
  }

  @Field(() => enumOf(CancellationReason), { nullable: true, description: 'Why it was cancelled.' })
  get cancellation(): string | undefined {
    return this.state.cancellation;
  }
}

export const AppointmentConnection = connectionOf(AppointmentType, 'Appointment');

const AppointmentSort = codeList('AppointmentSort', 'In what order appointments are listed.', {
  LATEST_FIRST: { zh: '时间由晚到早', en: 'The latest time first' },
  EARLIEST_FIRST: { zh: '时间由早到晚', en: 'The earliest time first' },
});

@ArgsType()
class AppointmentsArgs extends PageArgs {
  @Field(() => enumOf(AppointmentStatus), { nullable: true, description: 'Only appointments in this state.' })
  status?: string;

  @Field(() => enumOf(AppointmentPurpose), { nullable: true, description: 'Only appointments for this.' })
  purpose?: string;

  @Field(() => ID, { nullable: true, description: 'Only appointments of this station.' })
  orgUnitId?: string;

  @Field(() => String, { nullable: true, description: 'Only appointments of residents of this division, by its code.' })
  divisionCode?: string;

  @Field(() => ID, { nullable: true, description: 'Only appointments of this resident.' })
  residentId?: string;

  @Field(() => ID, { nullable: true, description: 'Only appointments that this officer keeps.' })
  officerId?: string;

  @Field(() => DateScalar, { nullable: true, description: 'Only appointments for this legal day or later.' })
  from?: string;

  @Field(() => DateScalar, { nullable: true, description: 'Only appointments for this legal day or earlier.' })
  to?: string;

  @Field(() => enumOf(AppointmentSort), { defaultValue: 'LATEST_FIRST', description: 'In what order.' })
  sort!: CodeOf<typeof AppointmentSort>;
}

@Resolver()
export class AppointmentQueries {
  @Query(() => AppointmentType, { nullable: true, description: 'An appointment by its id.' })
  appointment(
    @Arg('id', () => ID, { description: 'Id of the appointment.' }) id: string,
    @Ctx() { loaders }: RequestContext,
  ): Promise<AppointmentType> {
    return loaders.required<AppointmentType>(id, 'appointment');
  }

  @Query(() => AppointmentConnection, { description: 'Appointments within your scope.' })
  appointments(
    @Args(() => AppointmentsArgs) args: AppointmentsArgs,
    @Ctx() context: RequestContext,
  ): Promise<Page<AppointmentType>> {
    const { status, purpose, orgUnitId, residentId, officerId, from, to } = args;
    return listPage<AppointmentType>(context, appointmentBinding, args, {
      list: 'appointments',
      equal: { status, purpose, orgUnitId, residentId, officerId },
      where: query => withinDays(withinDivision(query, args.divisionCode), 'day', { from, to }),
      sort: { column: 'plannedFor', descending: args.sort === 'LATEST_FIRST' },
    });
  }
}

export const appointmentBinding = bindNoun({
  aggregate: appointment,
  view: appointmentView,
  commands: appointmentCommands,
  readers: CASEWORK_READERS,
  type: AppointmentType,
});
