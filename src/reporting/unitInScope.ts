import { inScope } from '../access/authorise.js';
import { NotFound } from '../access/errors.js';
import type { RequestContext } from '../graphql/context.js';
import { allUnits, subtreeOf } from '../organisation/orgUnit/lookups.js';

/** A unit, and with it all below it. */
export interface UnitWithAllBelow {
  readonly unitId: string;
  readonly units: readonly string[];
}

/**
 * The unit that is asked about, or the viewer's own.
 * @throws NotFound for one that is not registered or out of scope
 */
export async function unitInScope(
  { viewer, services }: RequestContext,
  orgUnitId: string | undefined,
): Promise<UnitWithAllBelow> {
  const unitId = orgUnitId ?? viewer.orgUnitId;
  const units = await allUnits(services.db);
  if (!inScope(viewer, unitId) || !units.some(({ id }) => id === unitId)) throw new NotFound(unitId);
  return { unitId, units: [...subtreeOf(units, unitId)] };
}
