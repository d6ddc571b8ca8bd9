import { idsOf, requireRole } from '../access/authorise.js';
import type { Role } from '../access/roles.js';
import { documentsOf, type FoundDocument } from '../projections/documents.js';
import { type Page, pageOf, type RowQuery } from './connection.js';
import type { NounBinding, RequestContext } from './context.js';
import { searched } from './textSearch.js';

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
  /** What the searched column of the view must hold; nothing does not filter. */
  readonly text?: string | undefined;
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

/** The rows that the viewer may see, as queries that each follow an index: of the own units, and those with a part in. */
function inScope(rows: RowQuery, { viewer }: RequestContext, options: ListOptions): readonly RowQuery[] {
  if (viewer.scope === 'ALL') return [rows];
  const units = [...viewer.scope];
  const { participating, scopeColumns = ['orgUnitId'] } = options;
  const ofUnits = units.length === 0 ? [] : scopeColumns.map(column => rows.where(column, 'in', units));
  if (!participating) return ofUnits;
  const { table, key, participant } = participating;
  const taken = rows.where('id', 'in', eb => eb.selectFrom(table).select(key).where(participant, 'in', idsOf(viewer)));
  return [...ofUnits, taken];
}

/** A variable that is null arrives as null, and means the same as none: in filters, and so in cursors. */
export const withoutNulls = <Args extends PageRequest>(args: Args): Args =>
  Object.fromEntries(Object.entries(args).filter(([, value]) => value !== null)) as unknown as Args;

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
  let rows: RowQuery = db.selectFrom(binding.view.table).select(columns);
  for (const [column, value] of Object.entries(options.equal ?? {}))
    if (value !== undefined && value !== null) rows = rows.where(column, '=', value);
  if (options.where) rows = options.where(rows);
  const { first, after, ...filter } = withoutNulls(args);
  const request = { list: options.list, filter, sort: options.sort, first, after };
  return searched(db, binding.view, options.text, holding =>
    pageOf(db, inScope(holding(rows), context, options), request, readAt, async found => {
      const documents = await documentsOf(db, binding.view, found as unknown as FoundDocument[]);
      return found.map(({ id }) => {
        const snapshot = documents.get(id as string);
        return snapshot && (binding.wrap(snapshot) as T);
      });
    }),
  );
}
