import { Args, ArgsType, Ctx, Field, ObjectType } from 'type-graphql';
import { AppointmentConnection, type AppointmentType, appointmentBinding } from '../../appointments/graphql.js';
import { CertificateConnection, type CertificateType, certificateBinding } from '../../certificates/graphql.js';
import { ErrandConnection, type ErrandType, errandBinding } from '../../errands/graphql.js';
import type { Page, RowQuery } from '../../graphql/connection.js';
import type { RequestContext } from '../../graphql/context.js';
import { PageArgs } from '../../graphql/pageArgs.js';
import { DateScalar } from '../../graphql/scalars.js';
import { disputeBinding } from '../../mediation/graphql/binding.js';
import type { DisputeType } from '../../mediation/graphql/dispute.js';
import { DisputeConnection } from '../../mediation/graphql/queries.js';
import { NeedConnection, type NeedType, needBinding } from '../../needs/graphql.js';
import { VisitConnection, type VisitType, visitBinding } from '../../visits/graphql.js';
import { ERRANDS_IN_HAND } from '../openWork/heldBy.js';
import { TERMS } from '../overdue/kinds.js';
import { type DayList, dayList, inPerson, takenPartIn } from './dayLists.js';

@ArgsType()
class DayListArgs extends PageArgs {}

const ON_VISITS = { table: 'visit_participant', key: 'visitId', participant: 'participantId' };
const IN_CASES = { table: 'dispute_participant', key: 'disputeId', participant: 'participantId' };

@ObjectType('MyDay', {
  description: 'What you have before you on a day. Each list has what you may see, by its own order, page by page.',
  simpleResolvers: true,
})
export class MyDayType {
  constructor(private readonly day: string) {}

  /** Cases in which the viewer mediates. */
  private cases(context: RequestContext, page: PageArgs, list: Pick<DayList, 'name' | 'sort' | 'where'>) {
    return dayList<DisputeType>(context, page, {
      ...list,
      binding: disputeBinding,
      day: this.day,
      where: rows => takenPartIn(list.where?.(rows) ?? rows, IN_CASES, context),
      participating: IN_CASES,
    });
  }

  /** Open by then, and due: rows of what `overdue` lists once its day has gone by. */
  private due(kind: keyof typeof TERMS): (rows: RowQuery) => RowQuery {
    return rows => TERMS[kind].open(rows).where(TERMS[kind].column, '<=', this.day);
  }

  @Field(() => DateScalar, { description: 'The legal day.' })
  get date(): string {
    return this.day;
  }

  @Field(() => VisitConnection, { description: 'Visits of the day on which you go, or went.' })
  visits(@Args(() => DayListArgs) page: DayListArgs, @Ctx() context: RequestContext): Promise<Page<VisitType>> {
    return dayList<VisitType>(context, page, {
      name: 'visits',
      binding: visitBinding,
      day: this.day,
      where: rows => takenPartIn(rows, ON_VISITS, context).where('day', '=', this.day),
      sort: { column: 'day', descending: false },
      participating: ON_VISITS,
    });
  }

  @Field(() => AppointmentConnection, {
    description: 'Appointments of the day that you keep, and those at your station that nobody has confirmed; by time.',
  })
  appointments(
    @Args(() => DayListArgs) page: DayListArgs,
    @Ctx() context: RequestContext,
  ): Promise<Page<AppointmentType>> {
    const { actorId, orgUnitId } = context.viewer;
    return dayList<AppointmentType>(context, page, {
      name: 'appointments',
      binding: appointmentBinding,
      day: this.day,
      where: rows =>
        rows
          .where('day', '=', this.day)
          .where(eb =>
            eb.or([
              eb.and([eb('status', '=', 'CONFIRMED'), eb('officerId', '=', actorId)]),
              eb.and([eb('status', '=', 'BOOKED'), eb('orgUnitId', '=', orgUnitId)]),
            ]),
          ),
      sort: { column: 'plannedFor', descending: false },
    });
  }

  @Field(() => DisputeConnection, { description: 'Cases that you mediate whose next session is planned for the day.' })
  sessions(@Args(() => DayListArgs) page: DayListArgs, @Ctx() context: RequestContext): Promise<Page<DisputeType>> {
    return this.cases(context, page, {
      name: 'sessions',
      where: rows => rows.where('sessionOn', '=', this.day),
      sort: { column: 'sessionOn', descending: false },
    });
  }

  @Field(() => NeedConnection, { description: 'Needs that you answer for and that are open, the longest wait first.' })
  needs(@Args(() => DayListArgs) page: DayListArgs, @Ctx() context: RequestContext): Promise<Page<NeedType>> {
    return dayList<NeedType>(context, page, {
      name: 'needs',
      binding: needBinding,
      day: this.day,
      where: rows => inPerson(rows, 'officerId', context).where('closedOn', 'is', null),
      sort: { column: 'raisedOn', descending: false },
    });
  }

  @Field(() => CertificateConnection, { description: 'Certificates in your custody, the nearest end of term first.' })
  certificates(
    @Args(() => DayListArgs) page: DayListArgs,
    @Ctx() context: RequestContext,
  ): Promise<Page<CertificateType>> {
    return dayList<CertificateType>(context, page, {
      name: 'certificates',
      binding: certificateBinding,
      day: this.day,
      where: rows => inPerson(rows, 'holderId', context),
      sort: { column: 'dueDate', descending: false },
    });
  }

  @Field(() => ErrandConnection, {
    description: 'Errands that you took along and whose result is not back with the resident, the longest wait first.',
  })
  errands(@Args(() => DayListArgs) page: DayListArgs, @Ctx() context: RequestContext): Promise<Page<ErrandType>> {
    return dayList<ErrandType>(context, page, {
      name: 'errands',
      binding: errandBinding,
      day: this.day,
      where: rows => inPerson(rows, 'officerId', context).where('status', 'in', ERRANDS_IN_HAND),
      sort: { column: 'lastRecordedAt', descending: false },
    });
  }

  @Field(() => CertificateConnection, {
    description: 'Certificates of your station whose term ends on the day or has ended, the earliest first.',
  })
  dueCertificates(
    @Args(() => DayListArgs) page: DayListArgs,
    @Ctx() context: RequestContext,
  ): Promise<Page<CertificateType>> {
    const { binding, column } = TERMS.CERT;
    return dayList<CertificateType>(context, page, {
      name: 'dueCertificates',
      binding,
      day: this.day,
      where: this.due('CERT'),
      sort: { column, descending: false },
    });
  }

  @Field(() => DisputeConnection, {
    description: 'Cases that you mediate whose period ends on the day or has ended, the earliest first.',
  })
  dueMediations(@Args(() => DayListArgs) page: DayListArgs, @Ctx() context: RequestContext) {
    const sort = { column: TERMS.MEDIATION.column, descending: false };
    return this.cases(context, page, { name: 'dueMediations', where: this.due('MEDIATION'), sort });
  }

  @Field(() => DisputeConnection, {
    description: 'Cases that you mediated whose follow-up is due by the day, the earliest first.',
  })
  followUps(@Args(() => DayListArgs) page: DayListArgs, @Ctx() context: RequestContext) {
    const sort = { column: TERMS.FOLLOW_UP.column, descending: false };
    return this.cases(context, page, { name: 'followUps', where: this.due('FOLLOW_UP'), sort });
  }
}
