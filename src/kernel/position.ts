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

/** START of none. */
export const lowest = (positions: readonly Position[]): Position =>
  positions.reduce((low, position) => (comparePositions(position, low) < 0 ? position : low), positions[0] ?? START);

/** START of none. */
export const highest = (positions: readonly Position[]): Position =>
  positions.reduce((high, position) => (comparePositions(position, high) > 0 ? position : high), START);

export const isPosition = (text: string): boolean => /^(0|[1-9]\d{0,19})(\/(0|[1-9]\d{0,19}))?$/.test(text);

/** What the first number of a position counts; START says nothing of its store. */
export const countedIn = (position: Position): 'events' | 'bytes' => (position.includes('/') ? 'bytes' : 'events');

/** That number, to show how far something has come: a log so long that it is not exact takes centuries to write. */
export const countOf = (position: Position): number => Number(position.split('/')[0]);

/** How far it is from one position to another, in what positions of the store count. */
export const distance = (from: Position, to: Position): number => Math.max(0, countOf(to) - countOf(from));

/** Events between two positions, where positions count events; nothing where they do not (two numbers). */
export function eventsBetween(from: Position, to: Position): number | undefined {
  if (from === to) return 0;
  return countedIn(from) === 'events' && countedIn(to) === 'events' ? distance(from, to) : undefined;
}
