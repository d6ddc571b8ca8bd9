import { sampleName, sampleNumber, samplePhone } from '../names.js';
import { crews } from '../staff.js';
import { at } from '../story.js';
import { daysAfter, newcomersOrdinal, type Scene, type Variety } from './scene.js';

/** Someone new in the household, not yet a member of it. */
function newcomer(scene: Scene, birthYear: number): string {
  const { story, officer, household, day } = scene;
  const id = story.id('resident', 'newcomer');
  const ordinal = newcomersOrdinal(scene);
  story.do(at(day, '11:00'), officer.id, 'registerResident', {
    id,
    name: sampleName('样', ordinal),
    number: sampleNumber(birthYear, ordinal),
    divisionCode: household.divisionCode,
    village: household.village,
  });
  return id;
}

const doTo = (scene: Scene, residentId: string) => (after: number, command: string, input: object) =>
  scene.story.do(at(daysAfter(scene, after), '14:00'), scene.officer.id, command, { residentId, ...input });

/** Married into one household, out of it again, and away. */
function moves(scene: Scene): void {
  const { household, neighbour } = scene;
  const on = doTo(scene, newcomer(scene, 1991));
  on(0, 'joinHousehold', { householdId: household.id, relation: 'CHILD' });
  on(30, 'leaveHousehold', { householdId: household.id });
  on(30, 'joinHousehold', { householdId: neighbour.id, relation: 'SPOUSE' });
  on(31, 'updateContact', { phone: samplePhone(newcomersOrdinal(scene)) });
  const elsewhere = crews.find(({ station }) => station !== scene.crew.station);
  if (elsewhere) on(60, 'moveResident', { toUnitId: elsewhere.station.id });
}

function growsOld(scene: Scene): void {
  const on = doTo(scene, newcomer(scene, 1948));
  on(10, 'updateVulnerability', { vulnerabilities: ['ELDER', 'LIVING_ALONE'] });
}

function childOfOthers(scene: Scene): void {
  const on = doTo(scene, newcomer(scene, 2013));
  on(1, 'nameGuardians', { guardianIds: [scene.household.members[0].id] });
}

function restricted(scene: Scene): void {
  const residentId = newcomer(scene, 1975);
  scene.story.do(at(daysAfter(scene, 15), '09:00'), scene.crew.chief.id, 'restrictProcessing', {
    residentId,
    reason: 'REQUESTED',
  });
  scene.story.do(at(daysAfter(scene, 40), '09:00'), scene.crew.chief.id, 'liftRestriction', {
    residentId,
    reason: 'REQUEST_WITHDRAWN',
  });
}

export const registerVarieties: readonly Variety[] = [moves, growsOld, childOfOthers, restricted].map(tell => ({
  tell,
}));
