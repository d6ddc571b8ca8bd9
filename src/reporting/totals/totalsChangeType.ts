import { Field, ObjectType } from 'type-graphql';
import { SharedPayload } from '../../graphql/sharedPayload.js';
import type { Position } from '../../kernel/position.js';
import { TotalsType } from './graphql.js';
import type { UnitTotals } from './queries.js';
import { encodeTotalsCursor } from './totalsCursor.js';

@ObjectType('TotalsChange', { description: 'Totals that have changed.' })
export class TotalsChangeType extends SharedPayload {
  @Field(() => String, { description: 'To be given as `after`: says which totals the client has.' })
  readonly cursor: string;

  @Field(() => TotalsType, {
    description: 'What the unit has done up to today, the legal day on which it was counted.',
  })
  readonly totals: TotalsType;

  constructor(
    unitId: string,
    day: string,
    totals: UnitTotals,
    readonly position: Position,
    /** The same for the same figures. */
    readonly digest: string,
  ) {
    super();
    this.totals = new TotalsType(unitId, day, totals, position);
    this.cursor = encodeTotalsCursor({ unitId, position, digest });
  }
}
