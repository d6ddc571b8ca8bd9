import { Arg, Ctx, Field, ID, Int, ObjectType } from 'type-graphql';
import { AsOfClock, readAsOf } from '../../graphql/asOf.js';
import { enumOf, LocaleArg } from '../../graphql/codeLists.js';
import type { Known, RequestContext } from '../../graphql/context.js';
import { reveal } from '../../graphql/maskData.js';
import { Recorded } from '../../graphql/recorded.js';
import { DateScalar, DateTimeScalar } from '../../graphql/scalars.js';
import type { CodeOf } from '../../kernel/codes.js';
import type { Snapshot } from '../../kernel/decider.js';
import { findDivision } from '../../kernel/divisions.js';
import type { Locale } from '../../kernel/label.js';
import { legalDayOf } from '../../kernel/legalDay.js';
import { maskValue } from '../../kernel/masking.js';
import { OrgUnitType } from '../../organisation/orgUnit/graphql.js';
import {
  DisputeCategory,
  DisputeSource,
  DisputeStatus,
  EvidentiaryStatus,
  LegalBasis,
  MediationTrack,
  PartySide,
} from '../codes.js';
import { dispute } from '../dispute.js';
import type { CaseDeviation, Dispute } from '../state.js';
import { derivedStatus, evidentiaryStatus } from '../status.js';
import { AgreementDraftType, AgreementType } from './agreement.js';
import { ArchiveType, ClosureType, ReopeningType, TerminationType } from './closing.js';
import { CaseDeviationType } from './deviation.js';
import { EscalationRiskType, FollowUpType } from './followUp.js';
import { CaseMediatorType, MisconductType } from './mediator.js';
import { type CaseNow, caseText, readsCaseText } from './part.js';
import { ParticipantType } from './participant.js';
import { PartyType } from './party.js';
import { ExclusionType, FormerReferralType, ReferralType, ScreeningType } from './screening.js';
import { SessionType } from './session.js';

@ObjectType('Dispute', {
  description:
    'A dispute (矛盾纠纷) with its sessions, transcript and agreement. Links to other nouns are current, as of now.',
  implements: Recorded,
  simpleResolvers: true,
})
export class DisputeType extends Recorded<Dispute> {
  /** @param caseNow the case as it is now, by which rights are judged: a past state is read by who works on it today */
  constructor(
    snapshot: Snapshot<Dispute>,
    known?: Known,
    private caseNow?: CaseNow,
  ) {
    super(snapshot, known);
  }

  /** Made when a part asks for it: a list of cases seldom does. */
  private get present(): CaseNow {
    this.caseNow ??= { ...this.state, id: this.id };
    return this.caseNow;
  }

  private statusNow({ services }: RequestContext): CodeOf<typeof DisputeStatus> {
    return derivedStatus(this.state, legalDayOf(services.clock.now()));
  }

  @Field(() => enumOf(DisputeStatus), { description: 'Where the case stands.' })
  status(@Ctx() context: RequestContext): string {
    return this.statusNow(context);
  }

  @Field(() => String, { description: 'Where the case stands, in words.' })
  statusLabel(@LocaleArg() locale: Locale, @Ctx() context: RequestContext): string {
    return DisputeStatus.label(this.statusNow(context), locale);
  }

  @Field(() => String, {
    nullable: true,
    description: 'Number of the case, `(2022)人调字第 7 号`; null until accepted.',
  })
  get caseNo(): string | undefined {
    return this.state.caseNo;
  }

  @Field(() => String, { nullable: true, description: 'Short name, without anything personal.' })
  get title(): string | undefined {
    return this.state.title;
  }

  @Field(() => String, {
    nullable: true,
    description: 'What it is about, for who works on the case; `［已封存］` for others.',
  })
  summary(@Ctx() context: RequestContext): Promise<string | undefined> {
    return caseText(this.state.summary, this.present, context);
  }

  @Field(() => enumOf(DisputeSource), { nullable: true, description: 'How it came to the station.' })
  get source(): string | undefined {
    return this.state.source;
  }

