import { Ctx, Field, ObjectType } from 'type-graphql';
import { enumOf } from '../../graphql/codeLists.js';
import type { RequestContext } from '../../graphql/context.js';
import { DateScalar, DateTimeScalar } from '../../graphql/scalars.js';
import { DisputeOutcome, FileDocument, ReopeningReason, TerminationReason, WaiverReason } from '../codes.js';
import type { Dispute, Reopening } from '../state.js';
import { CasePart } from './part.js';

@ObjectType('Termination', { description: 'How mediation ended without an agreement.', simpleResolvers: true })
export class TerminationType extends CasePart<NonNullable<Dispute['termination']>> {
  @Field(() => enumOf(TerminationReason), { description: 'Why.' })
  get reason(): string {
    return this.part.reason;
  }

  @Field(() => String, {
    nullable: true,
    description: 'How it came to that, for who works on the case; `［已封存］` for others.',
  })
  account(@Ctx() context: RequestContext): Promise<string | undefined> {
    return this.text(this.part.account, context);
  }

  @Field(() => DateScalar, { description: 'When.' })
  get on(): string {
    return this.part.on;
  }
}

@ObjectType('Closure', { description: 'How the case was closed.', simpleResolvers: true })
export class ClosureType {
  @Field(() => enumOf(DisputeOutcome), { description: 'Outcome.' })
  outcome!: string;

  @Field(() => DateScalar, { description: 'When.' })
  on!: NonNullable<Dispute['closure']>['on'];
}

@ObjectType('Waiver', { description: 'A document that a case file may lack (缺件说明).', simpleResolvers: true })
export class WaiverType {
  @Field(() => enumOf(FileDocument), { description: 'The document.' })
  document!: string;

  @Field(() => enumOf(WaiverReason), { description: 'Why it may be missing.' })
  reason!: string;
}

type ArchivedFile = NonNullable<Dispute['archive']>;

@ObjectType('Archive', { description: 'The case file as it was archived (归档).', simpleResolvers: true })
export class ArchiveType {
  constructor(private readonly file: ArchivedFile) {}

  @Field(() => [enumOf(FileDocument)], { description: 'Documents in the file.' })
  get documents(): readonly string[] {
    return this.file.documents;
  }

  @Field(() => [enumOf(FileDocument)], { description: 'Documents that are missing, each with a waiver.' })
  get waived(): readonly string[] {
    return this.file.waivers.map(({ document }) => document);
  }

  @Field(() => [WaiverType], { description: 'The same with why each may be missing.' })
  get waivers(): ArchivedFile['waivers'] {
    return this.file.waivers;
  }

  @Field(() => DateScalar, { description: 'Legal day.' })
  get on(): string {
    return this.file.on;
  }
}

@ObjectType('Reopening', { description: 'When a closed case was taken up again (重启).', simpleResolvers: true })
export class ReopeningType extends CasePart<Reopening> {
  @Field(() => enumOf(ReopeningReason), { description: 'Why.' })
  get reason(): string {
    return this.part.reason;
  }

  @Field(() => String, {
    nullable: true,
    description: 'What happened, for who works on the case; `［已封存］` for others.',
  })
  account(@Ctx() context: RequestContext): Promise<string | undefined> {
    return this.text(this.part.account, context);
  }

  @Field(() => DateTimeScalar, { description: 'When.' })
  get at(): string {
    return this.part.at;
  }
}
