import { Ctx, Field, ID, Int, ObjectType } from 'type-graphql';
import { enumOf } from '../../graphql/codeLists.js';
import type { RequestContext } from '../../graphql/context.js';
import { DateScalar, DateTimeScalar, FenScalar } from '../../graphql/scalars.js';
import {
  AgreementForm,
  DisputeOutcome,
  FollowUpPerformance,
  ObligationStatus,
  TerminationReason,
  TermKind,
} from '../codes.js';
import type { Agreement, Dispute, FollowUp, Obligation } from '../state.js';
import { CasePart } from './part.js';

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

@ObjectType('FollowUp', { description: 'A visit after the agreement (回访).', simpleResolvers: true })
export class FollowUpType extends CasePart<FollowUp> {
  @Field(() => ID, { description: 'Id of the follow-up within the case.' })
  get followUpId(): string {
    return this.part.followUpId;
  }

  @Field(() => DateScalar, { nullable: true, description: 'Day by which it is due.' })
  get dueDate(): string | undefined {
    return this.part.dueDate;
  }

  @Field(() => DateScalar, { nullable: true, description: 'Day on which it was made.' })
  get visitedOn(): string | undefined {
    return this.part.visitedOn;
  }

  @Field(() => enumOf(FollowUpPerformance), { nullable: true, description: 'What was found performed.' })
  get performance(): string | undefined {
    return this.part.performance;
  }

  @Field(() => Int, { nullable: true, description: 'Satisfaction, 1 to 5.' })
  get satisfaction(): number | undefined {
    return this.part.satisfaction;
  }

  @Field(() => Boolean, { nullable: true, description: 'Whether there are signs that it flares up again.' })
  get escalationSigns(): boolean | undefined {
    return this.part.escalationSigns;
  }
}

@ObjectType('Termination', { description: 'How mediation ended without an agreement.', simpleResolvers: true })
export class TerminationType {
  @Field(() => enumOf(TerminationReason), { description: 'Why.' })
  reason!: string;

  @Field(() => DateScalar, { description: 'When.' })
  on!: NonNullable<Dispute['termination']>['on'];
}

@ObjectType('Closure', { description: 'How the case was closed.', simpleResolvers: true })
export class ClosureType {
  @Field(() => enumOf(DisputeOutcome), { description: 'Outcome.' })
  outcome!: string;

  @Field(() => DateScalar, { description: 'When.' })
  on!: NonNullable<Dispute['closure']>['on'];
}
