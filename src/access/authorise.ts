import type { AnyAggregate } from '../kernel/decider.js';
import { Forbidden } from './errors.js';
import type { Role } from './roles.js';
import type { Viewer } from './viewer.js';

/** Whether the viewer's role is among those allowed; Satchel itself may do what anyone may. */
export const hasRole = (viewer: Viewer, roles: readonly Role[]): boolean =>
  viewer.role === 'SYSTEM' || roles.includes(viewer.role);

/** @throws Forbidden, naming what was asked and the roles that may */
export function requireRole(viewer: Viewer, roles: readonly Role[], what: string): void {
  if (!hasRole(viewer, roles)) throw new Forbidden(what, roles);
}

/** The ids under which a person works, whatever the unit. */
export const personIdsOf = ({ actorId, alsoKnownAs }: Viewer): readonly string[] => [actorId, ...alsoKnownAs];

/** All ids by which the viewer may take part in a noun of another unit; a mediator does so in person, never for a unit. */
export const idsOf = (viewer: Viewer): readonly string[] =>
  viewer.role === 'MEDIATOR' ? personIdsOf(viewer) : [...personIdsOf(viewer), viewer.orgUnitId];

/** Whether the viewer, or for others than mediators their unit, is one of these. */
export const isAmong = (viewer: Viewer, ids: readonly string[]): boolean => idsOf(viewer).some(id => ids.includes(id));

export const inScope = (viewer: Viewer, orgUnitId: string | undefined): boolean =>
  viewer.scope === 'ALL' || (orgUnitId !== undefined && viewer.scope.has(orgUnitId));

/** Whether the viewer may see a noun in this state: by unit, or by taking part in it. */
export function maySee(viewer: Viewer, aggregate: AnyAggregate, state: unknown): boolean {
  if (inScope(viewer, aggregate.orgUnitOf(state))) return true;
  return isAmong(viewer, aggregate.participantsOf?.(state) ?? []);
}

/** Whether the viewer may command a noun in this state: by unit, or by handling it. To see is not yet to command. */
export function mayCommand(viewer: Viewer, aggregate: AnyAggregate, state: unknown): boolean {
  if (inScope(viewer, aggregate.orgUnitOf(state))) return true;
  return isAmong(viewer, (aggregate.handlersOf ?? aggregate.participantsOf)?.(state) ?? []);
}
