import { Field, ObjectType } from 'type-graphql';
import { enumOf } from '../../graphql/codeLists.js';
import { DateScalar } from '../../graphql/scalars.js';
import { DisputeOutcome, FileDocument, TerminationReason } from '../codes.js';
import type { Dispute } from '../state.js';

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
