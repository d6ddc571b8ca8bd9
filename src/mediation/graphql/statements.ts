import { Ctx, Field, ID, Int, ObjectType } from 'type-graphql';
import { enumOf } from '../../graphql/codeLists.js';
import type { RequestContext } from '../../graphql/context.js';
import { DateTimeScalar } from '../../graphql/scalars.js';
import { DisorderKind, EvidenceKind, PartySide, ProposalAnswer } from '../codes.js';
import type { Disorder, Evidence, Persuasion, Proposal, Statement } from '../state/session.js';
import { CasePart } from './part.js';

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

  @Field(() => ID, { nullable: true, description: 'Recording that it stands in; null for words outside of any.' })
  get recordingId(): string | undefined {
    return this.part.recordingId;
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

@ObjectType('Evidence', { description: 'A piece of evidence that a party brought (举证).', simpleResolvers: true })
export class EvidenceType extends CasePart<Evidence> {
  @Field(() => ID, { description: 'Id of the piece within the case.' })
  get evidenceId(): string {
    return this.part.evidenceId;
  }

  @Field(() => ID, { description: 'Resident who brought it.' })
  get partyId(): string {
    return this.part.partyId;
  }

  @Field(() => enumOf(EvidenceKind), { description: 'What kind it is.' })
  get kind(): string {
    return this.part.kind;
  }

  @Field(() => String, {
    nullable: true,
    description: 'What it shows, for who works on the case; `［已封存］` for others.',
  })
  description(@Ctx() context: RequestContext): Promise<string | undefined> {
    return this.text(this.part.description, context);
  }

  @Field(() => String, { nullable: true, description: 'SHA-256 of its file, hex; the file is kept elsewhere.' })
  get sha256(): string | undefined {
    return this.part.sha256;
  }
}

@ObjectType('Disorder', { description: 'When a session got out of order.', simpleResolvers: true })
export class DisorderType extends CasePart<Disorder> {
  @Field(() => enumOf(DisorderKind), { description: 'What happened.' })
  get kind(): string {
    return this.part.kind;
  }

  @Field(() => [ID], { description: 'Parties who took part.' })
  get byPartyIds(): readonly string[] {
    return this.part.byPartyIds;
  }

  @Field(() => String, {
    nullable: true,
    description: 'What happened, in words, for who works on the case; `［已封存］` for others.',
  })
  account(@Ctx() context: RequestContext): Promise<string | undefined> {
    return this.text(this.part.account, context);
  }

  @Field(() => DateTimeScalar, { description: 'When it began.' })
  get at(): string {
    return this.part.at;
  }

  @Field(() => DateTimeScalar, { nullable: true, description: 'When order was restored.' })
  get restoredAt(): string | undefined {
    return this.part.restoredAt;
  }
}

@ObjectType('Persuasion', { description: 'Someone talked a side round.', simpleResolvers: true })
export class PersuasionType extends CasePart<Persuasion> {
  @Field(() => ID, { description: 'Participant who did.' })
  get participantId(): string {
    return this.part.participantId;
  }

  @Field(() => enumOf(PartySide), { nullable: true, description: 'Side that was talked to; both, if null.' })
  get towards(): string | undefined {
    return this.part.towards;
  }

  @Field(() => String, {
    nullable: true,
    description: 'What was said, for who works on the case; `［已封存］` for others.',
  })
  summary(@Ctx() context: RequestContext): Promise<string | undefined> {
    return this.text(this.part.summary, context);
  }
}

@ObjectType('ProposalAnswerGiven', { description: 'What a party said to a proposal.', simpleResolvers: true })
export class ProposalAnswerType {
  @Field(() => ID, { description: 'Resident who answered.' })
  partyId!: string;

  @Field(() => enumOf(ProposalAnswer), { description: 'The answer.' })
  answer!: string;
}

@ObjectType('Proposal', { description: 'A proposal to settle.', simpleResolvers: true })
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

  @Field(() => Boolean, {
    description: 'Made for settlement alone: may not be used against the party later (Interp. art. 107).',
  })
  get settlementPrivilege(): boolean {
    return this.part.settlementPrivilege;
  }

  @Field(() => [ProposalAnswerType], { description: 'What the parties said.' })
  get answers(): readonly ProposalAnswerType[] {
    return this.part.answers;
  }
}
