import { OFFICER_ROLES } from '../access/roles.js';
import type { Lookup, OfficerFact } from '../commands/lookup.js';
import { findDivision, isWithin } from '../kernel/divisions.js';
import { findPersonalPatterns } from '../kernel/personalText.js';
import { type Breach, unless } from '../kernel/ruleSet.js';
import type { VisitRule } from './rules.js';
import type { Gift, Visit } from './visit.js';

export type Breaches = readonly Breach<VisitRule>[];

interface Crew {
  readonly officerIds: readonly string[];
  readonly auxiliaryIds?: readonly string[] | undefined;
}

/** What the register says of those who go. */
export interface CrewFacts {
  /** Input fields that name someone who is not registered. */
  readonly unknownIn: readonly string[];
  /** Input fields that name someone who had left by that day. */
  readonly leftIn: readonly string[];
  /** Whether at least one of those named as officers is one. */
  readonly led: boolean;
}

/** @param today legal day on which they go, or on which it is planned */
export async function crewFacts(
  { officerIds, auxiliaryIds = [] }: Crew,
  lookup: Lookup,
  today: string,
): Promise<CrewFacts> {
  const officers = await Promise.all(officerIds.map(id => lookup.officer(id)));
  const auxiliaries = await Promise.all(auxiliaryIds.map(id => lookup.officer(id)));
  const fieldsWith = (holds: (known: OfficerFact | undefined) => boolean) => [
    ...(officers.some(holds) ? ['officerIds'] : []),
    ...(auxiliaries.some(holds) ? ['auxiliaryIds'] : []),
  ];
  return {
    unknownIn: fieldsWith(known => known === undefined),
    leftIn: fieldsWith(known => known?.leftOn !== undefined && known.leftOn < today),
    led: officers.some(officer => OFFICER_ROLES.some(role => role === officer?.role)),
  };
}

/** Whom an input names a second time, be it as an auxiliary. */
function namedAgain({ officerIds, auxiliaryIds = [] }: Crew): Breaches {
  const place = (field: string) => (id: string, index: number) => ({ id, path: [field, String(index)] });
  const named = [...officerIds.map(place('officerIds')), ...auxiliaryIds.map(place('auxiliaryIds'))];
  return named
    .filter(({ id }, index) => named.findIndex(other => other.id === id) < index)
    .map(({ path }) => ({ code: 'CREW_TWICE', path }) as const);
}

export const crewBreaches = (crew: Crew, { unknownIn, leftIn }: CrewFacts): Breaches => [
  ...namedAgain(crew),
  ...unknownIn.map(field => ({ code: 'OFFICER_UNKNOWN', path: [field] }) as const),
  ...leftIn.map(field => ({ code: 'CREW_HAD_LEFT', path: [field] }) as const),
];

/** Whether one of these holds the backpack; without a backpack there is nothing to hold. */
export async function holdsBackpack(
  backpackId: string | undefined,
  officerIds: readonly string[],
  lookup: Lookup,
): Promise<boolean> {
  if (backpackId === undefined) return true;
  const holder = await lookup.holderOfBackpack(backpackId);
  return holder !== undefined && officerIds.includes(holder);
}

const isScenic = (kind: string | undefined): boolean => kind === 'SCENIC_AREA';

const looksPersonal = (text: string | undefined): boolean =>
  text !== undefined && findPersonalPatterns(text).length > 0;

interface Place {
  readonly kind: string;
  readonly divisionCode: string;
  readonly village?: string | undefined;
  readonly villageCode?: string | undefined;
  readonly householdId?: string | undefined;
}

export const placeBreaches = ({ kind, divisionCode, village, villageCode, householdId }: Place): Breaches => [
  ...unless(findDivision(divisionCode)?.level === 'TOWNSHIP', 'DIVISION_UNKNOWN', 'divisionCode'),
  ...unless(villageCode === undefined || isWithin(villageCode, divisionCode), 'VILLAGE_ELSEWHERE', 'villageCode'),
  ...unless(!isScenic(kind) || householdId === undefined, 'PERSONAL_DATA_ON_SCENIC_VISIT', 'householdId'),
  ...unless(!isScenic(kind) || !looksPersonal(village), 'PERSONAL_DATA_ON_SCENIC_VISIT', 'village'),
];

/** Nothing of a resident is recorded in a scenic area. */
export const notScenic = ({ trip }: Visit, ...path: readonly string[]): Breaches =>
  unless(!isScenic(trip?.kind), 'PERSONAL_DATA_ON_SCENIC_VISIT', ...path);

/** Free text of a scenic visit holds no number and no phone; elsewhere it may, since it is sealed. */
export const textBreaches = ({ trip }: Visit, text: string, field: string): Breaches =>
  unless(!isScenic(trip?.kind) || !looksPersonal(text), 'PERSONAL_DATA_ON_SCENIC_VISIT', field);

export const hasStarted = ({ startedAt }: Visit): Breaches => unless(startedAt !== undefined, 'VISIT_NOT_STARTED');

export const hasNotEnded = ({ endedAt }: Visit): Breaches => unless(endedAt === undefined, 'VISIT_ALREADY_ENDED');

/** What happened is recorded even after the end, visibly so. */
export const inTime = ({ endedAt }: Visit): Breaches => unless(endedAt === undefined, 'RECORDED_AFTER_END');

export const isUndisposed = (gift: Gift): boolean => gift.disposition === undefined;

/** Nobody ends a visit with a gift in the bag. */
export const giftsDisposed = ({ gifts }: Visit): Breaches =>
  unless(!gifts.some(isUndisposed), 'GIFT_UNDISPOSED', 'visitId');
