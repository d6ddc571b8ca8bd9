/**
 * A place in the store's one order of all events: `"42"`, or `"commit/prepare"` where a store has two numbers.
 * Text, because neither number need fit a JavaScript number. `START` is before the first event.
 */
export type Position = string;

export const START: Position = '0';

const compareDecimals = (a: string, b: string): number =>
  a.length === b.length ? (a < b ? -1 : a > b ? 1 : 0) : a.length - b.length;

/** Negative, zero or positive, as `a` is before, at or after `b`. */
export function comparePositions(a: Position, b: Position): number {
  if (!a.includes('/') && !b.includes('/')) return compareDecimals(a, b);
  const [commitA = '0', prepareA = '0'] = a.split('/');
  const [commitB = '0', prepareB = '0'] = b.split('/');
  return compareDecimals(commitA, commitB) || compareDecimals(prepareA, prepareB);
}

export const isPosition = (text: string): boolean => /^(0|[1-9]\d{0,19})(\/(0|[1-9]\d{0,19}))?$/.test(text);

/** Events between two positions, where positions count events; nothing where they do not (two numbers). */
export function eventsBetween(from: Position, to: Position): number | undefined {
  if (from.includes('/') || to.includes('/')) return undefined;
  return Math.max(0, Number(BigInt(to) - BigInt(from)));
}
