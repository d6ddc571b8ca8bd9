import { createHash } from 'node:crypto';
import type { SelectQueryBuilder } from 'kysely';
import { type ClassType, Field, ObjectType } from 'type-graphql';
import type { ReadModel, ReadTables } from '../database/readModel.js';
import { canonicalJson } from '../kernel/canonicalJson.js';
import type { Position } from '../kernel/position.js';
import { apiError, badCursor } from './errors.js';
import { MAX_FIRST } from './pageSize.js';
import { PositionScalar } from './scalars.js';

@ObjectType({ description: 'Where a page stands in its list.' })
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether more follow.' })
  hasNextPage!: boolean;

  @Field(() => Boolean, {
    description: 'Whether something stands before it: so it is behind a cursor. Lists are read forward only.',
  })
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: 'Cursor of the first edge.' })
  startCursor?: string | undefined;

  @Field(() => String, { nullable: true, description: 'Cursor of the last edge, to be given as `after`.' })
  endCursor?: string | undefined;
}

/**
 * Where a page stands.
 * @param cursorsOfPage those of its first edge and of what it ends with
 */
export const pageInfoOf = (
  { after }: { readonly after?: string | undefined },
  hasNextPage: boolean,
  cursorsOfPage: { readonly start: string | undefined; readonly end: string | undefined },
): PageInfo => ({
  hasNextPage,
  hasPreviousPage: after !== undefined,
  startCursor: cursorsOfPage.start,
  endCursor: cursorsOfPage.end,
});

export interface Page<Node> {
  readonly edges: readonly { readonly cursor: string; readonly node: Node }[];
  readonly nodes: readonly Node[];
  readonly pageInfo: PageInfo;
  readonly readAt: Position;
}

/** The connection type of a node type (Relay), with the position at which it was read. */
export function connectionOf<Node extends object>(node: ClassType<Node>, name: string): ClassType<Page<Node>> {
  @ObjectType(`${name}Edge`, { description: `A ${name} in a list, with its cursor.`, simpleResolvers: true })
  class Edge {
    @Field(() => String, { description: 'Stable place in the list.' })
    cursor!: string;

    @Field(() => node, { description: `The ${name}.` })
    node!: Node;
  }

  @ObjectType(`${name}Connection`, { description: `A page of a list of ${name}.`, simpleResolvers: true })
  class Connection {
    @Field(() => [Edge], { description: 'Items with their cursors.' })
    edges!: Edge[];

    @Field(() => [node], { description: 'Items alone.' })
    nodes!: Node[];

    @Field(() => PageInfo, { description: 'Where this page stands.' })
    pageInfo!: PageInfo;

    @Field(() => PositionScalar, {
      description: 'Position of the last event that this answer can know of; of what is `parked` it knows less.',
    })
    readAt!: Position;
  }
  return Connection as unknown as ClassType<Page<Node>>;
}

/** How a list is asked for: its name and filters are bound into its cursors. */
export interface ListRequest {
  readonly list: string;
  readonly filter: unknown;
  readonly sort: { readonly column: string; readonly descending: boolean };
  readonly first: number;
  readonly after?: string | undefined;
}

export type SortValue = string | number;
/** Where a page begins: behind this value of the sort column and this id. */
type Behind = readonly [value: SortValue, id: string] | undefined;
export type RowQuery = SelectQueryBuilder<ReadTables, string, Record<string, string | number | null>>;

const fingerprint = ({ list, filter, sort }: ListRequest): string =>
  createHash('sha256')
    .update(canonicalJson([list, filter ?? null, sort]))
    .digest('base64url')
    .slice(0, 11);

/** Makes the cursors of a list. */
export function cursors(request: ListRequest): (value: SortValue, id: string) => string {
  const list = fingerprint(request);
  return (value, id) => Buffer.from(JSON.stringify([list, value, id])).toString('base64url');
}

/** @throws BAD_CURSOR for a cursor of another list */
export function decodeCursor(request: ListRequest, cursor: string): readonly [SortValue, string] {
  try {
    const [list, value, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (list === fingerprint(request) && typeof id === 'string' && ['string', 'number'].includes(typeof value))
      return [value, id];
  } catch {
    // Not one of ours: said below, like a cursor of another list.
  }
  throw badCursor();
}

export function checkFirst(first: number): void {
  if (first < 1 || first > MAX_FIRST)
    throw apiError('BAD_USER_INPUT', `first must be between 1 and ${MAX_FIRST}`, { argument: 'first' });
}

type PageRow = Record<string, string | number | null>;

/** Its cursor is made when it is asked for: most clients ask for the last alone. */
class PageEdge<Node> {
  constructor(
    readonly node: Node,
    private readonly row: PageRow,
    private readonly cursorAt: (row: PageRow) => string,
  ) {}

  get cursor(): string {
    return this.cursorAt(this.row);
  }
}

/** The first rows of a query in the order of the list, behind the cursor. */
function firstOf(query: RowQuery, { sort: { column, descending }, first }: ListRequest, behind: Behind): RowQuery {
  const direction = descending ? 'desc' : 'asc';
  const ordered = query
    .orderBy(column, direction)
    .orderBy('id', direction)
    .limit(first + 1);
  if (!behind) return ordered;
  const [value, id] = behind;
  const beyond = descending ? '<' : '>';
  return ordered.where(eb =>
    eb.or([eb(column, beyond, value), eb.and([eb(column, '=', value), eb('id', beyond, id)])]),
  );
}

/** The first rows of several queries, each once. Each query is cut by itself: then it can follow its index. */
function firstOfAll(db: ReadModel, queries: readonly RowQuery[], request: ListRequest, behind: Behind): RowQuery {
  const [one, ...others] = queries.map(query => firstOf(query, request, behind));
  if (!one) throw new RangeError('A list is read by one query at least');
  if (others.length === 0) return one;
  const wrap = (query: RowQuery): RowQuery => db.selectFrom(query.as('part')).selectAll() as unknown as RowQuery;
  const all = others.reduce((united, query) => united.union(wrap(query)) as RowQuery, wrap(one));
  return firstOf(all, request, undefined);
}

/**
 * One page by keyset: rows behind the cursor in (sort column, id) order. The sort column must not be null.
 * @param queries rows that are in the list when they are in one of these
 * @param nodesOf a node for each row; none for a row that has gone since, as when its table is built anew
 */
export async function pageOf<Node>(
  db: ReadModel,
  queries: readonly RowQuery[],
  request: ListRequest,
  readAt: Position,
  nodesOf: (rows: readonly PageRow[]) => Promise<readonly (Node | undefined)[]>,
): Promise<Page<Node>> {
  checkFirst(request.first);
  const { column } = request.sort;
  const behind = request.after === undefined ? undefined : decodeCursor(request, request.after);
  const rows = queries.length === 0 ? [] : await firstOfAll(db, queries, request, behind).execute();
  const kept = rows.slice(0, request.first);
  const nodes = await nodesOf(kept);
  const cursorOf = cursors(request);
  const cursorAt = (row: PageRow) => cursorOf(row[column] as SortValue, row.id as string);
  const edges: PageEdge<Node>[] = [];
  for (const [index, row] of kept.entries()) {
    const node = nodes[index];
    if (node !== undefined) edges.push(new PageEdge(node, row, cursorAt));
  }
  const last = kept.at(-1);
  return {
    edges,
    nodes: edges.map(edge => edge.node),
    pageInfo: pageInfoOf(request, rows.length > request.first, {
      start: edges[0]?.cursor,
      end: last && cursorAt(last),
    }),
    readAt,
  };
}
