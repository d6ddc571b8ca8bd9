import { Ctx, Field, ID, ObjectType } from 'type-graphql';
import { enumOf } from '../../graphql/codeLists.js';
import type { RequestContext } from '../../graphql/context.js';
import { reveal } from '../../graphql/maskData.js';
import { DateScalar, NameMasked } from '../../graphql/scalars.js';
import { MINOR_MASK, maskValue } from '../../kernel/masking.js';
import { ResidentType } from '../../residents/graphql.js';
import { PartyConsent, PartySide } from '../codes.js';
import type { Party } from '../state/people.js';
import { CasePart, runsCase } from './part.js';

@ObjectType('Guardian', { description: 'The guardian of a party who is a minor.', simpleResolvers: true })
export class GuardianType extends CasePart<Party> {
  @Field(() => NameMasked, {
    nullable: true,
    description:
      'Surname alone, for who runs the case; nothing for others: it could tell who the minor is (Law on the Protection of Minors art. 103).',
  })
  async name(@Ctx() { viewer, services }: RequestContext): Promise<string | undefined> {
    const { name } = this.part.guardian;
    if (name === undefined) return undefined;
    return runsCase(viewer, this.dispute) ? maskValue('NAME', await reveal(services.lens, name)) : MINOR_MASK;
  }

  @Field(() => ID, {
    nullable: true,
    description: 'Id of the resident who is the guardian, if registered: for who runs the case, null for others.',
  })
  guardianId(@Ctx() { viewer }: RequestContext): string | undefined {
    return runsCase(viewer, this.dispute) ? this.part.guardian.guardianId : undefined;
  }

  @Field(() => DateScalar, { nullable: true, description: 'When the guardian was told of the mediation.' })
  get notifiedOn(): string | undefined {
    return this.part.guardian.notifiedOn;
  }

  @Field(() => Boolean, {
    description: 'Whether no guardian need attend: a self-supporting minor of 16 or more (Civil Code art. 18).',
  })
  get waived(): boolean {
    return this.part.guardian.waived;
  }
}

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
    const { isMinor } = this;
    const runs = runsCase(context.viewer, this.dispute);
    if (isMinor && !runs) return MINOR_MASK;
    const resident = await context.loaders.namedIn<ResidentType>(this.part.subjectId);
    return isMinor ? resident?.surname(context) : resident?.name(context);
  }

  @Field(() => Boolean, { description: 'Whether under 18 at any time of the case.' })
  get isMinor(): boolean {
    return this.dispute.minorIds.includes(this.part.subjectId);
  }

  @Field(() => GuardianType, { nullable: true, description: 'The guardian of a minor; null for an adult.' })
  get guardian(): GuardianType | undefined {
    return this.isMinor ? new GuardianType(this.part, this.dispute) : undefined;
  }

  @Field(() => ResidentType, {
    nullable: true,
    description: 'The resident, if within your scope; of who was a minor in the case nothing, of age by now or not.',
  })
  async resident(@Ctx() { loaders }: RequestContext): Promise<ResidentType | undefined> {
    const resident = await loaders.noun<ResidentType>(this.part.subjectId);
    return this.isMinor ? resident?.asMinor() : resident;
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
