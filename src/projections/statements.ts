import { type Compilable, CompiledQuery, type DialectAdapter } from 'kysely';
import type { Cell, ReadModel } from '../database/readModel.js';

/** Keys or rows in one statement at the most: well under what either database allows. */
const LARGEST = 128;

const texts = new WeakMap<DialectAdapter, Map<string, string>>();

/** A statement that Kysely writes once for each database; to write it takes longer than to run it. `name` tells it from others. */
export function statementOnce(
  db: ReadModel,
  name: string,
  write: () => Compilable<unknown>,
): (parameters: readonly Cell[]) => CompiledQuery<Record<string, Cell>> {
  const { adapter } = db.getExecutor();
  const known = texts.get(adapter) ?? new Map<string, string>();
  texts.set(adapter, known);
  const text = known.get(name) ?? write().compile().sql;
  known.set(name, text);
  return parameters => CompiledQuery.raw(text, [...parameters]);
}

/** Portions whose sizes are powers of two, so that a few statements serve for any number of items. */
export function portions<T>(items: readonly T[]): readonly (readonly T[])[] {
  const all: (readonly T[])[] = [];
  for (let start = 0, size = LARGEST; start < items.length; )
    if (start + size > items.length) size /= 2;
    else {
      all.push(items.slice(start, start + size));
      start += size;
    }
  return all;
}

/** The same for keys that are only looked for: the last is repeated up to the next power of two. */
export function keyPortions(keys: readonly string[]): readonly (readonly string[])[] {
  const all: string[][] = [];
  for (let start = 0; start < keys.length; start += LARGEST) {
    const some = keys.slice(start, start + LARGEST);
    const size = 2 ** Math.ceil(Math.log2(some.length));
    all.push([...some, ...Array<string>(size - some.length).fill(some.at(-1) as string)]);
  }
  return all;
}
