import { Field, Int, ObjectType } from 'type-graphql';
import type { CaseDeviation } from '../state.js';

@ObjectType('CaseDeviation', { description: 'A rule that something recorded in a case broke.', simpleResolvers: true })
export class CaseDeviationType {
  @Field(() => String, { description: 'Code of the rule.' })
  rule!: CaseDeviation['rule'];

  @Field(() => String, { description: 'Statute and article, or the practice that the rule comes from.' })
  citation!: string;

  @Field(() => Int, { description: 'Revision of the event that it was recorded with.' })
  revision!: number;
}
