import { Arg, Args, ArgsType, Ctx, Field, ID, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { requireRole } from '../../access/authorise.js';
import { NotFound } from '../../access/errors.js';
import { type Role, SUPERVISORS } from '../../access/roles.js';
import { AppointmentConnection, type AppointmentType } from '../../appointments/graphql.js';
import { CertificateConnection, type CertificateType } from '../../certificates/graphql.js';
import { ErrandConnection, type ErrandType } from '../../errands/graphql.js';
import type { Page } from '../../graphql/connection.js';
import type { RequestContext } from '../../graphql/context.js';
import { listPage } from '../../graphql/listPage.js';
import { PageArgs } from '../../graphql/pageArgs.js';
import type { DisputeType } from '../../mediation/graphql/dispute.js';
import { DisputeConnection } from '../../mediation/graphql/queries.js';
import { NeedConnection, type NeedType } from '../../needs/graphql.js';
import { countHeld, HELD } from './heldBy.js';

/** Who sees to it that work is handed over, and who ends a post and has to know whether there is any. */
const READERS: readonly Role[] = [...SUPERVISORS, 'ADMIN'];

@ArgsType()
class OpenWorkArgs extends PageArgs {}

@ObjectType('OpenWork', {
  description:
    'What an officer has in hand, of units within your scope, and which another one takes over when the officer leaves or moves: acceptNeed, acceptErrand and confirmAppointment name the other, returnCertificate takes a certificate back, replaceMediator puts another mediator on a case. The lists are for who may read casework, for administrators there is the count.',
  simpleResolvers: true,
})
export class OpenWorkType {
  /** @param personIds of the officer, and of the mediator that the officer also is */
  constructor(
    private readonly officerId: string,
    private readonly personIds: readonly string[],
  ) {}

  private page<T extends object>(kind: keyof typeof HELD, { first, after }: PageArgs, context: RequestContext) {
    const { binding, rows, sortBy } = HELD[kind];
    const { officerId } = this;
    const args = after === undefined ? { first, officerId } : { first, after, officerId };
    return listPage<T>(context, binding, args, {
      list: `openWork.${kind}`,
      roles: SUPERVISORS,
      where: query => rows(query, this.personIds),
      sort: { column: sortBy, descending: false },
    });
  }

  @Field(() => Int, { description: 'How much there is, of all kinds.' })
  total(@Ctx() { services, viewer }: RequestContext): Promise<number> {
    return countHeld(services.db, this.personIds, viewer.scope === 'ALL' ? undefined : [...viewer.scope]);
  }

  @Field(() => NeedConnection, { description: 'Needs that the officer answers for and that are open.' })
  needs(@Args(() => OpenWorkArgs) page: OpenWorkArgs, @Ctx() context: RequestContext): Promise<Page<NeedType>> {
    return this.page<NeedType>('needs', page, context);
  }

  @Field(() => ErrandConnection, { description: 'Errands taken along, whose result is not back with the resident.' })
  errands(@Args(() => OpenWorkArgs) page: OpenWorkArgs, @Ctx() context: RequestContext): Promise<Page<ErrandType>> {
    return this.page<ErrandType>('errands', page, context);
  }

  @Field(() => CertificateConnection, { description: 'Certificates in the custody of the officer.' })
  certificates(
    @Args(() => OpenWorkArgs) page: OpenWorkArgs,
    @Ctx() context: RequestContext,
  ): Promise<Page<CertificateType>> {
    return this.page<CertificateType>('certificates', page, context);
  }

  @Field(() => AppointmentConnection, { description: 'Appointments that the officer is to keep.' })
  appointments(
    @Args(() => OpenWorkArgs) page: OpenWorkArgs,
    @Ctx() context: RequestContext,
  ): Promise<Page<AppointmentType>> {
    return this.page<AppointmentType>('appointments', page, context);
  }

  @Field(() => DisputeConnection, {
    description:
      'Cases under mediation that the officer mediates. What was agreed, or ended, the unit that handles the case sees through.',
  })
  cases(@Args(() => OpenWorkArgs) page: OpenWorkArgs, @Ctx() context: RequestContext): Promise<Page<DisputeType>> {
    return this.page<DisputeType>('cases', page, context);
  }
}

@Resolver()
export class OpenWorkQueries {
  @Query(() => OpenWorkType, {
    nullable: true,
    description:
      'What an officer has in hand: for chiefs and auditors, and for administrators to look at before endPost.',
  })
  async openWork(
    @Arg('officerId', () => ID, { description: 'Id of the officer, who may have left.' }) officerId: string,
    @Ctx() { services, viewer }: RequestContext,
  ): Promise<OpenWorkType> {
    requireRole(viewer, READERS, 'openWork');
    const { lookup } = services.commands;
    if ((await lookup.officer(officerId)) === undefined) throw new NotFound(officerId);
    return new OpenWorkType(officerId, [officerId, ...(await lookup.mediatorsOfOfficer(officerId))]);
  }
}
