import type { Role } from '../access/roles.js';
import type { SimulatedClock } from '../kernel/clock.js';
import type { Satchel } from '../server/satchel.js';
import { doubaMediation, doubaSteps } from './douba.js';
import { liu, liuSteps } from './liu.js';
import { mediatorSteps, mediatorsOf } from './mediators.js';
import { openingBalanceSteps } from './openingBalances.js';
import { type PerformOptions, perform } from './perform.js';
import {
  admin,
  adminSteps,
  analyst,
  auditor,
  backpackSteps,
  changeSteps,
  countyChief,
  crewOf,
  judge,
  justiceAssistant,
  staffSteps,
} from './staff.js';
import { inOrderOfTime, type Step } from './story.js';
import { county, douba, stations, unitSteps } from './units.js';
import { workSteps } from './work/index.js';

/** Everything that ever happened in the sample county, in the order in which it was recorded. */
export function sampleCountySteps(size: number): readonly Step[] {
  return inOrderOfTime([
    ...unitSteps(admin.id),
    ...adminSteps(),
    ...staffSteps(),
    ...backpackSteps(),
    ...mediatorSteps(),
    ...workSteps(size),
    ...liuSteps(),
    ...doubaSteps(),
    ...openingBalanceSteps(),
    ...changeSteps(),
  ]);
}

/** Someone to act as. */
export interface SamplePerson {
  readonly role: Role;
  readonly id: string;
  readonly name: string;
  readonly unit: string;
}

const crew = crewOf(douba);
const [, elder] = mediatorsOf(douba);

/** One person of every role; those of a station are of Douba. */
const people: readonly SamplePerson[] = [
  ...[countyChief, crew.chief, doubaMediation.host, crew.auxiliary],
  ...(elder ? [{ ...elder, role: 'MEDIATOR' as const, name: elder.name ?? '' }] : []),
  ...[judge, justiceAssistant, auditor, analyst, admin],
].map(({ role, id, name, unit }) => ({ role, id, name, unit: unit.name }));

/** What of the sample county has a name of its own: the same ids every time, whatever the size. */
export const sampleCounty = { county, stations, douba, people, doubaMediation, liu } as const;

export interface LoadOptions extends PerformOptions {
  /** About how many commands of synthetic work there are beside the reported stories. */
  readonly size: number;
}

/** Records the sample county. Done again, it does only what is not there yet. @throws Error for a refused command */
export const loadSampleCounty = (satchel: Satchel, clock: SimulatedClock, options: LoadOptions): Promise<void> =>
  perform(satchel, clock, sampleCountySteps(options.size), options);
