import type { Position } from '../kernel/position.js';
import {
  checkFirst,
  cursors,
  decodeCursor,
  type ListRequest,
  type Page,
  pageInfoOf,
  type SortValue,
} from './connection.js';

/** Something in its place in a list: by a value, and by an id among those of the same value. */
export interface Item<Node> {
  readonly value: SortValue;
  readonly id: string;
  readonly node: Node;
}

type Place = Pick<Item<unknown>, 'value' | 'id'>;

const compare = (a: Place, b: Place): number => {
  if (a.value !== b.value) return a.value < b.value ? -1 : 1;
  if (a.id === b.id) return 0;
  return a.id < b.id ? -1 : 1;
};

/** One page by keyset of items that are in memory: what `pageOf` is for rows. */
export function pageOfItems<Node>(items: readonly Item<Node>[], request: ListRequest, readAt: Position): Page<Node> {
  checkFirst(request.first);
  const inOrder = request.sort.descending ? (a: Place, b: Place) => compare(b, a) : compare;
  const [value, id] = request.after === undefined ? [] : decodeCursor(request, request.after);
  const behind = value === undefined ? items : items.filter(item => inOrder({ value, id: id! }, item) < 0);
  const sorted = [...behind].sort(inOrder);
  const cursorOf = cursors(request);
  const edges = sorted
    .slice(0, request.first)
    .map(item => ({ cursor: cursorOf(item.value, item.id), node: item.node }));
  return {
    edges,
    nodes: edges.map(({ node }) => node),
    pageInfo: pageInfoOf(request, sorted.length > request.first, {
      start: edges[0]?.cursor,
      end: edges.at(-1)?.cursor,
    }),
    readAt,
  };
}