  @Field(() => enumOf(DisputeCategory), { nullable: true, description: 'What it is about.' })
  get category(): string | undefined {
    return this.state.category;
  }

  @Field(() => enumOf(MediationTrack), { nullable: true, description: 'Under which law it is mediated.' })
  get track(): string | undefined {
    return this.state.track;
  }

  @Field(() => ScreeningType, { nullable: true, description: 'What the screening found; null until then.' })
  get screening(): Dispute['screening'] {
    return this.state.screening;
  }

  @Field(() => enumOf(LegalBasis), { nullable: true, description: 'What kind of matter the screening found.' })
  get legalBasis(): string | undefined {
    return this.state.screening?.legalBasis;
  }

  @Field(() => Int, { nullable: true, description: 'Risk found by the screening: 1, low, to 4, urgent.' })
  get riskLevel(): number | undefined {
    return this.state.screening?.riskLevel;
  }

  @Field(() => ExclusionType, { nullable: true, description: 'Why mediation is not open to it; or null.' })
  get exclusion(): Dispute['exclusion'] {
    return this.state.exclusion;
  }

  @Field(() => ReferralType, { nullable: true, description: 'To whom it was handed over; null once it was sent back.' })
  get referral(): ReferralType | undefined {
    return this.state.referral && new ReferralType(this.state.referral, this.present);
  }

  @Field(() => [FormerReferralType], {
    description: 'To whom it had been handed over before it was sent back or recalled, in order.',
  })
  get formerReferrals(): readonly FormerReferralType[] {
    return this.state.formerReferrals.map(referral => new FormerReferralType(referral, this.present));
  }

  @Field(() => String, { nullable: true, description: 'Code of the township.' })
  get divisionCode(): string | undefined {
    return this.state.divisionCode;
  }

  @Field(() => String, { nullable: true, description: 'Name of the township.' })
  get place(): string | undefined {
    return this.state.divisionCode && findDivision(this.state.divisionCode)?.name.zh;
  }

  @Field(() => OrgUnitType, { nullable: true, description: 'Station that the case belongs to.' })
  orgUnit(@Ctx() { loaders }: RequestContext): Promise<OrgUnitType | undefined> {
    return loaders.namedIn<OrgUnitType>(this.state.orgUnitId);
  }

  @Field(() => String, {
    nullable: true,
    description: 'Village or address, for who works on the case; down to the village for others.',
  })
  async village(@Ctx() { viewer, services }: RequestContext): Promise<string | undefined> {
    const village = await reveal(services.lens, this.state.village);
    if (village === undefined || readsCaseText(viewer, this.present)) return village;
    return maskValue('ADDRESS', village);
  }

  @Field(() => DateScalar, { nullable: true, description: 'Day on which the dispute began.' })
  get occurredOn(): string | undefined {
    return this.state.occurredOn;
  }

  @Field(() => ID, { nullable: true, description: 'Visit on which it was found.' })
  get visitId(): string | undefined {
    return this.state.visitId;
  }

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was reported.' })
  get reportedAt(): string | undefined {
    return this.state.reportedAt;
  }

  @Field(() => DateScalar, { nullable: true, description: 'Day on which it was accepted.' })
  get acceptedOn(): string | undefined {
    return this.state.acceptedOn;
  }

  @Field(() => DateScalar, { nullable: true, description: 'Day by which mediation should be done.' })
  get dueDate(): string | undefined {
    return this.state.dueDate;
  }

  @Field(() => [PartyType], { description: 'Parties.' })
  get parties(): readonly PartyType[] {
    return this.state.parties.map(party => new PartyType(party, this.present));
  }

  @Field(() => [enumOf(PartySide)], { description: 'Sides on which nobody is known yet.' })
  get unknownSides(): readonly string[] {
    return this.state.unknownSides;
  }

  @Field(() => [CaseMediatorType], { description: 'Mediators, present and former.' })
  get mediators(): readonly CaseMediatorType[] {
    return this.state.mediators.map(mediator => new CaseMediatorType(mediator, this.present));
  }

