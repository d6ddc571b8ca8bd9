import type { Cell } from './readModel.js';

// biome-ignore lint/suspicious/noControlCharactersInRegex: it is the one that is looked for
const NUL = /\u0000/g;

/** PostgreSQL keeps no NUL in a text, and one in a title must not stop every projection: it becomes U+FFFD. */
export const storable = <Value>(value: Value): Value =>
  typeof value === 'string' && value.includes('\u0000') ? (value.replace(NUL, '\uFFFD') as Value) : value;

/** What a database has no cell for: the two drivers make different things of it, or fail. */
export class NotACell extends Error {
  override readonly name = 'NotACell';
}

/**
 * A value as a cell, in a form that both databases keep.
 * @throws NotACell naming the column, never the value
 */
export function cellOf(value: unknown, column: string): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return storable(value);
  if (Number.isSafeInteger(value)) return value as number;
  throw new NotACell(`${column} holds neither text nor a whole number`);
}
