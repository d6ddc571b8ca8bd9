import { counter, sampleName } from './names.js';
import { admin, crewOf, justiceAssistant, officerOf, type Person } from './staff.js';
import { at, type Step, story } from './story.js';
import { douba, justiceOffice, stations, type Unit } from './units.js';

export interface SampleMediator {
  readonly id: string;
  readonly unit: Unit;
  readonly category: string;
  /** Absent when the mediator is an officer, who has a name there. */
  readonly name?: string;
  readonly officer?: Person;
}

/** An officer who may host a mediation. */
export interface SampleHost extends SampleMediator {
  readonly officer: Person;
}

interface SampleTeam {
  readonly id: string;
  readonly name: string;
  readonly unit: Unit;
  readonly members: readonly SampleMediator[];
}

/** The three elders, respected villagers, members of committees, others. */
const CATEGORIES = [
  'VETERAN_POLICE',
  'VETERAN_VILLAGE_CADRE',
  'VETERAN_HOUSEHOLD_HEAD',
  'VILLAGE_WORTHY',
  'COMMITTEE_MEMBER',
  'OTHER',
] as const;

const ids = story('mediators');
const nextMediator = counter();

function elder(unit: Unit): SampleMediator {
  const number = nextMediator();
  const category = CATEGORIES[number % CATEGORIES.length] ?? 'OTHER';
  return { id: ids.id('mediator', `${number}`), unit, category, name: sampleName('典', number) };
}

/** At each station one officer is an appointed people's mediator, and may host for that alone. */
export const hostOf = (station: Unit): SampleHost => {
  const officer = officerOf(crewOf(station), 0);
  return { id: ids.id('mediator', officer.id), unit: station, category: 'OFFICER', officer };
};

const team = (unit: Unit, name: string, host?: SampleMediator): SampleTeam => ({
  id: ids.id('team', name),
  name,
  unit,
  members: [...(host ? [host] : []), elder(unit), elder(unit)],
});

const stationTeams = stations.map(station =>
  team(station, `${station.name.replace('派出所', '')}矛盾多元调解队`, hostOf(station)),
);

const jointTeam = {
  ...team(justiceOffice, '豆坝一庭两所调解队'),
  members: [elder(justiceOffice), elder(justiceOffice)],
} as const;

/** 24 teams: one a station, five more at the larger ones, one with the justice office. */
const teams: readonly SampleTeam[] = [
  ...stationTeams,
  ...stations.slice(2, 7).map(station => team(station, `${station.name.replace('派出所', '')}三老调解队`)),
  jointTeam,
];

/** Mediators of a station: the officer first. */
export const mediatorsOf = (station: Unit): readonly SampleMediator[] =>
  teams.filter(({ unit }) => unit === station).flatMap(({ members }) => members);

const keeperOf = (unit: Unit): Person => (unit === justiceOffice ? justiceAssistant : crewOf(unit).chief);

/** Teams come with the roll-out: Douba's in the pilot, the others in June. */
const dayOf = (unit: Unit): string => (unit === douba ? '2021-04-06' : '2021-06-21');

const appointmentOf = ({ id, category, unit, name, officer }: SampleMediator) => ({
  id,
  category,
  orgUnitId: unit.id,
  adult: true,
  ...(officer ? { officerId: officer.id } : { name }),
});

function teamStory({ id, name, unit, members }: SampleTeam): readonly Step[] {
  const forming = story(`team ${name}`);
  const [day, keeper] = [dayOf(unit), keeperOf(unit).id];
  for (const member of members) forming.do(at(day, '10:00'), keeper, 'appointMediator', appointmentOf(member));
  forming.do(at(day, '10:20'), keeper, 'formTeam', { id, name, orgUnitId: unit.id });
  for (const [index, { id: mediatorId }] of members.entries())
    forming.do(at(day, '10:30'), keeper, 'addMember', {
      mediationTeamId: id,
      mediatorId,
      role: index === 0 ? 'LEADER' : 'MEMBER',
    });
  return forming.steps;
}

/** Trainings, badges of peacemakers, and what became of two mediators who were suspended. */
function careerSteps(): readonly Step[] {
  const careers = story('careers of mediators');
  const elders = teams.flatMap(({ members }) => members.filter(({ officer }) => !officer));
  for (const { id } of elders.filter((_, index) => index % 3 === 0))
    careers.do(at('2021-07-12', '14:30'), admin.id, 'trainMediator', {
      mediatorId: id,
      subject: '人民调解法与民法典相邻关系',
      hours: 6,
    });
  for (const { id } of elders.filter((_, index) => index % 4 === 1))
    careers.do(at('2021-12-20', '10:00'), admin.id, 'awardPeacemakerBadge', { mediatorId: id });
  const [unfit, cleared] = jointTeam.members;
  careers.do(at('2022-05-09', '10:00'), admin.id, 'suspendMediator', {
    mediatorId: unfit.id,
    reason: 'PARTIALITY',
    note: '样例说明：当事人反映其在调解中偏袒一方。',
  });
  careers.do(at('2022-05-09', '10:20'), admin.id, 'removeMember', {
    mediationTeamId: jointTeam.id,
    mediatorId: unfit.id,
    reason: 'UNFIT',
  });
  careers.do(at('2022-06-13', '09:30'), admin.id, 'suspendMediator', { mediatorId: cleared.id, reason: 'OTHER' });
  careers.do(at('2022-06-27', '09:30'), admin.id, 'reinstateMediator', {
    mediatorId: cleared.id,
    reason: 'UNFOUNDED',
    note: '样例说明：经核实，所反映的情况不属实。',
  });
  return careers.steps;
}

export const mediatorSteps = (): readonly Step[] => [...teams.flatMap(teamStory), ...careerSteps()];
