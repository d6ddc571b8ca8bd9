import { idsOf, requireRole } from '../access/authorise.js';
import type { Role } from '../access/roles.js';
import type { Snapshot } from '../kernel/decider.js';
import { documentsOf, type FoundDocument } from '../projections/documents.js';
import { type Page, pageOf, type RowQuery } from './connection.js';
import type { NounBinding, RequestContext } from './context.js';

/** How a list of nouns is read: who may, which rows, in what order. */
export interface ListOptions {
  /** Name of the query. */
  readonly list: string;
  /** Who may read it, if not all who may read its nouns. */
  readonly roles?: readonly Role[];
  /** Columns that must equal a value; those whose value is undefined do not filter. */
  readonly equal?: Readonly<Record<string, string | number | undefined>>;
  /** Conditions that are no equality; their arguments must stand in the list's arguments. */
  readonly where?: (query: RowQuery) => RowQuery;
  /** A column that is never null. */
  readonly sort: { readonly column: string; readonly descending: boolean };
  /** Columns that hold units: a row is in scope when one of them is. `orgUnitId` by default. */
  readonly scopeColumns?: readonly string[];
  /** Rows out of scope that the viewer takes part in. */
  readonly participating?: {
    readonly table: string;
    readonly key: string;
    readonly participant: string;
  };
}

interface PageRequest {
  readonly first: number;
  readonly after?: string;
}

/** Only rows of the viewer's units, or that the viewer takes part in: the rest is not there. */
function inScope(query: RowQuery, { viewer }: RequestContext, options: ListOptions): RowQuery {
  if (viewer.scope === 'ALL') return query;
  const units = [...viewer.scope];
  const ids = idsOf(viewer);
  const { participating, scopeColumns = ['orgUnitId'] } = options;
  return query.where(eb =>
    eb.or([
      ...(units.length > 0 ? scopeColumns.map(column => eb(column, 'in', units)) : []),
      ...(participating
        ? [
            eb(
              'id',
              'in',
              eb.selectFrom(participating.table).select(participating.key).where(participating.participant, 'in', ids),
            ),
          ]
        : []),
    ]),
  );
}

/** A page of nouns that the viewer may see. */
export async function listPage<T extends object>(
  context: RequestContext,
  binding: NounBinding,
  args: PageRequest,
  options: ListOptions,
): Promise<Page<T>> {
  requireRole(context.viewer, options.roles ?? binding.readers, options.list);
  const { db, projections } = context.services;
  const readAt = projections.position;
  const columns = [...new Set(['id', 'revision', options.sort.column])];
  let query = inScope(db.selectFrom(binding.view.table).select(columns), context, options);
  for (const [column, value] of Object.entries(options.equal ?? {}))
    if (value !== undefined && value !== null) query = query.where(column, '=', value);
  if (options.where) query = options.where(query);
  const { first, after, ...filter } = args;
  return pageOf(query, { list: options.list, filter, sort: options.sort, first, after }, readAt, async rows => {
    const documents = await documentsOf(db, binding.view, rows as unknown as FoundDocument[]);
    return rows.map(({ id }) => binding.wrap(documents.get(id as string) as Snapshot) as T);
  });
}
