import { appointmentBinding } from '../../appointments/graphql.js';
import { certificateBinding } from '../../certificates/graphql.js';
import type { ReadModel } from '../../database/readModel.js';
import { errandBinding } from '../../errands/graphql.js';
import type { RowQuery } from '../../graphql/connection.js';
import type { NounBinding } from '../../graphql/context.js';
import { UNDER_MEDIATION } from '../../mediation/commands/command.js';
import { disputeBinding } from '../../mediation/graphql/binding.js';
import { needBinding } from '../../needs/graphql.js';

/** Taken along, and not back with the resident yet. */
export const ERRANDS_IN_HAND = ['ACCEPTED', 'COMPLETED', 'FAILED'];

/** Work that some persons hold: in which read model, and which of its rows. */
interface Held {
  readonly binding: NounBinding;
  readonly rows: (query: RowQuery, personIds: readonly string[]) => RowQuery;
  /** A column that is never null. */
  readonly sortBy: string;
}

/** By kind, in the order in which it is told. */
export const HELD = {
  needs: {
    binding: needBinding,
    rows: (query, ids) => query.where('officerId', 'in', ids).where('closedOn', 'is', null),
    sortBy: 'raisedOn',
  },
  errands: {
    binding: errandBinding,
    rows: (query, ids) => query.where('officerId', 'in', ids).where('status', 'in', ERRANDS_IN_HAND),
    sortBy: 'lastRecordedAt',
  },
  certificates: {
    binding: certificateBinding,
    rows: (query, ids) => query.where('holderId', 'in', ids),
    sortBy: 'dueDate',
  },
  appointments: {
    binding: appointmentBinding,
    rows: (query, ids) => query.where('officerId', 'in', ids).where('status', '=', 'CONFIRMED'),
    sortBy: 'plannedFor',
  },
  cases: {
    binding: disputeBinding,
    rows: (query, ids) =>
      query
        .where('status', 'in', UNDER_MEDIATION)
        .where('id', 'in', eb =>
          eb.selectFrom('dispute_participant').select('disputeId').where('participantId', 'in', ids),
        ),
    sortBy: 'lastRecordedAt',
  },
} as const satisfies Readonly<Record<string, Held>>;

/** How much of all kinds these persons hold; of these units alone, if they are given. */
export async function countHeld(
  db: ReadModel,
  personIds: readonly string[],
  units?: readonly string[],
): Promise<number> {
  const counts = Object.values(HELD).map(async ({ binding, rows }) => {
    let held: RowQuery = rows(
      db.selectFrom(binding.view.table).select(eb => eb.fn.countAll<number>().as('n')),
      personIds,
    );
    if (units) held = held.where('orgUnitId', 'in', units);
    return Number((await held.executeTakeFirst())?.n ?? 0);
  });
  return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
}
