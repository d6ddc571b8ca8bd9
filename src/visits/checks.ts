import { OFFICER_ROLES } from '../access/roles.js';
import type { Lookup } from '../commands/lookup.js';
import { findDivision, isWithin } from '../kernel/divisions.js';
import { findPersonalPatterns } from '../kernel/personalText.js';
import { type Breach, unless } from '../kernel/ruleSet.js';
import type { VisitRule } from './rules.js';
import type { Gift, Visit } from './visit.js';

type Breaches = readonly Breach<VisitRule>[];

interface Crew {
  readonly officerIds: readonly string[];
  readonly auxiliaryIds?: readonly string[] | undefined;
}

/** What the register says of those who go. */
export interface CrewFacts {
  /** Input fields that name someone who is not registered. */
  readonly unknownIn: readonly string[];
  /** Whether at least one of those named as officers is one. */
  readonly led: boolean;
}

export async function crewFacts({ officerIds, auxiliaryIds = [] }: Crew, lookup: Lookup): Promise<CrewFacts> {
  const officers = await Promise.all(officerIds.map(id => lookup.officer(id)));
  const auxiliaries = await Promise.all(auxiliaryIds.map(id => lookup.officer(id)));
  return {
    unknownIn: [
      ...(officers.includes(undefined) ? ['officerIds'] : []),
      ...(auxiliaries.includes(undefined) ? ['auxiliaryIds'] : []),
    ],
    led: officers.some(officer => OFFICER_ROLES.some(role => role === officer?.role)),
  };
}

export const crewBreaches = ({ unknownIn }: CrewFacts): Breaches =>
  unknownIn.map(field => ({ code: 'OFFICER_UNKNOWN', path: [field] }));

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

const isUndisposed = (gift: Gift): boolean => gift.disposition === undefined;

/** Nobody ends a visit with a gift in the bag. */
export const giftsDisposed = ({ gifts }: Visit): Breaches =>
  unless(!gifts.some(isUndisposed), 'GIFT_UNDISPOSED', 'visitId');
