import type { Role } from '../../access/roles.js';
import type { OrgUnitFact } from '../../commands/lookup.js';
import type { CodeOf } from '../../kernel/codes.js';
import { type Breach, unless } from '../../kernel/ruleSet.js';
import type { OrgUnitLevel } from '../orgUnit/events.js';

type Level = CodeOf<typeof OrgUnitLevel>;

/**
 * Kinds of unit in which a role may be held. Posts are given within the administrator's own unit and those below: what
 * is of the county alone is therefore given by the county alone, and no station appoints who audits it.
 */
const LEVELS_OF: Readonly<Record<Role, readonly Level[]>> = {
  OFFICER: ['STATION', 'COUNTY'],
  AUXILIARY: ['STATION', 'COUNTY'],
  STATION_CHIEF: ['STATION'],
  // Who mediates is appointed as a mediator, officer or not, and signs in as one by that.
  MEDIATOR: [],
  COURT: ['TRIBUNAL'],
  JUSTICE_OFFICE: ['JUSTICE_OFFICE'],
  COUNTY_CHIEF: ['COUNTY'],
  AUDITOR: ['COUNTY'],
  ANALYST: ['STATION', 'COUNTY'],
  ADMIN: ['STATION', 'JUSTICE_OFFICE', 'TRIBUNAL', 'COUNTY'],
  SYSTEM: [],
};

/** What is wrong with a post of this role in this unit; an unknown unit has a rule of its own. */
export function roleBreaches(
  role: Role,
  unit: OrgUnitFact | undefined,
): readonly Breach<'MEDIATOR_BY_APPOINTMENT' | 'ROLE_RESERVED' | 'ROLE_UNFIT'>[] {
  if (role === 'MEDIATOR') return unless(false, 'MEDIATOR_BY_APPOINTMENT', 'role');
  const levels: readonly string[] = LEVELS_OF[role];
  if (levels.length === 0) return unless(false, 'ROLE_RESERVED', 'role');
  return unless(!unit || levels.includes(unit.level), 'ROLE_UNFIT', 'role');
}
