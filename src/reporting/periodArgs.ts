import { ArgsType, Field } from 'type-graphql';
import { DateScalar } from '../graphql/scalars.js';

/** Legal days by which something happened, both included. */
@ArgsType()
export abstract class PeriodArgs {
  @Field(() => DateScalar, { description: 'First legal day.' })
  from!: string;

  @Field(() => DateScalar, { description: 'Last legal day, included.' })
  to!: string;
}
