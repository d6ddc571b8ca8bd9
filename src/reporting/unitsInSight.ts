import { hasRole, inScope } from '../access/authorise.js';
import { NotFound } from '../access/errors.js';
import type { Role } from '../access/roles.js';
import type { Viewer } from '../access/viewer.js';
import type { RequestContext } from '../graphql/context.js';
import { allUnits, subtreeOf } from '../organisation/orgUnit/lookups.js';

/** A unit with all below it, as long as the viewer may see it; nothing from then on. */
export type UnitsInSight = () => Promise<ReadonlySet<string> | undefined>;

/**
 * For subscriptions: who asks and which units there are is looked at anew each time. A token ends, a person is moved,
 * a unit is set up.
 * @throws NotFound for a unit that is not there for the viewer
 */
export async function unitsInSight(
  { viewer, viewerNow, services }: RequestContext,
  roles: readonly Role[],
  unitId: string,
): Promise<UnitsInSight> {
  const below = async ({ orgUnitId, scope }: Viewer): Promise<ReadonlySet<string> | undefined> => {
    if (unitId === orgUnitId && scope !== 'ALL') return scope;
    const units = await allUnits(services.db);
    return units.some(({ id }) => id === unitId) ? subtreeOf(units, unitId) : undefined;
  };
  let units = inScope(viewer, unitId) ? await below(viewer) : undefined;
  if (!units) throw new NotFound(unitId);
  let seenBy: Viewer | undefined;
  return async () => {
    const now = await viewerNow();
    // Whoever is looked up anew may have changed, or the tree of units may.
    if (now === seenBy && now) return units;
    seenBy = now;
    units = now && hasRole(now, roles) && inScope(now, unitId) ? await below(now) : undefined;
    return units;
  };
}
