import { Ctx, Field, ObjectType } from 'type-graphql';
import { enumOf } from '../../graphql/codeLists.js';
import type { RequestContext } from '../../graphql/context.js';
import { DateScalar, DateTimeScalar } from '../../graphql/scalars.js';
import { DisputeOutcome, FileDocument, ReopeningReason, TerminationReason } from '../codes.js';
import type { Dispute, Reopening } from '../state.js';
import { CasePart } from './part.js';

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

@ObjectType('Archive', { description: 'The case file as it was archived (归档).', simpleResolvers: true })
export class ArchiveType {
  @Field(() => [enumOf(FileDocument)], { description: 'Documents in the file.' })
  documents!: readonly string[];

  @Field(() => [enumOf(FileDocument)], { description: 'Documents that are missing, each with a waiver.' })
  waived!: readonly string[];

  @Field(() => DateScalar, { description: 'Legal day.' })
  on!: NonNullable<Dispute['archive']>['on'];
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
