import { ArgsType, Field, Int } from 'type-graphql';
import { MAX_FIRST } from './pageSize.js';

@ArgsType()
export abstract class PageArgs {
  @Field(() => Int, { defaultValue: 20, description: `Number of items, 1 to ${MAX_FIRST}.` })
  first!: number;

  @Field(() => String, { nullable: true, description: 'Cursor behind which to go on.' })
  after?: string;
}

/** A page of what lies in a division. Villages are sealed: no list can be narrowed to one. */
@ArgsType()
export class DivisionPageArgs extends PageArgs {
  @Field(() => String, {
    nullable: true,
    description: 'Only in this division or within it, by its code, down to the township.',
  })
  divisionCode?: string;
}
