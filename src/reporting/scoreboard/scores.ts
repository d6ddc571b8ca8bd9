import type { ReadModel } from '../../database/readModel.js';
import type { CodeOf } from '../../kernel/codes.js';
import { Metric } from '../../organisation/orgUnit/events.js';
import { allUnits, subtreeOf, type UnitInTree } from '../../organisation/orgUnit/lookups.js';
import type { Period } from '../periodArgs.js';
import { workBetween } from '../totals/queries.js';

/** What a station, with all below it, did in a period. */
export interface StationScore {
  readonly unitId: string;
  readonly byMetric: ReadonlyMap<CodeOf<typeof Metric>, number>;
}

const placeOf = ({ id, state }: UnitInTree): string => `${state.divisionCode}/${id}`;

/** The work of each of these stations, in order of division codes. One that did nothing is there too. */
export async function stationScores(
  db: ReadModel,
  { from, to }: Period,
  wanted: (unitId: string) => boolean,
): Promise<readonly StationScore[]> {
  const units = await allUnits(db);
  const work = await workBetween(db, from, to);
  const workOf = (unitId: string, metric: string): number =>
    [...subtreeOf(units, unitId)].reduce((sum, unit) => sum + (work.get(`${metric}/${unit}`) ?? 0), 0);
  return units
    .filter(({ id, state }) => state.level === 'STATION' && wanted(id))
    .toSorted((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1))
    .map(({ id }) => ({ unitId: id, byMetric: new Map(Metric.values.map(metric => [metric, workOf(id, metric)])) }));
}
