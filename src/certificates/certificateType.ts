import { Arg, Ctx, Field, ID, Int, ObjectType } from 'type-graphql';
import { enumOf } from '../graphql/codeLists.js';
import type { RequestContext } from '../graphql/context.js';
import { Recorded } from '../graphql/recorded.js';
import { DateScalar, DateTimeScalar } from '../graphql/scalars.js';
import { daysBetween, legalDayOf } from '../kernel/legalDay.js';
import { OfficerType } from '../organisation/officer/graphql.js';
import { OrgUnitType } from '../organisation/orgUnit/graphql.js';
import { ResidentType } from '../residents/graphql.js';
import { VisitType } from '../visits/graphql.js';
import { type Certificate, type Extension, type Handover, hasEnded, holderOf } from './certificate.js';
import {
  ApplicationReason,
  CertificateStatus,
  CertificateType as CertificateTypeCode,
  DeliveryMethod,
  ExtensionReason,
  OldCardOutcome,
  SignerRelation,
} from './codes.js';
import { CustodyLinkType, HolderType } from './custodyType.js';
import { oldCardOutcome } from './terms.js';

@ObjectType('DeadlineExtension', { description: 'The one extension of a term (ID Law art. 12).' })
export class ExtensionType {
  constructor(private readonly extension: Extension) {}

  @Field(() => Int, { description: 'Calendar days added.' })
  get extraDays(): number {
    return this.extension.extraDays;
  }

  @Field(() => enumOf(ExtensionReason), { description: 'What makes transport inconvenient.' })
  get reason(): string {
    return this.extension.reason;
  }

  @Field(() => OfficerType, { nullable: true, description: 'Station chief who approved it.' })
  approver(@Ctx() { loaders }: RequestContext): Promise<OfficerType | undefined> {
    return loaders.noun<OfficerType>(this.extension.approverId);
  }
}

@ObjectType('CertificateHandover', { description: 'How a certificate was handed over.', simpleResolvers: true })
export class HandoverType {
  @Field(() => enumOf(DeliveryMethod), { description: 'Where: only at the door counts as delivered.' })
  method!: string;

  @Field(() => enumOf(SignerRelation), { description: 'Who signed.' })
  signer!: string;

  @Field(() => ID, { nullable: true, description: 'Visit on which it was handed over; null at the counter.' })
  visitId?: string;

  @Field(() => DateTimeScalar, { description: 'When, by the clock of the device.' })
  at!: string;
}

@ObjectType('Certificate', {
  description: 'A certificate, from the application at the door until it is signed for.',
  implements: Recorded,
  simpleResolvers: true,
})
export class CertificateType extends Recorded<Certificate> {
  @Field(() => enumOf(CertificateStatus), { nullable: true, description: 'How far it has come.' })
  get status(): string | undefined {
    return this.state.status;
  }

  @Field(() => enumOf(CertificateTypeCode), { nullable: true, description: 'Which certificate.' })
  get certType(): string | undefined {
    return this.state.application?.certType;
  }

  @Field(() => enumOf(ApplicationReason), { nullable: true, description: 'Why, as the applicant said.' })
  get reason(): string | undefined {
    return this.state.application?.reason;
  }

  @Field(() => ID, { nullable: true, description: 'Id of the applicant.' })
  get applicantId(): string | undefined {
    return this.state.application?.applicantId;
  }

  @Field(() => ResidentType, { nullable: true, description: 'Whose certificate it is.' })
  applicant(@Ctx() { loaders }: RequestContext): Promise<ResidentType | undefined> {
    return loaders.noun<ResidentType>(this.state.application?.applicantId);
  }

  @Field(() => ResidentType, {
    nullable: true,
    description: 'Who applied on behalf of the applicant; null for a minor, who would be told by it.',
  })
  async guardian(@Ctx() context: RequestContext): Promise<ResidentType | undefined> {
    const applicant = await context.loaders.namedIn<ResidentType>(this.state.application?.applicantId);
    if (await applicant?.isMinor(context)) return undefined;
    return context.loaders.noun<ResidentType>(this.state.application?.guardianId);
  }

  @Field(() => ID, { nullable: true, description: 'Visit on which the application was taken.' })
  get originVisitId(): string | undefined {
    return this.state.application?.originVisitId;
  }

