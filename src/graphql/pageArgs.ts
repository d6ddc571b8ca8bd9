import { ArgsType, Field, Int } from 'type-graphql';
import { MAX_FIRST } from './connection.js';

@ArgsType()
export abstract class PageArgs {
  @Field(() => Int, { defaultValue: 20, description: `Number of items, 1 to ${MAX_FIRST}.` })
  first!: number;

  @Field(() => String, { nullable: true, description: 'Cursor behind which to go on.' })
  after?: string;
}
