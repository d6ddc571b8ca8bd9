import { addDays } from '../../kernel/legalDay.js';
import type { Random } from '../random.js';
import type { Carrier, Crew } from '../staff.js';
import { at, type Story, watch } from '../story.js';
import type { Household } from './population.js';

/** Ordinals of people who come into a scene of their own, behind those of every household. */
export const newcomersOrdinal = ({ number }: Scene): number => 200_000 + number;

/** Where and with whom something happens. */
export interface Scene {
  /** Another for each scene. */
  readonly number: number;
  readonly story: Story;
  readonly random: Random;
  readonly crew: Crew;
  /** Who goes, with the backpack. */
  readonly officer: Carrier;
  readonly household: Household;
  /** Another household, to quarrel with. */
  readonly neighbour: Household;
  /** Legal day on which it begins. */
  readonly day: string;
}

/** One way in which things go. */
export interface Variety {
  readonly tell: (scene: Scene) => void;
  /** Whether it may be written down without a network, and recorded a day or two after. */
  readonly mayBeOffline?: boolean;
}

export const daysAfter = ({ day }: Scene, days: number): string => addDays(day, days);

export interface Outing {
  readonly visitId: string;
  /** Does something of the visit itself, so many minutes on. */
  readonly note: (minutes: number, command: string, input: Readonly<Record<string, unknown>>) => void;
  /** Does something else on the way. */
  readonly do: (minutes: number, command: string, input: Readonly<Record<string, unknown>>) => void;
  readonly complete: () => void;
}

export interface Going {
  readonly kind?: 'HOUSEHOLD' | 'VILLAGE' | 'SCENIC_AREA' | 'SCHOOL' | 'FOLLOW_UP';
  /** Days after the scene begins. */
  readonly inDays?: number;
  readonly village?: string;
}

const QUARTERS = ['00', '15', '30', '45'] as const;
/** Minutes until the officers are home again. */
const WAY_BACK = 15;

/** Sets out on a visit, to the household of the scene unless it is another kind. */
export function goOut(scene: Scene, { kind = 'HOUSEHOLD', inDays = 0, village }: Going = {}): Outing {
  const { story, random, crew, officer, household } = scene;
  const hour = `${random.int(8, 15)}`.padStart(2, '0');
  const clock = watch(at(daysAfter(scene, inDays), `${hour}:${random.pick(QUARTERS)}`));
  const visitId = story.id('visit', `${kind} ${inDays}`);
  const home = kind === 'HOUSEHOLD' || kind === 'FOLLOW_UP';
  story.do(clock(0), officer.id, 'startVisit', {
    id: visitId,
    kind,
    officerIds: [officer.id],
    auxiliaryIds: random.chance(0.3) ? [crew.auxiliary.id] : [],
    divisionCode: household.divisionCode,
    village: village ?? household.village,
    ...(home ? { householdId: household.id } : {}),
    backpackId: officer.backpack.id,
  });
  return {
    visitId,
    note: (minutes, command, input) => story.do(clock(minutes), officer.id, command, { visitId, ...input }),
    do: (minutes, command, input) => story.do(clock(minutes), officer.id, command, input),
    complete: () => story.do(clock(WAY_BACK), officer.id, 'completeVisit', { visitId }),
  };
}