  @Field(() => VisitType, { nullable: true, description: 'The visit of the application, if you may see it.' })
  originVisit(@Ctx() { loaders }: RequestContext): Promise<VisitType | undefined> {
    return loaders.noun<VisitType>(this.state.application?.originVisitId);
  }

  @Field(() => ID, { nullable: true, description: 'Need that it serves.' })
  get needId(): string | undefined {
    return this.state.application?.needId;
  }

  @Field(() => ID, { nullable: true, description: 'Certificate with a defect in whose place it was applied for.' })
  get replacesId(): string | undefined {
    return this.state.application?.replacesId;
  }

  @Field(() => CertificateType, {
    nullable: true,
    description: 'The certificate with a defect in whose place it was applied for, if you may see it.',
  })
  replaces(@Ctx() { loaders }: RequestContext): Promise<CertificateType | undefined> {
    return loaders.noun<CertificateType>(this.state.application?.replacesId);
  }

  @Field(() => String, { nullable: true, description: 'Division code of the township of the application.' })
  get divisionCode(): string | undefined {
    return this.state.divisionCode;
  }

  @Field(() => OrgUnitType, { nullable: true, description: 'Station that it belongs to.' })
  orgUnit(@Ctx() { loaders }: RequestContext): Promise<OrgUnitType | undefined> {
    return loaders.noun<OrgUnitType>(this.state.orgUnitId);
  }

  @Field(() => Boolean, { description: 'Whether a photo stands.' })
  get hasPhoto(): boolean {
    return this.state.photo !== undefined;
  }

  @Field(() => Boolean, { description: 'Whether fingerprints were taken, or nobody need take them.' })
  get hasFingerprint(): boolean {
    return this.state.fingerprint !== undefined;
  }

  @Field(() => DateScalar, { nullable: true, description: 'Legal day of the form, from which the term runs.' })
  get formDate(): string | undefined {
    return this.state.formDate;
  }

  @Field(() => DateScalar, { nullable: true, description: 'Last legal day of the term; null where none runs.' })
  get dueDate(): string | undefined {
    return this.state.dueDate;
  }

  @Field(() => Int, {
    nullable: true,
    description: 'Days until the last day of the term, negative once it is over; null where none runs any more.',
  })
  daysLeft(
    @Arg('on', () => DateScalar, { nullable: true, description: 'Legal day to count from; today, if left out.' })
    on: string | undefined,
    @Ctx() { services }: RequestContext,
  ): number | undefined {
    const { dueDate } = this.state;
    if (dueDate === undefined || hasEnded(this.state)) return undefined;
    return daysBetween(on ?? legalDayOf(services.clock.now()), dueDate);
  }

  @Field(() => DateScalar, {
    nullable: true,
    description: 'Last legal day of the term that ended without a handover; null while none has.',
  })
  get breachedDueDate(): string | undefined {
    return this.state.breachedDueDate;
  }

  @Field(() => ExtensionType, { nullable: true, description: 'The one extension of the term.' })
  get extension(): ExtensionType | undefined {
    return this.state.extension && new ExtensionType(this.state.extension);
  }

  @Field(() => String, { nullable: true, description: 'Number of the county’s receipt.' })
  get receiptNo(): string | undefined {
    return this.state.receiptNo;
  }

  @Field(() => String, { nullable: true, description: 'Batch in which it was made.' })
  get batchNo(): string | undefined {
    return this.state.batchNo;
  }

  @Field(() => enumOf(OldCardOutcome), {
    nullable: true,
    description: 'What became of the old card; null while it is still to be handed back.',
  })
  get oldCard(): string | undefined {
    return this.state.application && oldCardOutcome(this.state.application, this.state.oldCard);
  }

  @Field(() => Int, { description: 'How often it was taken to the door.' })
  get attempts(): number {
    return this.state.attempts;
  }

  @Field(() => HolderType, { nullable: true, description: 'Who holds it now.' })
  get holder(): HolderType | undefined {
    const holder = holderOf(this.state);
    return holder && new HolderType(holder);
  }

  @Field(() => [CustodyLinkType], { description: 'The chain of custody, in order.' })
  get custody(): readonly CustodyLinkType[] {
    return this.state.custody.map(link => new CustodyLinkType(link));
  }

  @Field(() => HandoverType, { nullable: true, description: 'How it was handed over.' })
  get handover(): Handover | undefined {
    return this.state.handover;
  }
}
