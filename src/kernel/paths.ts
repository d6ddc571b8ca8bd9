/** Values at a path; `*` stands for every element of a list. Absent values are left out. */
export function leafValues(value: unknown, path: readonly string[]): unknown[] {
  if (value === undefined || value === null) return [];
  const [head, ...rest] = path;
  if (head === undefined) return [value];
  if (head === '*') return Array.isArray(value) ? value.flatMap(element => leafValues(element, rest)) : [];
  return leafValues((value as Record<string, unknown>)[head], rest);
}

/** What `replaceLeaves` tells of the leaf that it replaces. */
export interface LeafPlace {
  /** Where it stands, with indexes: `parties/0/name`. */
  readonly at: string;
  /** The object that holds it. */
  readonly parent: Readonly<Record<string, unknown>>;
}

/** A copy in which every value at the path is replaced; what is absent stays absent. */
export function replaceLeaves(
  value: unknown,
  path: readonly string[],
  replace: (leaf: unknown, place: LeafPlace) => unknown,
  at: readonly string[] = [],
  parent: Readonly<Record<string, unknown>> = {},
): unknown {
  if (value === undefined || value === null) return value;
  const [head, ...rest] = path;
  if (head === undefined) return replace(value, { at: at.join('/'), parent });
  if (head === '*') {
    if (!Array.isArray(value)) return value;
    return value.map((element, index) => replaceLeaves(element, rest, replace, [...at, String(index)], parent));
  }
  const object = value as Readonly<Record<string, unknown>>;
  if (!(head in object)) return value;
  return { ...object, [head]: replaceLeaves(object[head], rest, replace, [...at, head], object) };
}
