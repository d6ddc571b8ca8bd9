import { Ctx, Field, ID, Int, ObjectType } from 'type-graphql';
import { enumOf } from '../../graphql/codeLists.js';
import type { RequestContext } from '../../graphql/context.js';
import { DateTimeScalar } from '../../graphql/scalars.js';
import {
  DisorderKind,
  PartySide,
  ProposalAnswer,
  RecordingMode,
  SessionOpenness,
  SessionPlaceType,
  SessionStatus,
  SigningMethod,
} from '../codes.js';
import type { Disorder, Persuasion, Proposal, Recording, Session, Statement, TranscriptVersion } from '../state.js';
import { CasePart } from './part.js';

@ObjectType('Recording', {
  description: 'A recording of a session; its content is kept elsewhere, by hash.',
  simpleResolvers: true,
})
export class RecordingType {
  @Field(() => ID, { description: 'Id of the recording.' })
  recordingId!: string;

  @Field(() => enumOf(RecordingMode), { description: 'What is recorded.' })
  mode!: string;

  @Field(() => String, { description: 'RUNNING, PAUSED or STOPPED.' })
  status!: string;

  @Field(() => [Int], { description: 'Gaps found, in milliseconds.' })
  gapsMs!: readonly number[];

  @Field(() => Int, { nullable: true, description: 'Length in milliseconds, once it has stopped.' })
  durationMs?: number;

  @Field(() => String, { nullable: true, description: 'SHA-256 of the recording, hex.' })
  sha256?: string;
}

@ObjectType('Statement', { description: 'What a party said.', simpleResolvers: true })
export class StatementType extends CasePart<Statement> {
  @Field(() => ID, { description: 'Id of the statement.' })
  get statementId(): string {
    return this.part.statementId;
  }

  @Field(() => ID, { description: 'Resident who said it.' })
  get partyId(): string {
    return this.part.partyId;
  }

  @Field(() => enumOf(PartySide), { description: 'Side of the speaker.' })
  get side(): string {
    return this.part.side;
  }

  @Field(() => Boolean, {
    description: 'Conceded for settlement: may not be used against the party later (Interp. art. 107).',
  })
  get settlementPrivilege(): boolean {
    return this.part.settlementPrivilege;
  }

  @Field(() => Int, { nullable: true, description: 'Place in the recording, in milliseconds.' })
  get recordingOffsetMs(): number | undefined {
    return this.part.recordingOffsetMs;
  }

  @Field(() => DateTimeScalar, { description: 'When it was said.' })
  get at(): string {
    return this.part.at;
  }

  @Field(() => String, {
    nullable: true,
    description: 'What was said, for who works on the case; `［已封存］` for others.',
  })
  content(@Ctx() context: RequestContext): Promise<string | undefined> {
    return this.text(this.part.text, context);
  }
}

@ObjectType('Disorder', { description: 'When a session got out of order.', simpleResolvers: true })
export class DisorderType {
  @Field(() => enumOf(DisorderKind), { description: 'What happened.' })
  kind!: Disorder['kind'];

  @Field(() => DateTimeScalar, { description: 'When it began.' })
  at!: string;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When order was restored.' })
  restoredAt?: string;
}

@ObjectType('Persuasion', { description: 'Someone talked a side round.', simpleResolvers: true })
export class PersuasionType {
  @Field(() => ID, { description: 'Participant who did.' })
  participantId!: Persuasion['participantId'];

  @Field(() => enumOf(PartySide), { nullable: true, description: 'Side that was talked to; both, if null.' })
  towards?: string;
}

@ObjectType('ProposalAnswerGiven', { description: 'What a party said to a proposal.', simpleResolvers: true })
export class ProposalAnswerType {
  @Field(() => ID, { description: 'Resident who answered.' })
  partyId!: string;

  @Field(() => enumOf(ProposalAnswer), { description: 'The answer.' })
  answer!: string;
}

@ObjectType('Proposal', { description: 'A proposal to settle.' })
export class ProposalType extends CasePart<Proposal> {
  @Field(() => ID, { description: 'Id of the proposal.' })
  get proposalId(): string {
    return this.part.proposalId;
  }

  @Field(() => ID, { nullable: true, description: 'Resident who made it; null when a mediator did.' })
  get partyId(): string | undefined {
    return this.part.partyId;
  }

  @Field(() => String, {
    nullable: true,
    description: 'The proposal, for who works on the case; `［已封存］` for others.',
  })
  content(@Ctx() context: RequestContext): Promise<string | undefined> {
    return this.text(this.part.content, context);
  }

  @Field(() => [ProposalAnswerType], { description: 'What the parties said.' })
  get answers(): readonly ProposalAnswerType[] {
    return this.part.answers;
  }
}

@ObjectType('TranscriptSigner', { description: 'Who signed a transcript, and how.', simpleResolvers: true })
export class TranscriptSignerType {
  @Field(() => ID, { description: 'Resident who signed.' })
  subjectId!: string;

  @Field(() => enumOf(SigningMethod), { description: 'How.' })
  method!: string;
}

@ObjectType('TranscriptVersion', { description: 'A version of the transcript; a correction makes a new one.' })
export class TranscriptVersionType extends CasePart<TranscriptVersion> {
  @Field(() => Int, { description: 'Number, from 1.' })
  get version(): number {
    return this.part.version;
  }

  @Field(() => String, {
    nullable: true,
    description: 'SHA-256 of the text, hex, for who works on the case; `［已封存］` for others.',
  })
  sha256(@Ctx() context: RequestContext): Promise<string | undefined> {
    return this.text(this.part.sha256, context);
  }

  @Field(() => String, { nullable: true, description: 'The text, for who works on the case; `［已封存］` for others.' })
  content(@Ctx() context: RequestContext): Promise<string | undefined> {
    return this.text(this.part.content, context);
  }

  @Field(() => [ID], { description: 'Residents to whom it was read back.' })
  get readBackTo(): readonly string[] {
    return this.part.readBackTo;
  }

  @Field(() => [TranscriptSignerType], { description: 'Parties who signed it.' })
  get signers(): readonly TranscriptSignerType[] {
    return this.part.signers;
  }

  @Field(() => [ID], { description: 'Residents who refused to sign.' })
  get refusedBy(): readonly string[] {
    return this.part.refusedBy;
  }
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

  @Field(() => ID, { nullable: true, description: 'Mediator who hosts it.' })
  get hostId(): string | undefined {
    return this.part.hostId;
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

  @Field(() => [StatementType], { description: 'What the parties said, in order.' })
  get statements(): readonly StatementType[] {
    return this.part.statements.map(statement => new StatementType(statement, this.dispute));
  }

  @Field(() => [DisorderType], { description: 'When it got out of order.' })
  get disorders(): readonly Disorder[] {
    return this.part.disorders;
  }

  @Field(() => [PersuasionType], { description: 'Who talked the sides round.' })
  get persuasions(): readonly Persuasion[] {
    return this.part.persuasions;
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
