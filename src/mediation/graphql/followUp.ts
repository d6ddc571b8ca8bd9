import { Ctx, Field, ID, Int, ObjectType } from 'type-graphql';
import { enumOf } from '../../graphql/codeLists.js';
import type { RequestContext } from '../../graphql/context.js';
import { DateScalar, DateTimeScalar } from '../../graphql/scalars.js';
import { OrgUnitType } from '../../organisation/orgUnit/graphql.js';
import { VisitType } from '../../visits/graphql.js';
import { FollowUpPerformance } from '../codes.js';
import type { EscalationRisk, FollowUp } from '../state/followUp.js';
import { CasePart } from './part.js';

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

  @Field(() => DateScalar, { nullable: true, description: 'Day on which it was made; null as long as it is planned.' })
  get visitedOn(): string | undefined {
    return this.part.visitedOn;
  }

  @Field(() => ID, {
    nullable: true,
    description: 'Who made it, and by recording it answers for it in place of a signature on paper.',
  })
  get visitorId(): string | undefined {
    return this.part.visitorId;
  }

  @Field(() => ID, { nullable: true, description: 'Resident who was visited: a party.' })
  get partyId(): string | undefined {
    return this.part.partyId;
  }

  @Field(() => String, { nullable: true, description: 'Number of the agreement that it looks after.' })
  get agreementNo(): string | undefined {
    return this.part.agreementNo;
  }

  @Field(() => String, {
    nullable: true,
    description: 'The matter, for who works on the case; `［已封存］` for others.',
  })
  matter(@Ctx() context: RequestContext): Promise<string | undefined> {
    return this.text(this.part.matter, context);
  }

  @Field(() => enumOf(FollowUpPerformance), { nullable: true, description: 'What was found performed.' })
  get performance(): string | undefined {
    return this.part.performance;
  }

  @Field(() => Int, { nullable: true, description: 'Satisfaction, 1 to 5.' })
  get satisfaction(): number | undefined {
    return this.part.satisfaction;
  }

  @Field(() => String, {
    nullable: true,
    description: 'Suit or judgment, if any, for who works on the case; `［已封存］` for others.',
  })
  litigation(@Ctx() context: RequestContext): Promise<string | undefined> {
    return this.text(this.part.litigation, context);
  }

  @Field(() => Boolean, { nullable: true, description: 'Whether there are signs that it flares up again.' })
  get escalationSigns(): boolean | undefined {
    return this.part.escalationSigns;
  }

  @Field(() => String, {
    nullable: true,
    description: 'What was done, for who works on the case; `［已封存］` for others.',
  })
  measures(@Ctx() context: RequestContext): Promise<string | undefined> {
    return this.text(this.part.measures, context);
  }

  @Field(() => ID, { nullable: true, description: 'Visit on which it was made.' })
  get visitId(): string | undefined {
    return this.part.visitId;
  }

  @Field(() => VisitType, { nullable: true, description: 'The visit on which it was made, if you may see it.' })
  visit(@Ctx() { loaders }: RequestContext): Promise<VisitType | undefined> {
    return loaders.noun<VisitType>(this.part.visitId);
  }
}

@ObjectType('EscalationRisk', {
  description: 'A warning that the dispute may get out of hand (激化预警, PML art. 25).',
  simpleResolvers: true,
})
export class EscalationRiskType extends CasePart<EscalationRisk> {
  @Field(() => Int, { description: 'From 1, low, to 4, urgent.' })
  get level(): number {
    return this.part.level;
  }

  @Field(() => ID, { description: 'Unit that it was reported to.' })
  get toUnitId(): string {
    return this.part.toUnitId;
  }

  @Field(() => OrgUnitType, { nullable: true, description: 'The unit that it was reported to.' })
  toUnit(@Ctx() { loaders }: RequestContext): Promise<OrgUnitType | undefined> {
    return loaders.namedIn<OrgUnitType>(this.part.toUnitId);
  }

  @Field(() => String, {
    nullable: true,
    description: 'What is feared, for who works on the case; `［已封存］` for others.',
  })
  account(@Ctx() context: RequestContext): Promise<string | undefined> {
    return this.text(this.part.account, context);
  }

  @Field(() => String, {
    nullable: true,
    description: 'What was done against it, for who works on the case; `［已封存］` for others.',
  })
  measures(@Ctx() context: RequestContext): Promise<string | undefined> {
    return this.text(this.part.measures, context);
  }

  @Field(() => DateTimeScalar, { description: 'When it was reported.' })
  get at(): string {
    return this.part.at;
  }
}
