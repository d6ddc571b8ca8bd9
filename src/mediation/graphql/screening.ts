import { Ctx, Field, ID, Int, ObjectType } from 'type-graphql';
import { enumOf } from '../../graphql/codeLists.js';
import type { RequestContext } from '../../graphql/context.js';
import { DateScalar, DateTimeScalar } from '../../graphql/scalars.js';
import { OrgUnitType } from '../../organisation/orgUnit/graphql.js';
import { ExclusionCode, LegalBasis, RecallReason, ReferralReason, ReturnReason } from '../codes.js';
import type { FormerReferral, Referral } from '../state.js';
import { CasePart } from './part.js';

@ObjectType('Screening', { description: 'What the screening found (排查研判).', simpleResolvers: true })
export class ScreeningType {
  @Field(() => enumOf(LegalBasis), { description: 'What kind of matter it is.' })
  legalBasis!: string;

  @Field(() => Int, { description: 'Risk: 1, low, to 4, urgent.' })
  riskLevel!: number;

  @Field(() => [enumOf(ExclusionCode)], { description: "What bars people's mediation." })
  exclusions!: readonly string[];
}

@ObjectType('Exclusion', { description: "Why people's mediation is not open to the case.", simpleResolvers: true })
export class ExclusionType {
  @Field(() => enumOf(ExclusionCode), { description: 'What bars it.' })
  code!: string;

  @Field(() => String, { description: 'Statute and article.' })
  citation!: string;
}

@ObjectType('Referral', { description: 'The handing over of the case to another unit (移送).', simpleResolvers: true })
export class ReferralType extends CasePart<Referral> {
  @Field(() => ID, { description: 'Unit that it was referred to.' })
  get toUnitId(): string {
    return this.part.toUnitId;
  }

  @Field(() => OrgUnitType, { nullable: true, description: 'The unit that it was referred to.' })
  toUnit(@Ctx() { loaders }: RequestContext): Promise<OrgUnitType | undefined> {
    return loaders.namedIn<OrgUnitType>(this.part.toUnitId);
  }

  @Field(() => enumOf(ReferralReason), { description: 'Why.' })
  get reason(): string {
    return this.part.reason;
  }

  @Field(() => DateScalar, { nullable: true, description: 'Day on which that unit took it; null until it answers.' })
  get acceptedOn(): string | undefined {
    return this.part.acceptedOn;
  }
}

@ObjectType('FormerReferral', {
  description: 'A referral that came to nothing: sent back by the other unit, or recalled by the one that had sent it.',
  simpleResolvers: true,
})
export class FormerReferralType extends CasePart<FormerReferral> {
  @Field(() => ID, { description: 'Unit that it had been referred to.' })
  get toUnitId(): string {
    return this.part.toUnitId;
  }

  @Field(() => OrgUnitType, { nullable: true, description: 'The unit that it had been referred to.' })
  toUnit(@Ctx() { loaders }: RequestContext): Promise<OrgUnitType | undefined> {
    return loaders.namedIn<OrgUnitType>(this.part.toUnitId);
  }

  @Field(() => enumOf(ReferralReason), { description: 'Why it was referred.' })
  get reason(): string {
    return this.part.reason;
  }

  @Field(() => enumOf(ReturnReason), { nullable: true, description: 'Why it was sent back; null when recalled.' })
  get returnReason(): string | undefined {
    return this.part.returnReason;
  }

  @Field(() => enumOf(RecallReason), { nullable: true, description: 'Why it was recalled; null when sent back.' })
  get recallReason(): string | undefined {
    return this.part.recallReason;
  }

  @Field(() => DateTimeScalar, { description: 'When it was sent back or recalled.' })
  get endedAt(): string {
    return this.part.endedAt;
  }
}
