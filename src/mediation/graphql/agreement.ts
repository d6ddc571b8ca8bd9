import { Ctx, Field, ID, Int, ObjectType } from 'type-graphql';
import { enumOf } from '../../graphql/codeLists.js';
import type { RequestContext } from '../../graphql/context.js';
import { DateScalar, DateTimeScalar, FenScalar } from '../../graphql/scalars.js';
import { AgreementForm, ObligationStatus, SigningMethod, TermKind } from '../codes.js';
import type { Agreement, AgreementDraft, Obligation, ObligationBreach, Urging } from '../state/agreement.js';
import { CasePart } from './part.js';
import { MediatorSignatureType } from './transcript.js';

@ObjectType('ObligationBreach', {
  description: 'When a party did not do what it had agreed to (违约).',
  simpleResolvers: true,
})
export class ObligationBreachType extends CasePart<ObligationBreach> {
  @Field(() => DateScalar, { description: 'Legal day.' })
  get on(): string {
    return this.part.on;
  }

  @Field(() => String, {
    nullable: true,
    description: 'What was not done, for who works on the case; `［已封存］` for others.',
  })
  account(@Ctx() context: RequestContext): Promise<string | undefined> {
    return this.text(this.part.account, context);
  }
}

@ObjectType('Urging', { description: 'When a party was urged to perform (督促履行).', simpleResolvers: true })
export class UrgingType extends CasePart<Urging> {
  @Field(() => DateTimeScalar, { description: 'When.' })
  get at(): string {
    return this.part.at;
  }

  @Field(() => DateScalar, { nullable: true, description: 'Day until which performance is awaited, if one was set.' })
  get newDueDate(): string | undefined {
    return this.part.newDueDate;
  }

  @Field(() => String, {
    nullable: true,
    description: 'How it was urged, for who works on the case; `［已封存］` for others.',
  })
  account(@Ctx() context: RequestContext): Promise<string | undefined> {
    return this.text(this.part.account, context);
  }
}

@ObjectType('Obligation', { description: 'What a party has to do under the agreement.', simpleResolvers: true })
export class ObligationType extends CasePart<Obligation> {
  @Field(() => ID, { description: 'Id of the obligation within the case.' })
  get obligationId(): string {
    return this.part.obligationId;
  }

  @Field(() => ID, { description: 'Resident who owes it.' })
  get obligorId(): string {
    return this.part.obligorId;
  }

  @Field(() => ID, { nullable: true, description: 'Resident to whom it is owed.' })
  get obligeeId(): string | undefined {
    return this.part.obligeeId;
  }

  @Field(() => enumOf(TermKind), { description: 'What it asks for.' })
  get kind(): string {
    return this.part.kind;
  }

  @Field(() => FenScalar, { nullable: true, description: 'Money owed.' })
  get amountFen(): number | undefined {
    return this.part.amountFen;
  }

  @Field(() => FenScalar, { description: 'Money paid so far.' })
  get performedFen(): number {
    return this.part.performedFen;
  }

  @Field(() => DateScalar, { nullable: true, description: 'Day by which it is due.' })
  get dueDate(): string | undefined {
    return this.part.dueDate;
  }

  @Field(() => DateScalar, {
    nullable: true,
    description: 'The day by which it was due and that came while it was not performed; null before.',
  })
  get fellDueOn(): string | undefined {
    return this.part.fellDueOn;
  }

  @Field(() => Boolean, { description: 'Whether it was performed on the spot, when the agreement was made.' })
  get performedAtOnce(): boolean {
    return this.part.performedAtOnce;
  }

  @Field(() => enumOf(ObligationStatus), { description: 'How far it is performed.' })
  get status(): string {
    return this.part.status;
  }

  @Field(() => DateScalar, { nullable: true, description: 'Day on which it was performed.' })
  get performedOn(): string | undefined {
    return this.part.performedOn;
  }

  @Field(() => String, {
    nullable: true,
    description: 'How it is to be done, for who works on the case; `［已封存］` for others.',
  })
  manner(@Ctx() context: RequestContext): Promise<string | undefined> {
    return this.text(this.part.manner, context);
  }

  @Field(() => [ObligationBreachType], { description: 'When it was found breached, in order of recording.' })
  get breaches(): readonly ObligationBreachType[] {
    return this.part.breaches.map(breach => new ObligationBreachType(breach, this.dispute));
  }

  @Field(() => [UrgingType], { description: 'When its performance was urged, in order of recording.' })
  get urgings(): readonly UrgingType[] {
    return this.part.urgings.map(urging => new UrgingType(urging, this.dispute));
  }
}

@ObjectType('Agreement', { description: 'An agreement that has taken effect.', simpleResolvers: true })
export class AgreementType extends CasePart<Agreement> {
  @Field(() => String, { description: 'Number of the agreement.' })
  get agreementNo(): string {
    return this.part.agreementNo;
  }

