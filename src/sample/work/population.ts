import { addDays } from '../../kernel/legalDay.js';
import { counter, sampleName, sampleNumber, samplePhone } from '../names.js';
import type { Random } from '../random.js';
import { type Crew, officerOf } from '../staff.js';
import { at, type Step, story, watch } from '../story.js';
import { townshipName } from '../units.js';

export interface Resident {
  readonly id: string;
  readonly name: string;
  /** Completed years in 2021. */
  readonly age: number;
}

export interface Household {
  readonly id: string;
  readonly divisionCode: string;
  readonly village: string;
  readonly members: readonly [head: Resident, ...others: Resident[]];
  /** Legal day. */
  readonly registeredOn: string;
}

/** Everyone whom the sample county knows, registered as they are needed. */
export interface Population {
  readonly steps: readonly Step[];
  /** A household of the station that is registered before this day. */
  household(crew: Crew, day: string, but?: Household): Household;
}

const VILLAGES = ['上样村', '下样村', '样湾村', '样坪村', '样沟村'];
/** Relation to the head, and age from and to. */
const FAMILY = [
  ['SPOUSE', 40, 68],
  ['CHILD', 20, 38],
  ['GRANDCHILD', 8, 13],
  ['CHILD', 16, 16],
  ['PARENT', 70, 88],
] as const;

const vulnerabilities = (age: number, alone: boolean): readonly string[] => [
  ...(age < 18 ? ['MINOR'] : []),
  ...(age >= 60 ? ['ELDER'] : []),
  ...(alone ? ['LIVING_ALONE'] : []),
];

/** Families of at most this many people beside the head. */
const MOST_RELATIVES = 4;
const KNOWN_ALREADY = 0.75;

export function population(random: Random): Population {
  const steps: Step[] = [];
  const byStation = new Map<string, Household[]>();
  const nextResident = counter();
  const nextHousehold = counter();

  function register(crew: Crew, day: string): Household {
    const number = nextHousehold();
    const telling = story(`household ${number}`);
    const divisionCode = random.pick(crew.station.townships);
    const village = random.pick(VILLAGES);
    const address = `${townshipName(divisionCode)}${village}${random.int(1, 6)}社${random.int(1, 90)}号`;
    const clock = watch(at(day, '15:00'));
    const officer = officerOf(crew, number);
    const householdId = telling.uuid('household');
    const relatives = random.int(0, MOST_RELATIVES);

    const add = (relation: string, age: number, guardian?: Resident): Resident => {
      const ordinal = nextResident();
      const resident = { id: telling.id('resident', `${ordinal}`), name: sampleName('样', ordinal), age };
      telling.do(clock(6), officer.id, 'registerResident', {
        id: resident.id,
        name: resident.name,
        number: sampleNumber(2020 - age, ordinal),
        ...(guardian ? { guardianIds: [guardian.id] } : { phone: samplePhone(ordinal) }),
        address,
        village,
        divisionCode,
        vulnerabilities: vulnerabilities(age, relatives === 0),
        householdId,
        relation,
      });
      return resident;
    };

    const head = add('HEAD', random.int(36, 78));
    const others = FAMILY.slice(0, relatives).map(([relation, from, to]) =>
      add(relation, random.int(from, to), to < 18 ? head : undefined),
    );
    steps.push(...telling.steps);
    return { id: householdId, divisionCode, village, members: [head, ...others], registeredOn: day };
  }

  return {
    steps,
    household(crew, day, but) {
      const all = byStation.get(crew.station.id) ?? [];
      const known = all.filter(household => household.registeredOn < day && household !== but);
      if (known.length > 2 && random.chance(KNOWN_ALREADY)) return random.pick(known);
      const household = register(crew, addDays(day, -1));
      byStation.set(crew.station.id, [...all, household]);
      return household;
    },
  };
}
