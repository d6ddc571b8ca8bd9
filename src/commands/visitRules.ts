import { type Breach, deviate, type Rule, refuse, unless } from '../kernel/ruleSet.js';
import type { VisitFact } from './lookup.js';
import { VISIT_UNKNOWN } from './registerRules.js';

const ORDER = 'Order of a visit';

/** Rules of any noun whose commands name the visit on which something happened. */
export const visitRules = {
  VISIT_UNKNOWN,
  VISIT_WITHOUT_RESIDENTS: refuse(
    'PIPL art. 6',
    '景区宣传不记录个人信息，请填写其他走访',
    'Nothing of a resident is recorded on a visit to a scenic area: name another visit',
  ),
  VISIT_NOT_STARTED: deviate(ORDER, '所列走访尚未开始', 'Recorded on a visit that had not started'),
  VISIT_OF_ANOTHER_STATION: deviate(
    ORDER,
    '所列走访属于其他派出所，本人未参加',
    'Recorded on a visit of another station, without having been on it',
  ),
} as const satisfies Record<string, Rule>;

interface Naming {
  /** Input field that names the visit. */
  readonly field: string;
  /** The visit that it names, if any. */
  readonly id: string | undefined;
  /** What is known of that visit. */
  readonly visit: VisitFact | undefined;
  /** Whether a resident is concerned: a scenic area is no place for that. */
  readonly ofResident?: boolean;
  /** Station whose matter it is. */
  readonly orgUnitId: string | undefined;
  readonly actorId: string;
}

/** What is wrong with the visit that a command names; what happened there is recorded all the same, where it may be. */
export function visitBreaches({
  field,
  id,
  visit,
  ofResident = true,
  orgUnitId,
  actorId,
}: Naming): readonly Breach<keyof typeof visitRules>[] {
  if (id === undefined) return [];
  if (visit === undefined) return unless(false, 'VISIT_UNKNOWN', field);
  const ours = visit.orgUnitId === orgUnitId || visit.participantIds.includes(actorId);
  return [
    ...unless(!ofResident || visit.kind !== 'SCENIC_AREA', 'VISIT_WITHOUT_RESIDENTS', field),
    ...unless(visit.startedAt !== undefined, 'VISIT_NOT_STARTED', field),
    ...unless(ours, 'VISIT_OF_ANOTHER_STATION', field),
  ];
}
