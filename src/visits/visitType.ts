import { Ctx, Field, ID, Int, ObjectType } from 'type-graphql';
import { enumOf } from '../graphql/codeLists.js';
import type { RequestContext } from '../graphql/context.js';
import { reveal } from '../graphql/maskData.js';
import { Recorded } from '../graphql/recorded.js';
import { AddressMasked, DateScalar, DateTimeScalar, FenScalar } from '../graphql/scalars.js';
import { type Written, wordsOf } from '../graphql/words.js';
import { maskValue } from '../kernel/masking.js';
import { OfficerType } from '../organisation/officer/graphql.js';
import { OrgUnitType } from '../organisation/orgUnit/graphql.js';
import { ResidentType } from '../residents/graphql.js';
import {
  AbandonReason,
  GiftDisposition,
  PublicityTopic,
  VerificationResult,
  VerifiedField,
  VisitKind,
  VisitStatus,
} from './codes.js';
import type { Briefing, Gift, Material, Note, Verification, Visit } from './visit.js';

@ObjectType('DistributedMaterial', { description: 'Publicity material that was handed out.', simpleResolvers: true })
export class MaterialType {
  @Field(() => enumOf(PublicityTopic), { description: 'What it is about.' })
  topic!: string;

  @Field(() => Int, { description: 'Copies (份).' })
  quantity!: number;

  @Field(() => Int, { nullable: true, description: 'People who were reached (人).' })
  audience?: number;
}

@ObjectType('Briefing', { description: 'A talk on prevention.', simpleResolvers: true })
export class BriefingType {
  @Field(() => enumOf(PublicityTopic), { description: 'What it was about.' })
  topic!: string;

  @Field(() => Int, { description: 'People who listened (人).' })
  audienceCount!: number;

  @Field(() => Int, { description: 'How long it took, in minutes.' })
  durationMin!: number;
}

@ObjectType('Verification', { description: 'Information of a resident, compared with the register.' })
export class VerificationType {
  constructor(private readonly verification: Verification) {}

  @Field(() => ResidentType, { nullable: true, description: 'Whose; null if you may not see the resident.' })
  subject(@Ctx() { loaders }: RequestContext): Promise<ResidentType | undefined> {
    return loaders.noun<ResidentType>(this.verification.subjectId);
  }

  @Field(() => [enumOf(VerifiedField)], { description: 'What was compared.' })
  get fieldsVerified(): readonly string[] {
    return this.verification.fieldsVerified;
  }

  @Field(() => enumOf(VerificationResult), { description: 'What it came to.' })
  get result(): string {
    return this.verification.result;
  }
}

@ObjectType('Gift', { description: 'Something that was offered, and may not be kept.', simpleResolvers: true })
export class GiftType {
  @Field(() => ID, { description: 'Id of the gift, within the visit.' })
  giftId!: string;

  @Field(() => FenScalar, { nullable: true, description: 'What it may be worth.' })
  estValueFen?: number;

  @Field(() => enumOf(GiftDisposition), { nullable: true, description: 'What became of it; null while that is open.' })
  disposition?: string;
}

@ObjectType('VisitNote', { description: 'What was seen and heard on a visit.', simpleResolvers: true })
export class VisitNoteType {
  constructor(
    private readonly note: Note,
    private readonly written: Written,
  ) {}

  @Field(() => DateTimeScalar, { description: 'When it was written down.' })
  get at(): string {
    return this.note.at;
  }

  @Field(() => ResidentType, {
    nullable: true,
    description: 'Whom it is about; null if nobody, or you may not see the resident.',
  })
  subject(@Ctx() { loaders }: RequestContext): Promise<ResidentType | undefined> {
    return loaders.noun<ResidentType>(this.note.subjectId);
  }

  @Field(() => String, {
    nullable: true,
    description: 'The note, for who serves at the station or went along, which is recorded; `［已封存］` for others.',
  })
  text(@Ctx() context: RequestContext): Promise<string | undefined> {
    return wordsOf(this.note.text, this.written, context);
  }
}

