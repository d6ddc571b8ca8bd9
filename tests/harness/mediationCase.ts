import { newUuid } from '../../src/kernel/ids.js';
import { numberOf, registerResident } from './residents.js';
import type { SampleStation } from './sampleStation.js';
import { type Anything, newId, type TestSatchel } from './testSatchel.js';

/** A case at Douba, with an officer as host who is an appointed people's mediator. */
export interface MediationCase {
  readonly id: string;
  /** The host, as mediator. */
  readonly host: string;
  readonly sideA: string;
  readonly sideB: string;
  readonly relative: string;
  readonly cadre: string;
  readonly sessionId: string;
  readonly recordingId: string;
  /** A command on the case, given by its host. */
  do(command: string, input?: object, fields?: string): Promise<Anything>;
  /** Codes of its refusal. */
  refused(command: string, input?: object): Promise<readonly string[]>;
}

interface CaseToReport {
  /** Party on side A; an adult, if left out. */
  readonly sideA?: object;
}

const GROWN_UP = { name: '陈样本', number: numberOf('1948-03-05', 1) };

/** Reported and screened: two neighbours of Douba quarrel over a ditch. */
export async function reportedCase(
  satchel: TestSatchel,
  people: SampleStation,
  { sideA: first = GROWN_UP }: CaseToReport = {},
): Promise<MediationCase> {
  const { officer, chief, station } = people;
  const [id, host] = [newId('dispute'), newId('mediator')];
  const sideA = await registerResident(satchel, officer, first);
  const sideB = await registerResident(satchel, officer, { name: '王样本', number: numberOf('1985-07-12', 2) });
  await satchel.done(chief, 'appointMediator', {
    id: host,
    officerId: officer,
    category: 'OFFICER',
    orgUnitId: station,
    adult: true,
  });
  const on = (input: object) => ({ disputeId: id, ...input });
  const reported: MediationCase = {
    id,
    host,
    sideA,
    sideB,
    relative: newUuid(),
    cadre: newUuid(),
    sessionId: newUuid(),
    recordingId: newUuid(),
    do: (command, input = {}, fields) => satchel.done(officer, command, on(input), fields),
    refused: (command, input = {}) => satchel.refused(officer, command, on(input)),
  };
  await satchel.done(officer, 'reportDispute', {
    id,
    source: 'PARTY_APPLICATION',
    category: 'NEIGHBOUR',
    title: '邻里排水纠纷',
    summary: '院墙外排水沟淤堵，雨水倒灌',
    divisionCode: '621224110',
    village: '豆坝村',
    parties: [
      { subjectId: sideA, side: 'A' },
      { subjectId: sideB, side: 'B' },
    ],
  });
  await reported.do('screenDispute', { legalBasis: 'CIVIL', riskLevel: 2 });
  return reported;
}

/** Accepted, with its host; both parties know their rights. */
export async function acceptedCase(...given: Parameters<typeof reportedCase>): Promise<MediationCase> {
  const accepted = await reportedCase(...given);
  await accepted.do('acceptDispute');
  await accepted.do('assignMediator', { mediatorId: accepted.host });
  for (const partyId of [accepted.sideA, accepted.sideB]) await accepted.do('notifyRightsAndDuties', { partyId });
  return accepted;
}

/** Both parties agree to be mediated, and a session is planned in the village. */
export async function scheduledCase(...given: Parameters<typeof reportedCase>): Promise<MediationCase> {
  const scheduled = await acceptedCase(...given);
  for (const partyId of [scheduled.sideA, scheduled.sideB]) await scheduled.do('giveConsent', { partyId });
  await scheduled.do('scheduleSession', {
    sessionId: scheduled.sessionId,
    plannedFor: '2022-10-18T10:00:00+08:00',
    placeType: 'VILLAGE',
    place: '豆坝村委会',
  });
  return scheduled;
}

/** A relative of both and a village cadre are invited, and both sides agree to them. */
export async function caseWithParticipants(...given: Parameters<typeof reportedCase>): Promise<MediationCase> {
  const joined = await scheduledCase(...given);
  const invite = (participantId: string, role: string, name: string) =>
    joined.do('inviteParticipant', { participantId, role, name, consentBy: ['A', 'B'] });
  await invite(joined.relative, 'COMMON_RELATIVE', '赵样本');
  await invite(joined.cadre, 'VILLAGE_CADRE', '孙样本');
  return joined;
}

/** One officer who hosts, with an auxiliary beside. */
export const openSession = ({ sessionId, do: tell }: MediationCase, fields?: string): Promise<Anything> =>
  tell('openSession', { sessionId, officersPresent: 1, auxiliariesPresent: 1 }, fields);
