/** How much more than a plain field one costs. */
export interface Cost {
  /** Of the field itself; 1 by default. */
  readonly own?: number;
  /** The argument that says how often what is inside it comes; `first` by default, where the field has it. */
  readonly times?: string;
}

/** A read of one stream from its beginning, and the fold of its events. */
const STREAM: Cost = { own: 10 };
/** A look through many rows. */
const SCAN: Cost = { own: 100 };

/**
 * What costs more than to read a field of something that is there already, by name of the field on whatever type, or
 * as `Type.field`, which comes first. Everything else costs 1, times `first` for what is inside a list.
 */
export const COSTS: Readonly<Record<string, Cost>> = {
  asOf: STREAM,
  history: STREAM,
  allowedCommands: { own: 3 },
  'Query.findResident': { own: 10 },
  'Query.loopClosure': SCAN,
  'Query.metricSeries': SCAN,
  'Query.overdue': SCAN,
  'Query.stationScoreboard': SCAN,
  'Query.totals': SCAN,
};

export const costOfField = (type: string, field: string): Cost => COSTS[`${type}.${field}`] ?? COSTS[field] ?? {};
