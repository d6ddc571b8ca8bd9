import { at } from '../story.js';
import { daysAfter, goOut, type Scene, type Variety } from './scene.js';

const PURPOSES = ['HUKOU', 'IDENTITY_CARD', 'RESIDENCE_PERMIT', 'PROOF', 'CONSULTATION'] as const;
const DETAILS = ['样例预约：为孙子办理落户，带出生证明。', '样例预约：行动不便，请上门照相采集。'];
const TIME = '10:30';
/** Days from booking to the appointment. */
const AHEAD = 4;

/** Booked on a visit, or from afar. */
function book(scene: Scene, place = 'STATION'): string {
  const { story, random, officer, household } = scene;
  const appointmentId = story.id('appointment', 'appointment');
  const booking = {
    id: appointmentId,
    purpose: random.pick(PURPOSES),
    place,
    plannedFor: at(daysAfter(scene, AHEAD), TIME).toISOString(),
    residentId: household.members[0].id,
    details: random.pick(DETAILS),
  };
  if (random.chance(0.5)) {
    const channel = random.pick(['ONLINE', 'PHONE']);
    const { divisionCode } = household;
    story.do(at(daysAfter(scene, 0), '09:40'), officer.id, 'bookAppointment', { ...booking, channel, divisionCode });
  } else {
    const outing = goOut(scene);
    const { visitId: originVisitId } = outing;
    outing.do(10, 'bookAppointment', { ...booking, channel: 'IN_PERSON', originVisitId });
    outing.complete();
  }
  return appointmentId;
}

const confirm = (scene: Scene, appointmentId: string) =>
  scene.story.do(at(daysAfter(scene, 1), '08:50'), scene.officer.id, 'confirmAppointment', { appointmentId });

const onTheDay = (scene: Scene, time: string, command: string, input: object) =>
  scene.story.do(at(daysAfter(scene, AHEAD), time), scene.officer.id, command, { ...input });

function keptAtTheStation(scene: Scene): void {
  const appointmentId = book(scene);
  confirm(scene, appointmentId);
  onTheDay(scene, '10:50', 'keepAppointment', { appointmentId });
}

function keptAtHome(scene: Scene): void {
  const appointmentId = book(scene, 'HOME');
  confirm(scene, appointmentId);
  const outing = goOut(scene, { kind: 'FOLLOW_UP', inDays: AHEAD });
  outing.do(15, 'keepAppointment', { appointmentId, visitId: outing.visitId });
  outing.complete();
}

/** Came without anyone having said that the time suits. */
function keptUnconfirmed(scene: Scene): void {
  const appointmentId = book(scene);
  onTheDay(scene, '10:40', 'keepAppointment', { appointmentId });
}

function stayedAway(scene: Scene): void {
  const appointmentId = book(scene);
  confirm(scene, appointmentId);
  onTheDay(scene, '17:00', 'recordNoShow', { appointmentId });
}

function cancelled(scene: Scene): void {
  const appointmentId = book(scene);
  confirm(scene, appointmentId);
  scene.story.do(at(daysAfter(scene, 2), '09:00'), scene.officer.id, 'cancelAppointment', {
    appointmentId,
    reason: scene.random.pick(['RESIDENT_ASKED', 'SETTLED_OTHERWISE', 'OFFICER_CALLED_AWAY', 'WEATHER_OR_ROAD']),
  });
}

export const appointmentVarieties: readonly Variety[] = [
  { tell: keptAtTheStation },
  { tell: keptAtHome },
  { tell: keptUnconfirmed },
  { tell: stayedAway },
  { tell: cancelled },
  { tell: scene => void book(scene) },
  { tell: scene => void confirm(scene, book(scene)) },
];
