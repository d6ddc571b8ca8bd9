/** Total of one metric, counted before Satchel, of a unit with all below it. */
export interface Balance {
  readonly unitId: string;
  readonly quantity: number;
  readonly qualifier: 'EXACT' | 'AT_LEAST';
  /** Legal day up to and including which it counts. */
  readonly asOf: string;
  readonly citation: string;
}

/** What is known of one metric. */
export interface Counted {
  readonly balances: readonly Balance[];
  /** Work of a unit itself, without those below it, up to and including a legal day. */
  worked(unitId: string, day: string): number;
}

/** Where a unit stands: `below` holds itself and all below it, `above` those above it. */
export interface Standing {
  readonly below: ReadonlySet<string>;
  readonly above: readonly string[];
  /** A unit with all below it, of those in `below`. */
  subtree(unitId: string): ReadonlySet<string>;
}

export type Total =
  | { readonly qualifier: 'NOT_KNOWN'; readonly quantity?: undefined; readonly citations: readonly string[] }
  | { readonly qualifier: 'EXACT' | 'AT_LEAST'; readonly quantity: number; readonly citations: readonly string[] };

/**
 * Total of a metric of a unit up to and including a legal day.
 * An opening balance takes the place of all work of its unit up to its day; before its day nothing is known. A unit
 * below one with a balance has a share in it that nobody knows: its own work is the least that it did.
 */
export function totalOf({ balances, worked }: Counted, { below, above, subtree }: Standing, day: string): Total {
  const own = balances.filter(balance => below.has(balance.unitId));
  const shared = balances.filter(balance => above.includes(balance.unitId));
  if ([...own, ...shared].some(balance => day < balance.asOf)) return { qualifier: 'NOT_KNOWN', citations: [] };

  const workOf = (units: ReadonlySet<string>, upTo: string): number =>
    [...units].reduce((sum, unit) => sum + worked(unit, upTo), 0);
  const brought = own.map(balance => balance.quantity - workOf(subtree(balance.unitId), balance.asOf));
  return {
    quantity: workOf(below, day) + brought.reduce((sum, quantity) => sum + quantity, 0),
    qualifier: shared.length > 0 || own.some(({ qualifier }) => qualifier === 'AT_LEAST') ? 'AT_LEAST' : 'EXACT',
    citations: [...new Set(own.map(({ citation }) => citation))],
  };
}
