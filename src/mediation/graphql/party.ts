import { Ctx, Field, ID, ObjectType } from 'type-graphql';
import { enumOf } from '../../graphql/codeLists.js';
import type { RequestContext } from '../../graphql/context.js';
import { DateScalar, NameMasked } from '../../graphql/scalars.js';
import { MINOR_MASK } from '../../kernel/masking.js';
import { MediatorCategory, MediatorType } from '../../organisation/mediator/graphql.js';
import { ResidentType } from '../../residents/graphql.js';
import { ParticipantRole, PartyConsent, PartySide } from '../codes.js';
import type { CaseMediator, Participant, Party } from '../state.js';
import { CasePart, runsCase } from './part.js';

@ObjectType('Party', { description: 'A party of a dispute.', simpleResolvers: true })
export class PartyType extends CasePart<Party> {
  @Field(() => ID, { description: 'Id of the resident who is the party.' })
  get subjectId(): string {
    return this.part.subjectId;
  }

  @Field(() => enumOf(PartySide), { description: 'Side of the dispute.' })
  get side(): string {
    return this.part.side;
  }

  @Field(() => NameMasked, {
    nullable: true,
    description:
      'Surname alone; nothing of a minor, but for who runs the case (Law on the Protection of Minors art. 103).',
  })
  async name(@Ctx() context: RequestContext): Promise<string | undefined> {
    const isMinor = this.dispute.minorIds.includes(this.part.subjectId);
    const runs = runsCase(context.viewer, this.dispute);
    if (isMinor && !runs) return MINOR_MASK;
    const resident = await context.loaders.namedIn<ResidentType>(this.part.subjectId);
    return isMinor ? resident?.surname(context) : resident?.name(context);
  }

  @Field(() => Boolean, { description: 'Whether under 18 at any time of the case.' })
  get isMinor(): boolean {
    return this.dispute.minorIds.includes(this.part.subjectId);
  }

  @Field(() => ResidentType, { nullable: true, description: 'The resident, if within your scope.' })
  resident(@Ctx() { loaders }: RequestContext): Promise<ResidentType | undefined> {
    return loaders.noun<ResidentType>(this.part.subjectId);
  }

  @Field(() => DateScalar, { nullable: true, description: 'When the party was told of rights and duties.' })
  get notifiedOn(): string | undefined {
    return this.part.notifiedOn;
  }

  @Field(() => Boolean, { description: 'Whether the party acknowledged the notice.' })
  get acknowledged(): boolean {
    return this.part.acknowledged;
  }

  @Field(() => enumOf(PartyConsent), { description: 'Where the party stands on being mediated.' })
  get consent(): string {
    return this.part.consent;
  }

  @Field(() => DateScalar, { nullable: true, description: 'When the party was told of other routes.' })
  get remediesOn(): string | undefined {
    return this.part.remediesOn;
  }
}

@ObjectType('CaseMediator', { description: 'A mediator of a case, present or former.', simpleResolvers: true })
export class CaseMediatorType extends CasePart<CaseMediator> {
  @Field(() => ID, { description: 'Id of the mediator.' })
  get mediatorId(): string {
    return this.part.mediatorId;
  }

  @Field(() => enumOf(PartySide), { nullable: true, description: 'Side that chose the mediator; null when assigned.' })
  get chosenBy(): string | undefined {
    return this.part.chosenBy;
  }

  @Field(() => Boolean, { description: 'Whether someone else has taken over.' })
  get replaced(): boolean {
    return this.part.replaced;
  }

  @Field(() => String, {
    nullable: true,
    description: 'Name: mediators act by name. That of the officer, if it is one within your scope.',
  })
  async name(@Ctx() context: RequestContext): Promise<string | undefined> {
    const named = await context.loaders.namedIn<MediatorType>(this.part.mediatorId);
    return named?.name(context);
  }

  @Field(() => enumOf(MediatorCategory), { nullable: true, description: 'Where the mediator’s standing comes from.' })
  async category(@Ctx() { loaders }: RequestContext): Promise<string | undefined> {
    const named = await loaders.namedIn<MediatorType>(this.part.mediatorId);
    return named?.category;
  }

  @Field(() => MediatorType, { nullable: true, description: 'The mediator, if within your scope.' })
  mediator(@Ctx() { loaders }: RequestContext): Promise<MediatorType | undefined> {
    return loaders.noun<MediatorType>(this.part.mediatorId);
  }
}

@ObjectType('Participant', {
  description: 'Someone who joins a mediation with the consent of the parties (PML art. 20).',
  simpleResolvers: true,
})
export class ParticipantType extends CasePart<Participant> {
  @Field(() => ID, { description: 'Id of the participant within the case.' })
  get participantId(): string {
    return this.part.participantId;
  }

  @Field(() => enumOf(ParticipantRole), { description: 'As what.' })
  get role(): string {
    return this.part.role;
  }

  @Field(() => [enumOf(PartySide)], { description: 'Sides that have consented.' })
  get consentBy(): readonly string[] {
    return this.part.consentBy;
  }

  @Field(() => String, { nullable: true, description: 'Name, for who works on the case; `［已封存］` for others.' })
  name(@Ctx() context: RequestContext): Promise<string | undefined> {
    return this.text(this.part.name, context);
  }
}
