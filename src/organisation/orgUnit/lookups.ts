import type { ReadModel } from '../../database/readModel.js';
import { snapshotOf } from '../../projections/documentView.js';
import { toRow } from '../../projections/rows.js';
import type { OrgUnit } from './orgUnit.js';
import { orgUnitView } from './views.js';

export interface UnitInTree {
  readonly id: string;
  readonly parentId: string | undefined;
  readonly state: OrgUnit;
}

/** All units. There are few, and trees are walked in memory. */
export async function allUnits(db: ReadModel): Promise<readonly UnitInTree[]> {
  const rows = await db.selectFrom('org_unit').selectAll().execute();
  return rows.map(cells => {
    const { id, state } = snapshotOf<OrgUnit>(toRow(orgUnitView, cells));
    return { id, parentId: state.parentId, state };
  });
}

/** Ids of a unit and of all below it. */
export function subtreeOf(units: readonly UnitInTree[], id: string): ReadonlySet<string> {
  const found = new Set([id]);
  // A pass a level: parents may stand behind their children.
  for (let before = 0; before < found.size; ) {
    before = found.size;
    for (const unit of units) if (unit.parentId && found.has(unit.parentId)) found.add(unit.id);
  }
  return found;
}

/** Ids of the units above one, nearest first. */
export function ancestorsOf(units: readonly UnitInTree[], id: string): readonly string[] {
  const parents = new Map(units.map(unit => [unit.id, unit.parentId]));
  const above: string[] = [];
  for (let next = parents.get(id); next && !above.includes(next); next = parents.get(next)) above.push(next);
  return above;
}

/** Units above and below that have an opening balance of the metric: together they would count work twice. */
export async function openingBalancesAround(db: ReadModel, id: string, metric: string): Promise<readonly string[]> {
  const units = await allUnits(db);
  const around = new Set([...subtreeOf(units, id), ...ancestorsOf(units, id)]);
  around.delete(id);
  return units
    .filter(unit => around.has(unit.id) && unit.state.openingBalances.some(balance => balance.metric === metric))
    .map(unit => unit.id);
}
