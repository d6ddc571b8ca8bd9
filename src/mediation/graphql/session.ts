import { Ctx, Field, ID, Int, ObjectType } from 'type-graphql';
import { enumOf } from '../../graphql/codeLists.js';
import type { RequestContext } from '../../graphql/context.js';
import { DateTimeScalar } from '../../graphql/scalars.js';
import { AdjournmentReason, SessionOpenness, SessionPlaceType, SessionStatus } from '../codes.js';
import type { Adjournment, Recording, Session } from '../state/session.js';
import { CasePart } from './part.js';
import { RecordingType } from './recording.js';
import { DisorderType, EvidenceType, PersuasionType, ProposalType, StatementType } from './statements.js';
import { TranscriptVersionType } from './transcript.js';

@ObjectType('Adjournment', { description: 'An interruption of a session that is to go on.', simpleResolvers: true })
export class AdjournmentType {
  @Field(() => enumOf(AdjournmentReason), { description: 'Why.' })
  reason!: string;

  @Field(() => DateTimeScalar, { description: 'When it began.' })
  at!: Adjournment['at'];

  @Field(() => DateTimeScalar, { nullable: true, description: 'When the session went on; null until then.' })
  resumedAt?: string;
}

@ObjectType('Session', { description: 'A round of mediation: one session of the case.', simpleResolvers: true })
export class SessionType extends CasePart<Session> {
  @Field(() => ID, { description: 'Id of the session within the case.' })
  get sessionId(): string {
    return this.part.sessionId;
  }

  @Field(() => Int, { description: 'Round, from 1.' })
  get round(): number {
    return this.part.round;
  }

  @Field(() => enumOf(SessionStatus), { description: 'Where it stands.' })
  get status(): string {
    return this.part.status;
  }

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it is planned for.' })
  get plannedFor(): string | undefined {
    return this.part.plannedFor;
  }

  @Field(() => enumOf(SessionOpenness), { nullable: true, description: 'Who may be present.' })
  get openness(): string | undefined {
    return this.part.openness;
  }

  @Field(() => enumOf(SessionPlaceType), { nullable: true, description: 'Where it is held.' })
  get placeType(): string | undefined {
    return this.part.placeType;
  }

  @Field(() => String, {
    nullable: true,
    description: 'The place in words, for who works on the case; `［已封存］` for others.',
  })
  place(@Ctx() context: RequestContext): Promise<string | undefined> {
    return this.text(this.part.place, context);
  }

  @Field(() => ID, { nullable: true, description: 'Mediator who hosts it.' })
  get hostId(): string | undefined {
    return this.part.hostId;
  }

  @Field(() => ID, { nullable: true, description: 'The officer whom the host also is, if one.' })
  get hostOfficerId(): string | undefined {
    return this.part.hostOfficerId;
  }

  @Field(() => [ID], { description: 'Mediators beside the host.' })
  get coMediatorIds(): readonly string[] {
    return this.part.coMediatorIds;
  }

  @Field(() => [ID], { description: 'Parties who are minors and whose guardian is there.' })
  get guardiansFor(): readonly string[] {
    return this.part.guardiansFor;
  }

  @Field(() => Int, { description: 'Police officers present.' })
  get officersPresent(): number {
    return this.part.officersPresent;
  }

  @Field(() => Int, { description: 'Auxiliary officers present.' })
  get auxiliariesPresent(): number {
    return this.part.auxiliariesPresent;
  }

  @Field(() => Boolean, { description: 'Whether all of it must be recorded: one officer alone (Proc. Regs art. 52).' })
  get recordingRequired(): boolean {
    return this.part.recordingRequired;
  }

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was opened.' })
  get openedAt(): string | undefined {
    return this.part.openedAt;
  }

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it ended.' })
  get endedAt(): string | undefined {
    return this.part.endedAt;
  }

  @Field(() => [String], { description: 'Provisions that were explained.' })
  get provisions(): readonly string[] {
    return this.part.provisions;
  }

  @Field(() => Boolean, { description: 'Whether discipline was announced.' })
  get disciplineAnnounced(): boolean {
    return this.part.disciplineAnnounced;
  }

  @Field(() => Boolean, { description: 'Whether those present were told of the recording.' })
  get recordingNoticeGiven(): boolean {
    return this.part.recordingNoticeGiven;
  }

  @Field(() => [RecordingType], { description: 'Recordings.' })
  get recordings(): readonly Recording[] {
    return this.part.recordings;
  }

  @Field(() => [ID], { description: 'Parties who were offered to watch the recording.' })
  get reviewOfferedTo(): readonly string[] {
    return this.part.reviewOfferedTo;
  }

  @Field(() => [StatementType], { description: 'What the parties said, in order.' })
  get statements(): readonly StatementType[] {
    return this.part.statements.map(statement => new StatementType(statement, this.dispute));
  }

  @Field(() => [EvidenceType], { description: 'What the parties brought as evidence, in order.' })
  get evidence(): readonly EvidenceType[] {
    return this.part.evidence.map(piece => new EvidenceType(piece, this.dispute));
  }

  @Field(() => [AdjournmentType], { description: 'When it was adjourned, in order.' })
  get adjournments(): readonly Adjournment[] {
    return this.part.adjournments;
  }

  @Field(() => [DisorderType], { description: 'When it got out of order.' })
  get disorders(): readonly DisorderType[] {
    return this.part.disorders.map(disorder => new DisorderType(disorder, this.dispute));
  }

  @Field(() => [PersuasionType], { description: 'Who talked the sides round.' })
  get persuasions(): readonly PersuasionType[] {
    return this.part.persuasions.map(persuasion => new PersuasionType(persuasion, this.dispute));
  }

  @Field(() => [ProposalType], { description: 'Proposals to settle, with their answers.' })
  get proposals(): readonly ProposalType[] {
    return this.part.proposals.map(proposal => new ProposalType(proposal, this.dispute));
  }

  @Field(() => [TranscriptVersionType], { description: 'Versions of the transcript; the last is in force.' })
  get transcript(): readonly TranscriptVersionType[] {
    return this.part.transcript.map(version => new TranscriptVersionType(version, this.dispute));
  }

  @Field(() => DateTimeScalar, { nullable: true, description: 'When the parties made up: no agreement by itself.' })
  get reconciledAt(): string | undefined {
    return this.part.reconciledAt;
  }
}