  @Field(() => enumOf(AgreementForm), { description: 'Oral or written.' })
  get form(): string {
    return this.part.form;
  }

  @Field(() => DateTimeScalar, { description: 'When it took effect.' })
  get effectiveAt(): string {
    return this.part.effectiveAt;
  }

  @Field(() => DateScalar, { description: 'Last day to apply for judicial confirmation (PML art. 33).' })
  get confirmationDeadline(): string {
    return this.part.confirmationDeadline;
  }

  @Field(() => String, {
    nullable: true,
    description:
      'Calendar that the last day was found with; null for an agreement of before it moved on from days off.',
  })
  get calendarVersion(): string | undefined {
    return this.part.calendarVersion;
  }

  @Field(() => String, {
    nullable: true,
    description: 'What was agreed, in words, for who works on the case; `［已封存］` for others.',
  })
  content(@Ctx() context: RequestContext): Promise<string | undefined> {
    return this.text(this.part.content, context);
  }

  @Field(() => Int, { nullable: true, description: 'Copies made of a written one.' })
  get copies(): number | undefined {
    return this.part.copies;
  }

  @Field(() => String, {
    nullable: true,
    description: 'SHA-256 of a written one, hex, for who works on the case; `［已封存］` for others.',
  })
  digest(@Ctx() context: RequestContext): Promise<string | undefined> {
    return this.text(this.part.digest, context);
  }

  @Field(() => [ObligationType], { description: 'What the parties have to do.' })
  get obligations(): readonly ObligationType[] {
    return this.part.obligations.map(obligation => new ObligationType(obligation, this.dispute));
  }
}

@ObjectType('AgreementSignature', { description: 'A party who signed the agreement, and how.', simpleResolvers: true })
export class AgreementSignatureType {
  @Field(() => ID, { description: 'Resident who is the party.' })
  partyId!: string;

  @Field(() => enumOf(SigningMethod), { description: 'How.' })
  method!: string;

  @Field(() => Boolean, { description: 'Whether the guardian signed for a minor.' })
  byGuardian!: boolean;

  @Field(() => DateTimeScalar, { description: 'When.' })
  at!: string;
}

@ObjectType('AgreementDraft', {
  description:
    'The written agreement (调解协议书): its last version, with what it must say and who has signed it (PML art. 29).',
  simpleResolvers: true,
})
export class AgreementDraftType extends CasePart<AgreementDraft> {
  @Field(() => Int, { description: 'Number of the version, from 1; to be given by whoever signs it.' })
  get version(): number {
    return this.part.version;
  }

  @Field(() => String, {
    nullable: true,
    description: 'Main facts, for who works on the case; `［已封存］` for others.',
  })
  facts(@Ctx() context: RequestContext): Promise<string | undefined> {
    return this.text(this.part.facts, context);
  }

  @Field(() => String, {
    nullable: true,
    description: 'Disputed points, for who works on the case; `［已封存］` for others.',
  })
  disputedPoints(@Ctx() context: RequestContext): Promise<string | undefined> {
    return this.text(this.part.disputedPoints, context);
  }

  @Field(() => String, {
    nullable: true,
    description: 'Responsibility of each party, for who works on the case; `［已封存］` for others.',
  })
  responsibility(@Ctx() context: RequestContext): Promise<string | undefined> {
    return this.text(this.part.responsibility, context);
  }

  @Field(() => String, {
    nullable: true,
    description: 'What is agreed, for who works on the case; `［已封存］` for others.',
  })
  content(@Ctx() context: RequestContext): Promise<string | undefined> {
    return this.text(this.part.content, context);
  }

  @Field(() => [ObligationType], { description: 'What is to be performed, how and by when.' })
  get terms(): readonly ObligationType[] {
    return this.part.terms.map(term => new ObligationType(term, this.dispute));
  }

  @Field(() => String, {
    nullable: true,
    description: 'SHA-256 of case, version and text, hex, for who works on the case; `［已封存］` for others.',
  })
  sha256(@Ctx() context: RequestContext): Promise<string | undefined> {
    return this.text(this.part.sha256, context);
  }

  @Field(() => [AgreementSignatureType], { description: 'Parties who have signed this version.' })
  get signedBy(): readonly AgreementSignatureType[] {
    return this.part.signedBy;
  }

  @Field(() => [MediatorSignatureType], { description: 'Mediators who have signed this version.' })
  get mediators(): readonly MediatorSignatureType[] {
    return this.part.mediators;
  }

  @Field(() => Boolean, { description: 'Whether the seal of the mediation committee is on it.' })
  get sealed(): boolean {
    return this.part.sealedAt !== undefined;
  }
}
