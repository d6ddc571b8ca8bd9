import { Arg, Args, ArgsType, Ctx, Field, ID, Query, Resolver } from 'type-graphql';
import { CASEWORK_READERS } from '../access/roles.js';
import { bindNoun } from '../graphql/bindNoun.js';
import { enumOf } from '../graphql/codeLists.js';
import { connectionOf, type Page, type RowQuery } from '../graphql/connection.js';
import type { RequestContext } from '../graphql/context.js';
import { listPage } from '../graphql/listPage.js';
import { DivisionPageArgs, PageArgs } from '../graphql/pageArgs.js';
import { DateScalar } from '../graphql/scalars.js';
import { withinDivision } from '../graphql/withinDivision.js';
import { type CodeOf, codeList } from '../kernel/codes.js';
import { certificate, UNDELIVERED } from './certificate.js';
import { CertificateType } from './certificateType.js';
import { CertificateStatus, CertificateType as CertificateTypeCode } from './codes.js';
import { certificateCommands } from './commands/index.js';
import { certificateView } from './views.js';

export { CertificateType };

const CertificateSort = codeList('CertificateSort', 'Order of a list of certificates.', {
  DUE_DATE: { zh: '期限先后', en: 'The nearest end of term first; those without a term last' },
  LAST_RECORDED: { zh: '最近记录', en: 'Those recorded last first' },
});

const SORTS = {
  DUE_DATE: { column: 'dueDate', descending: false },
  LAST_RECORDED: { column: 'lastRecordedAt', descending: true },
} as const;

export const CertificateConnection = connectionOf(CertificateType, 'Certificate');

@ArgsType()
class CertificatesArgs extends PageArgs {
  @Field(() => enumOf(CertificateStatus), { nullable: true, description: 'Only certificates in this state.' })
  status?: string;

  @Field(() => enumOf(CertificateTypeCode), { nullable: true, description: 'Only certificates of this type.' })
  certType?: string;

  @Field(() => ID, { nullable: true, description: 'Only certificates of this station.' })
  orgUnitId?: string;

  @Field(() => ID, { nullable: true, description: 'Only certificates of this applicant.' })
  applicantId?: string;

  @Field(() => ID, { nullable: true, description: 'Only certificates applied for in place of this one.' })
  replacesId?: string;

  @Field(() => ID, { nullable: true, description: 'Only certificates that are in this backpack.' })
  backpackId?: string;

  @Field(() => String, { nullable: true, description: 'Only certificates applied for in this division or within it.' })
  divisionCode?: string;

  @Field(() => DateScalar, { nullable: true, description: 'Only certificates whose term ends before this legal day.' })
  dueBefore?: string;

  @Field(() => Boolean, { nullable: true, description: 'Only certificates that are still to be handed over, or not.' })
  open?: boolean;

  @Field(() => enumOf(CertificateSort), { defaultValue: 'DUE_DATE', description: 'Order.' })
  sort!: CodeOf<typeof CertificateSort>;
}

const dueBefore = (query: RowQuery, day: string | undefined): RowQuery =>
  typeof day === 'string' ? query.where('dueDate', '<', day) : query;

const endedIf = (open: boolean | undefined): number | undefined =>
  typeof open === 'boolean' ? Number(!open) : undefined;

@Resolver()
export class CertificateQueries {
  @Query(() => CertificateType, { nullable: true, description: 'A certificate by its id.' })
  certificate(
    @Arg('id', () => ID, { description: 'Id of the certificate.' }) id: string,
    @Ctx() { loaders }: RequestContext,
  ): Promise<CertificateType> {
    return loaders.required<CertificateType>(id, 'certificate');
  }

  @Query(() => CertificateConnection, { description: 'Certificates within your scope.' })
  certificates(
    @Args(() => CertificatesArgs) args: CertificatesArgs,
    @Ctx() context: RequestContext,
  ): Promise<Page<CertificateType>> {
    const { status, certType, orgUnitId, applicantId, replacesId, backpackId } = args;
    return listPage<CertificateType>(context, certificateBinding, args, {
      list: 'certificates',
      equal: { status, certType, orgUnitId, applicantId, replacesId, backpackId, ended: endedIf(args.open) },
      where: query => dueBefore(withinDivision(query, args.divisionCode), args.dueBefore),
      sort: SORTS[args.sort],
    });
  }

  @Query(() => CertificateConnection, {
    description: 'Certificates within your scope that are made and not handed over yet, the nearest end of term first.',
  })
  undelivered(
    @Args(() => DivisionPageArgs) args: DivisionPageArgs,
    @Ctx() context: RequestContext,
  ): Promise<Page<CertificateType>> {
    return listPage<CertificateType>(context, certificateBinding, args, {
      list: 'undelivered',
      where: query => withinDivision(query, args.divisionCode).where('status', 'in', [...UNDELIVERED]),
      sort: SORTS.DUE_DATE,
    });
  }
}

export const certificateBinding = bindNoun({
  aggregate: certificate,
  view: certificateView,
  commands: certificateCommands,
  readers: CASEWORK_READERS,
  type: CertificateType,
});
