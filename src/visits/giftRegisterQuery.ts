import { Args, ArgsType, Ctx, Field, ID, ObjectType, Query, Resolver } from 'type-graphql';
import { idsOf, requireRole } from '../access/authorise.js';
import { type Role, SUPERVISORS } from '../access/roles.js';
import type { Cell } from '../database/readModel.js';
import { enumOf } from '../graphql/codeLists.js';
import { connectionOf, type Page, pageOf, type RowQuery } from '../graphql/connection.js';
import type { RequestContext } from '../graphql/context.js';
import { withoutNulls } from '../graphql/listPage.js';
import { reveal } from '../graphql/maskData.js';
import { PageArgs } from '../graphql/pageArgs.js';
import { DateScalar, FenScalar } from '../graphql/scalars.js';
import { withinDays } from '../graphql/withinDays.js';
import { maskValue } from '../kernel/masking.js';
import type { Personal } from '../kernel/personal.js';
import { toRow } from '../projections/rows.js';
import { GiftDisposition } from './codes.js';
import { giftView } from './giftView.js';
import { VisitType } from './visitType.js';

const REGISTER_READERS: readonly Role[] = ['OFFICER', ...SUPERVISORS];

/** A row of the view. */
interface GiftLine {
  readonly giftId: string;
  readonly visitId: string;
  readonly offeredOn: string;
  readonly estValueFen: number | null;
  readonly disposition: string | null;
  readonly disposedOn: string | null;
  readonly description: Personal<string>;
}

@ObjectType('RegisteredGift', { description: 'A line of the register of gifts.', simpleResolvers: true })
export class RegisteredGiftType {
  constructor(private readonly line: GiftLine) {}

  @Field(() => ID, { description: 'Id of the gift, within the visit.' })
  get giftId(): string {
    return this.line.giftId;
  }

  @Field(() => VisitType, { nullable: true, description: 'Visit on which it was offered.' })
  visit(@Ctx() { loaders }: RequestContext): Promise<VisitType | undefined> {
    return loaders.noun<VisitType>(this.line.visitId);
  }

  @Field(() => DateScalar, { description: 'Legal day on which it was offered.' })
  get offeredOn(): string {
    return this.line.offeredOn;
  }

  @Field(() => String, { description: 'What was offered, and how; sealed, so never shown here in words.' })
  async description(@Ctx() { services }: RequestContext): Promise<string> {
    return maskValue('TEXT', await reveal(services.lens, this.line.description));
  }

  @Field(() => FenScalar, { nullable: true, description: 'What it may be worth.' })
  get estValueFen(): number | null {
    return this.line.estValueFen;
  }

  @Field(() => enumOf(GiftDisposition), { nullable: true, description: 'What became of it; null while that is open.' })
  get disposition(): string | null {
    return this.line.disposition;
  }

  @Field(() => DateScalar, { nullable: true, description: 'Legal day on which that was done.' })
  get disposedOn(): string | null {
    return this.line.disposedOn;
  }
}

const RegisteredGiftConnection = connectionOf(RegisteredGiftType, 'RegisteredGift');

@ArgsType()
class GiftRegisterArgs extends PageArgs {
  @Field(() => ID, { nullable: true, description: 'Only gifts offered on visits of this station.' })
  orgUnitId?: string;

  @Field(() => DateScalar, { nullable: true, description: 'Only gifts offered on this legal day or later.' })
  from?: string;

  @Field(() => DateScalar, { nullable: true, description: 'Only gifts offered on this legal day or earlier.' })
  to?: string;
}

const onVisitsOf = (rows: RowQuery, units: readonly string[]): RowQuery =>
  rows.where('visitId', 'in', eb => eb.selectFrom('visit').select('id').where('orgUnitId', 'in', units));

/** Chiefs and auditors see their units; an officer, whom the register is about, sees the own visits alone. */
function inSight(rows: RowQuery, { viewer }: RequestContext): readonly RowQuery[] {
  const own = rows.where('visitId', 'in', eb =>
    eb.selectFrom('visit_participant').select('visitId').where('participantId', 'in', idsOf(viewer)),
  );
  if (viewer.role === 'OFFICER') return [own];
  return viewer.scope === 'ALL' ? [rows] : [onVisitsOf(rows, [...viewer.scope]), own];
}

@Resolver()
export class GiftRegisterQueries {
  @Query(() => RegisteredGiftConnection, {
    description:
      'Every gift that was offered, the latest day first. Officers read what was offered on their own visits; chiefs ' +
      'and auditors, on all visits of their units.',
  })
  giftRegister(
    @Args(() => GiftRegisterArgs) args: GiftRegisterArgs,
    @Ctx() context: RequestContext,
  ): Promise<Page<RegisteredGiftType>> {
    requireRole(context.viewer, REGISTER_READERS, 'giftRegister');
    const { db, projections } = context.services;
    const readAt = projections.position;
    const { first, after, ...filter } = withoutNulls(args);
    let rows: RowQuery = db.selectFrom(giftView.table).selectAll();
    if (filter.orgUnitId) rows = onVisitsOf(rows, [filter.orgUnitId]);
    rows = withinDays(rows, 'offeredOn', filter);
    const sort = { column: 'offeredOn', descending: true };
    const request = { list: 'giftRegister', filter, sort, first, after };
    return pageOf(db, inSight(rows, context), request, readAt, async found =>
      found.map(cells => new RegisteredGiftType(toRow(giftView, cells as Record<string, Cell>) as unknown as GiftLine)),
    );
  }
}
