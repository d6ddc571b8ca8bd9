import { personIdsOf } from '../../access/authorise.js';
import { type Role, STATION_ROLES } from '../../access/roles.js';
import type { Page, RowQuery } from '../../graphql/connection.js';
import type { NounBinding, RequestContext } from '../../graphql/context.js';
import { type ListOptions, listPage } from '../../graphql/listPage.js';
import type { PageArgs } from '../../graphql/pageArgs.js';

/** Who has a day of work that Satchel knows of. */
export const DAY_WORKERS: readonly Role[] = [...STATION_ROLES, 'MEDIATOR'];

/** Rows of work in which a column holds the viewer. */
export const inPerson = (rows: RowQuery, column: string, { viewer }: RequestContext): RowQuery =>
  rows.where(column, 'in', personIdsOf(viewer));

/** Rows of work that a table of participants says the viewer takes part in. */
export function takenPartIn(
  rows: RowQuery,
  { table, key, participant }: NonNullable<ListOptions['participating']>,
  { viewer }: RequestContext,
): RowQuery {
  return rows.where('id', 'in', eb => eb.selectFrom(table).select(key).where(participant, 'in', personIdsOf(viewer)));
}

export interface DayList extends Omit<ListOptions, 'list' | 'roles'> {
  readonly name: string;
  readonly binding: NounBinding;
  readonly day: string;
}

/** A page of one of the lists of a day. */
export function dayList<T extends object>(
  context: RequestContext,
  { first, after }: PageArgs,
  { name, binding, day, ...options }: DayList,
): Promise<Page<T>> {
  const args = after === undefined ? { first, day } : { first, after, day };
  return listPage<T>(context, binding, args, { ...options, list: `myDay.${name}`, roles: DAY_WORKERS });
}
