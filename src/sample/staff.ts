import type { Role } from '../access/roles.js';
import { counter, sampleName } from './names.js';
import { at, type Step, story } from './story.js';
import { county, douba, justiceOffice, stations, tribunal, type Unit } from './units.js';

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly unit: Unit;
  readonly role: Role;
  readonly post: string;
}

export interface Backpack {
  readonly id: string;
  readonly serial: string;
}

/** An officer who goes to the villages, with the backpack. */
export interface Carrier extends Person {
  readonly backpack: Backpack;
}

/** Who works at a station. */
export interface Crew {
  readonly station: Unit;
  readonly chief: Person;
  readonly officers: readonly Carrier[];
  readonly auxiliary: Person;
}

const ids = story('staff');
const nextPerson = counter();
const nextBackpack = counter();

function person(unit: Unit, role: Role, post: string): Person {
  const number = nextPerson();
  return { id: ids.id('officer', `${number}`), name: sampleName('例', number), unit, role, post };
}

function carrier(unit: Unit): Carrier {
  const number = nextBackpack();
  const serial = `KX-2021-${String(number).padStart(3, '0')}`;
  const post = number % 2 === 0 ? '社区民警' : '驻村民警';
  return { ...person(unit, 'OFFICER', post), backpack: { id: ids.id('backpack', serial), serial } };
}

/** Officers who carry a backpack: 7 in Douba and 60 elsewhere. */
function carriersAt(station: Unit): number {
  if (station === douba) return 7;
  return stations.filter(other => other !== douba).indexOf(station) < 9 ? 4 : 3;
}

export const admin = person(county, 'ADMIN', '管理员');
export const countyChief = person(county, 'COUNTY_CHIEF', '局长');
export const auditor = person(county, 'AUDITOR', '审计员');
export const analyst = person(county, 'ANALYST', '分析员');
export const judge = person(tribunal, 'COURT', '审判员');
export const justiceAssistant = person(justiceOffice, 'JUSTICE_OFFICE', '司法助理员');

export const crews: readonly Crew[] = stations.map(station => ({
  station,
  chief: person(station, 'STATION_CHIEF', '所长'),
  officers: Array.from({ length: carriersAt(station) }, () => carrier(station)),
  auxiliary: person(station, 'AUXILIARY', '辅警'),
}));

export function crewOf(station: Unit): Crew {
  const crew = crews.find(known => known.station === station);
  if (!crew) throw new Error(`Nobody works at ${station.name}`);
  return crew;
}

/** The officer of a crew by number, from 0; the numbers go round. */
export function officerOf({ officers }: Crew, number: number): Carrier {
  const found = officers[number % officers.length];
  if (!found) throw new Error('A crew has officers');
  return found;
}

const registration = ({ id, name, unit, role, post }: Person, badge?: number) => ({
  id,
  name,
  orgUnitId: unit.id,
  role,
  post,
  ...(badge === undefined ? {} : { badgeNumber: `KX${String(badge).padStart(4, '0')}` }),
});

/** The first administrator, by Satchel itself. */
export function adminSteps(): readonly Step[] {
  const first = story('admin');
  first.do(at('2021-01-04', '09:05'), 'system', 'registerOfficer', registration(admin));
  return first.steps;
}

export function staffSteps(): readonly Step[] {
  const staff = story('staff');
  const everyone = [
    ...[countyChief, auditor, analyst, judge, justiceAssistant],
    ...crews.flatMap(({ chief, officers, auxiliary }) => [chief, ...officers, auxiliary]),
  ];
  for (const [index, someone] of everyone.entries())
    staff.do(at('2021-01-06', '09:00'), admin.id, 'registerOfficer', registration(someone, index + 1));
  return staff.steps;
}

/** The pilot in April 2021, every other station on a day of its own in June. */
const issueDay = (index: number, station: Unit): string =>
  station === douba ? '2021-04-01' : `2021-06-${String(1 + index).padStart(2, '0')}`;

/** 67 backpacks, one an officer. */
export function backpackSteps(): readonly Step[] {
  const issues = story('backpacks');
  for (const [index, { station, chief, officers }] of crews.entries())
    for (const { id, backpack } of officers)
      issues.do(at(issueDay(index, station), '08:30'), chief.id, 'issueBackpack', {
        officerId: id,
        backpackId: backpack.id,
        serial: backpack.serial,
      });
  return issues.steps;
}

/** What changes among the staff later: a torn backpack is replaced, an auxiliary moves to another station, and one retires. */
export function changeSteps(): readonly Step[] {
  const changes = story('changes of staff');
  const [first, second, third] = stations.slice(0, 3).map(crewOf) as [Crew, Crew, Crew];
  const torn = officerOf(first, 0);
  changes.do(at('2023-03-27', '09:00'), first.chief.id, 'returnBackpack', {
    officerId: torn.id,
    backpackId: torn.backpack.id,
    reason: 'REPLACEMENT',
  });
  changes.do(at('2023-03-27', '09:10'), first.chief.id, 'issueBackpack', {
    officerId: torn.id,
    backpackId: changes.id('backpack', 'KX-2022-001'),
    serial: 'KX-2022-001',
  });
  changes.do(at('2023-03-28', '09:00'), admin.id, 'assignToUnit', {
    officerId: second.auxiliary.id,
    orgUnitId: first.station.id,
    role: 'AUXILIARY',
    post: '辅警',
  });
  changes.do(at('2023-03-28', '17:00'), admin.id, 'endPost', { officerId: third.auxiliary.id, reason: 'RETIREMENT' });
  return changes.steps;
}
