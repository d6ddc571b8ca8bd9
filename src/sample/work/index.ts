import { addDays, daysBetween, weekdayOf } from '../../kernel/legalDay.js';
import { type Random, seededRandom } from '../random.js';
import { crewOf, crews, officerOf } from '../staff.js';
import { at, type Step, story } from '../story.js';
import { douba } from '../units.js';
import { appointmentVarieties } from './appointments.js';
import { certificateVarieties } from './certificates.js';
import { disputeVarieties } from './disputes.js';
import { errandVarieties } from './errands.js';
import { needVarieties } from './needs.js';
import { population } from './population.js';
import { registerVarieties } from './register.js';
import { roughDisputeVarieties } from './roughDisputes.js';
import type { Variety } from './scene.js';
import { visitVarieties } from './visits.js';

const FIRST_DAY = '2021-04-08';
/** When every station has its backpacks and its mediators. */
const ROLL_OUT_DONE = '2021-07-01';
/** Nothing begins later, so that everything has come as far as it does by March 2023. */
const LAST_DAY = '2022-12-20';
/** Of the first days only Douba tells. */
const IN_PILOT = 0.06;
const OFFLINE = 0.12;
const SEED = 20_210_401;

/** How often each kind of work comes, as against the others. */
const KINDS: readonly (readonly [times: number, varieties: readonly Variety[]])[] = [
  [10, visitVarieties],
  [3, needVarieties],
  [3, errandVarieties],
  [3, certificateVarieties],
  [1, registerVarieties],
  [2, appointmentVarieties],
  [2, [...disputeVarieties, ...roughDisputeVarieties]],
];

function dayFor(random: Random): string {
  const [from, to] = random.chance(IN_PILOT) ? [FIRST_DAY, addDays(ROLL_OUT_DONE, -1)] : [ROLL_OUT_DONE, LAST_DAY];
  const day = addDays(from, random.int(0, daysBetween(from, to)));
  return weekdayOf(day) === 0 ? addDays(day, 1) : day;
}

/**
 * Work of every variety at least once, then more of it until there are about so many commands. The first of what is out
 * of the ordinary is Douba's: whoever tries the demo acts as someone from there.
 */
export function workSteps(size: number): readonly Step[] {
  const random = seededRandom(SEED);
  const people = population(random);
  const steps: Step[] = [];
  const each = KINDS.flatMap(([, varieties]) => varieties);
  const often = KINDS.flatMap(([times, varieties]) => Array.from({ length: times }, () => varieties));

  const tell = (variety: Variety, number: number): void => {
    const { tell: go, mayBeOffline = false } = variety;
    const day = dayFor(random);
    const atDouba = day < ROLL_OUT_DONE || (number < each.length && roughDisputeVarieties.includes(variety));
    const crew = atDouba ? crewOf(douba) : random.pick(crews);
    const officer = officerOf(crew, random.int(0, 99));
    const household = people.household(crew, day);
    const neighbour = people.household(crew, day, household);
    const offline = mayBeOffline && random.chance(OFFLINE);
    const name = `work ${number}`;
    const told = offline
      ? story(name, { deviceId: story(officer.id).uuid('device'), until: at(addDays(day, random.int(1, 3)), '18:30') })
      : story(name);
    go({ number, story: told, random, crew, officer, household, neighbour, day });
    steps.push(...told.steps);
  };

  for (const [number, variety] of each.entries()) tell(variety, number);
  for (let number = each.length; steps.length + people.steps.length < size; number++)
    tell(random.pick(random.pick(often)), number);
  return [...people.steps, ...steps];
}
