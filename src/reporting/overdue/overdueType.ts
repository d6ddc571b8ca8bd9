import { Ctx, Field, Int, ObjectType } from 'type-graphql';
import { enumOf } from '../../graphql/codeLists.js';
import type { RequestContext } from '../../graphql/context.js';
import { Node } from '../../graphql/recorded.js';
import { DateScalar } from '../../graphql/scalars.js';
import { type CodeOf, codeList } from '../../kernel/codes.js';
import { daysBetween, legalDayOf } from '../../kernel/legalDay.js';

export const OverdueKind = codeList('OverdueKind', 'What is late.', {
  CERT: { zh: '证件未按期送交', en: 'A certificate that was not handed over in its term' },
  MEDIATION: { zh: '调解逾期', en: 'A mediation that takes longer than its period' },
  FOLLOW_UP: { zh: '回访逾期', en: 'A follow-up visit that was not made by its day' },
});
export type OverdueKind = CodeOf<typeof OverdueKind>;

@ObjectType('Overdue', { description: 'Something whose last day has gone by.', simpleResolvers: true })
export class OverdueType {
  constructor(
    private readonly late: OverdueKind,
    private readonly lastDay: string,
    private readonly noun: Node,
  ) {}

  @Field(() => enumOf(OverdueKind), { description: 'What is late.' })
  get kind(): string {
    return this.late;
  }

  @Field(() => DateScalar, { description: 'Last legal day on which it was in time.' })
  get dueDate(): string {
    return this.lastDay;
  }

  @Field(() => Int, { description: 'Days that it is late by today.' })
  daysLate(@Ctx() { services }: RequestContext): number {
    return daysBetween(this.lastDay, legalDayOf(services.clock.now()));
  }

  @Field(() => Node, { description: 'The certificate or the dispute.' })
  get of(): Node {
    return this.noun;
  }
}
