import { ArgsType, Field } from 'type-graphql';
import { DateScalar } from '../graphql/scalars.js';

/** Legal days, both included. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

@ArgsType()
export class PeriodArgs implements Period {
  @Field(() => DateScalar, { description: 'First legal day.' })
  from!: string;

  @Field(() => DateScalar, { description: 'Last legal day, included.' })
  to!: string;
}