@ObjectType('Visit', {
  description: 'Officers out in the villages, and what they did there.',
  implements: Recorded,
  simpleResolvers: true,
})
export class VisitType extends Recorded<Visit> {
  @Field(() => enumOf(VisitStatus), { nullable: true, description: 'How far it has come.' })
  get status(): string | undefined {
    return this.state.status === 'NONE' ? undefined : this.state.status;
  }

  @Field(() => enumOf(VisitKind), { nullable: true, description: 'Where officers go, and why.' })
  get kind(): string | undefined {
    return this.state.trip?.kind;
  }

  @Field(() => OrgUnitType, { nullable: true, description: 'Station whose visit it is.' })
  orgUnit(@Ctx() { loaders }: RequestContext): Promise<OrgUnitType | undefined> {
    return loaders.noun<OrgUnitType>(this.state.trip?.orgUnitId);
  }

  @Field(() => [OfficerType], { description: 'Officers who go or went, as far as you may see them.' })
  officers(@Ctx() { loaders }: RequestContext): Promise<readonly OfficerType[]> {
    return loaders.nouns<OfficerType>(this.state.trip?.officerIds ?? []);
  }

  @Field(() => [OfficerType], { description: 'Auxiliary officers who go or went along, as far as you may see them.' })
  auxiliaries(@Ctx() { loaders }: RequestContext): Promise<readonly OfficerType[]> {
    return loaders.nouns<OfficerType>(this.state.trip?.auxiliaryIds ?? []);
  }

  @Field(() => ID, { nullable: true, description: 'Backpack that was taken along.' })
  get backpackId(): string | undefined {
    return this.state.backpackId;
  }

  @Field(() => ID, { nullable: true, description: 'Household that is visited.' })
  get householdId(): string | undefined {
    return this.state.trip?.householdId;
  }

  @Field(() => String, { nullable: true, description: 'Code of the township.' })
  get divisionCode(): string | undefined {
    return this.state.trip?.divisionCode;
  }

  @Field(() => AddressMasked, { nullable: true, description: 'Village, neighbourhood or scenic area.' })
  async village(@Ctx() { services }: RequestContext): Promise<string | undefined> {
    const village = await reveal(services.lens, this.state.trip?.village);
    return village === undefined ? undefined : maskValue('ADDRESS', village);
  }

  @Field(() => DateScalar, { nullable: true, description: 'Legal day for which it was planned.' })
  get plannedFor(): string | undefined {
    return this.state.plannedFor;
  }

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it started.' })
  get startedAt(): string | undefined {
    return this.state.startedAt;
  }

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was completed or abandoned.' })
  get endedAt(): string | undefined {
    return this.state.endedAt;
  }

  @Field(() => enumOf(AbandonReason), { nullable: true, description: 'Why it came to nothing; null if it did not.' })
  get abandonReason(): string | undefined {
    return this.state.abandonReason;
  }

  @Field(() => Int, { description: 'Number of notes written down.' })
  get notes(): number {
    return this.state.notes.length;
  }

  @Field(() => [VisitNoteType], { description: 'Notes written down, in order.' })
  get noteTexts(): readonly VisitNoteType[] {
    const { trip, participantIds } = this.state;
    const of = { id: this.id, orgUnitId: trip?.orgUnitId, participantIds };
    return this.state.notes.map(note => new VisitNoteType(note, { ...of, subjectId: note.subjectId }));
  }

  @Field(() => [MaterialType], { description: 'Publicity material handed out.' })
  get materials(): readonly Material[] {
    return this.state.materials;
  }

  @Field(() => Int, { description: 'Hukou-book covers given (个), free of charge.' })
  get hukouCovers(): number {
    return this.state.hukouCovers;
  }

  @Field(() => Int, { description: 'Contact cards given (张).' })
  get contactCards(): number {
    return this.state.contactCards;
  }

  @Field(() => [BriefingType], { description: 'Talks on prevention.' })
  get briefings(): readonly Briefing[] {
    return this.state.briefings;
  }

  @Field(() => [VerificationType], { description: 'Information compared with the register.' })
  get verifications(): readonly VerificationType[] {
    return this.state.verifications.map(verification => new VerificationType(verification));
  }

  @Field(() => [GiftType], { description: 'Gifts that were offered.' })
  get gifts(): readonly Gift[] {
    return this.state.gifts;
  }
}
