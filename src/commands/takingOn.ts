import { type Breach, type Rule, refuse, unless } from '../kernel/ruleSet.js';
import type { OfficerFact } from './lookup.js';
import { OFFICER_LEFT, OFFICER_UNKNOWN } from './registerRules.js';

/** Rules of any noun that an officer takes on: it has to be seen, by its id and in `myDay`, by whoever answers for it. */
export const takingOnRules = {
  OFFICER_UNKNOWN,
  OFFICER_LEFT,
  OFFICER_OF_ANOTHER_UNIT: refuse(
    'Each unit answers for its own work',
    '该民警不属于本单位，无法看到此事项，请填写本单位民警',
    'The officer is of another unit, and would not see it: name one of the unit whose work it is',
  ),
} as const satisfies Record<string, Rule>;

/**
 * Whether it may be taken on: what nobody has, or what is handed over to another whom the command names. Each officer of
 * the unit may hand over, as each may do the work; but not by accident, and the record says who did.
 */
export const mayTakeOn = (present: string | undefined, named: string | undefined): boolean =>
  present === undefined || (named !== undefined && named !== present);

interface TakingOn {
  /** Officer whom the command names, in its field `officerId`; none when whoever gives it takes it on. */
  readonly officerId: string | undefined;
  /** What is known of that officer. */
  readonly officer: OfficerFact | undefined;
  /** Unit whose work it is. */
  readonly orgUnitId: string | undefined;
}

export function takingOnBreaches({
  officerId,
  officer,
  orgUnitId,
}: TakingOn): readonly Breach<keyof typeof takingOnRules>[] {
  if (officerId === undefined) return [];
  if (officer === undefined) return unless(false, 'OFFICER_UNKNOWN', 'officerId');
  if (officer.leftOn !== undefined) return unless(false, 'OFFICER_LEFT', 'officerId');
  return unless(officer.orgUnitId === orgUnitId, 'OFFICER_OF_ANOTHER_UNIT', 'officerId');
}