  @Field(() => [MisconductType], { description: 'What its mediators were reported for, in order.' })
  get misconduct(): readonly MisconductType[] {
    return this.state.misconduct.map(misconduct => new MisconductType(misconduct, this.present));
  }

  @Field(() => [ParticipantType], { description: 'Who joined with the consent of the parties.' })
  get participants(): readonly ParticipantType[] {
    return this.state.participants.map(participant => new ParticipantType(participant, this.present));
  }

  @Field(() => [SessionType], { description: 'Sessions, in order.' })
  get sessions(): readonly SessionType[] {
    return this.state.sessions.map(session => new SessionType(session, this.present));
  }

  @Field(() => AgreementDraftType, {
    nullable: true,
    description: 'The written agreement with its signatures, in effect or not yet; null when none was drafted.',
  })
  get draft(): AgreementDraftType | undefined {
    return this.state.draft && new AgreementDraftType(this.state.draft, this.present);
  }

  @Field(() => AgreementType, { nullable: true, description: 'The agreement in effect.' })
  get agreement(): AgreementType | undefined {
    return this.state.agreement && new AgreementType(this.state.agreement, this.present);
  }

  @Field(() => [AgreementType], {
    description: 'Agreements of before the case was reopened, in order. They bind as before.',
  })
  get formerAgreements(): readonly AgreementType[] {
    return this.state.formerAgreements.map(agreement => new AgreementType(agreement, this.present));
  }

  @Field(() => [EscalationRiskType], { description: 'Warnings that it may get out of hand, in order.' })
  get risks(): readonly EscalationRiskType[] {
    return this.state.risks.map(risk => new EscalationRiskType(risk, this.present));
  }

  @Field(() => [FollowUpType], { description: 'Follow-up visits, planned and made.' })
  get followUps(): readonly FollowUpType[] {
    return this.state.followUps.map(followUp => new FollowUpType(followUp, this.present));
  }

  @Field(() => TerminationType, { nullable: true, description: 'How mediation ended without an agreement; or null.' })
  get termination(): TerminationType | undefined {
    return this.state.termination && new TerminationType(this.state.termination, this.present);
  }

  @Field(() => ClosureType, { nullable: true, description: 'How the case was closed; or null.' })
  get closure(): Dispute['closure'] {
    return this.state.closure;
  }

  @Field(() => ArchiveType, { nullable: true, description: 'The case file as it was archived; or null.' })
  get archive(): ArchiveType | undefined {
    return this.state.archive && new ArchiveType(this.state.archive);
  }

  @Field(() => [ReopeningType], { description: 'When it was taken up again after it was closed, in order.' })
  get reopenings(): readonly ReopeningType[] {
    return this.state.reopenings.map(reopening => new ReopeningType(reopening, this.present));
  }

  @Field(() => enumOf(EvidentiaryStatus), { description: 'Whether the record of the sessions can carry proof.' })
  get evidentiaryStatus(): string {
    return evidentiaryStatus(this.state);
  }

  @Field(() => [CaseDeviationType], { description: 'Rules that what was recorded broke.' })
  get deviations(): readonly CaseDeviation[] {
    return this.state.deviations;
  }

  @Field(() => DisputeType, {
    nullable: true,
    description:
      'The case as it was at a revision or a moment, by either clock; null when it was not yet known, or had not happened.',
  })
  async asOf(
    @Arg('revision', () => Int, { nullable: true, description: 'Last revision to take in.' }) revision:
      | number
      | undefined,
    @Arg('at', () => DateTimeScalar, { nullable: true, description: 'Moment.' }) at: string | undefined,
    @Arg('clock', () => enumOf(AsOfClock), {
      defaultValue: 'RECORDED',
      description: 'Clock that the moment is read on.',
    })
    clock: CodeOf<typeof AsOfClock>,
    @Ctx() { services }: RequestContext,
  ): Promise<DisputeType | undefined> {
    const past = await readAsOf(services, dispute, this.id, { revision, at, clock });
    return past && new DisputeType(past.snapshot, past.known, this.present);
  }
}
