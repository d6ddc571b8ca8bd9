import { newUuid } from '../../src/kernel/ids.js';
import { acceptedCase, type MediationCase } from './mediationCase.js';
import { at } from './moments.js';
import { numberOf, registerResident } from './residents.js';
import type { SampleStation } from './sampleStation.js';
import { newId, type TestSatchel } from './testSatchel.js';

/** Twelve years old on the day of the session. */
const CHILD = { name: '李小样', number: numberOf('2010-06-01', 11) };
export const GUARDIAN = '李大样';

/** Whatever is said and written in the case, by what it is: each in words of its own, so that each can be looked for. */
export const WORDS = {
  summary: '院墙外排水沟淤堵',
  misconduct: '样例违规：会前单独接受宴请',
  relative: '赵样本',
  place: '豆坝村委会样例室',
  tooEarly: '样例陈述：我先说',
  statement: '样例陈述：沟是他家堵的',
  evidence: '样例证据：水沟照片',
  disorder: '样例情况：拍桌争吵',
  persuasion: '样例劝说：各让一步',
  proposal: '样例方案：各出一半',
  transcript: '样例笔录第一稿',
  corrected: '样例笔录第二稿',
  refusal: '样例理由：要先问家人',
  facts: '样例事实：雨水倒灌',
  disputedPoints: '样例争议：由谁疏通',
  responsibility: '样例责任：双方均有',
  content: '样例协议：共同疏通',
  manner: '样例方式：微信转账',
  breach: '样例违约：到期未付',
  urged: '样例督促：上门催告',
  matter: '样例回访：水沟情况',
  litigation: '样例诉讼：未起诉',
  measures: '样例措施：再次劝导',
  risk: '样例预警：扬言动手',
  prevention: '样例防范：驻村干部值守',
  reopened: '样例重启：又起争执',
} as const;

export interface WholeMediation extends MediationCase {
  readonly second: string;
  readonly elder: string;
  readonly evidenceId: string;
  readonly proposalId: string;
  readonly followUpId: string;
  readonly guardianId: string;
}

const accepted = async (satchel: TestSatchel, people: SampleStation): Promise<WholeMediation> => {
  const held = await acceptedCase(satchel, people, { sideA: CHILD });
  const elder = newId('mediator');
  await satchel.done(people.chief, 'appointMediator', {
    id: elder,
    name: '典样本',
    category: 'VILLAGE_WORTHY',
    orgUnitId: people.station,
    adult: true,
  });
  const guardianId = await registerResident(satchel, people.officer, {
    name: GUARDIAN,
    number: numberOf('1980-06-01', 12),
  });
  const ids = { second: newUuid(), evidenceId: newUuid(), proposalId: newUuid(), followUpId: newUuid() };
  return { ...held, ...ids, elder, guardianId };
};

/** Everyone agrees, the guardian comes, and the session opens; one mediator is reported for misconduct. */
export async function openedMediation(satchel: TestSatchel, people: SampleStation): Promise<WholeMediation> {
  satchel.clock.set(new Date(at('2022-10-18', '09:00')));
  const held = await accepted(satchel, people);
  const { sideA, sideB, sessionId, relative, elder, guardianId, do: tell } = held;
  const guardian = { partyId: sideA, guardianName: GUARDIAN, guardianId };
  await tell('chooseMediator', { mediatorId: elder, chosenBy: 'B' });
  await tell('reportMediatorMisconduct', {
    mediatorId: elder,
    kind: 'TAKING_PROPERTY',
    reportedBy: sideA,
    account: WORDS.misconduct,
  });
  await tell('notifyGuardian', guardian);
  for (const partyId of [sideA, sideB]) await tell('giveConsent', { partyId });
  await tell('scheduleSession', {
    sessionId,
    plannedFor: '2022-10-18T10:00:00+08:00',
    placeType: 'VILLAGE',
    place: WORDS.place,
  });
  await tell('inviteParticipant', {
    participantId: relative,
    role: 'COMMON_RELATIVE',
    name: WORDS.relative,
    consentBy: ['A', 'B'],
  });
  await tell('recordGuardianAttendance', { ...guardian, sessionId });
  await tell('openSession', { sessionId, officersPresent: 1, auxiliariesPresent: 1 });
  return held;
}

/** What is said and done in the session, until it is adjourned and goes on. */
export async function heardMediation(satchel: TestSatchel, { do: tell, ...held }: WholeMediation): Promise<void> {
  const { sideA, sideB, sessionId, recordingId, relative, evidenceId, proposalId } = held;
  const inSession = (command: string, input: object = {}) => tell(command, { sessionId, ...input });
  await inSession('recordStatement', { partyId: sideB, text: WORDS.tooEarly });
  satchel.clock.set(new Date(at('2022-10-18', '09:05')));
  await inSession('explainLegalProvisions', { provisions: ['民法典第二百九十条'] });
  await inSession('announceDiscipline');
  await inSession('giveRecordingNotice');
  await inSession('startRecording', { recordingId, deviceSerial: 'DSJ-0042' });
  await inSession('recordStatement', { partyId: sideA, text: WORDS.statement, recordingOffsetMs: 60_000 });
  const sha256 = 'cd'.repeat(32);
  await inSession('submitEvidence', {
    evidenceId,
    partyId: sideB,
    kind: 'PHOTO',
    description: WORDS.evidence,
    sha256,
  });
  await inSession('recordDisorder', { kind: 'VERBAL', byPartyIds: [sideB], account: WORDS.disorder });
  await inSession('restoreOrder');
  await inSession('recordPersuasion', { participantId: relative, towards: 'B', summary: WORDS.persuasion });
  await inSession('makeProposal', { proposalId, partyId: sideA, content: WORDS.proposal });
  await inSession('answerProposal', { proposalId, partyId: sideB, answer: 'COUNTERED' });
  await inSession('answerProposal', { proposalId, partyId: sideB, answer: 'ACCEPTED' });
  await inSession('adjournSession', { reason: 'COOLING_OFF' });
  await inSession('resumeSession');
}

/** The transcript, which is corrected, read back, signed by one and refused by the other. */
export async function writtenTranscript({ do: tell, ...held }: WholeMediation): Promise<void> {
  const { sideA, sideB, sessionId, host } = held;
  const inSession = (command: string, input: object) => tell(command, { sessionId, ...input });
  await inSession('draftTranscript', { content: WORDS.transcript, simplified: true });
  await inSession('correctTranscript', { requestedBy: sideB, content: WORDS.corrected });
  await inSession('readBackTranscript', { version: 2 });
  await inSession('signTranscript', {
    version: 2,
    signers: [{ subjectId: sideA, method: 'FINGERPRINT', unableToRead: true }],
    mediators: [{ mediatorId: host, method: 'SIGN' }],
  });
  await inSession('refuseTranscriptSignature', { version: 2, partyId: sideB, reason: WORDS.refusal, witnessed: true });
}

/** A written agreement in its second version, not signed yet. */
export async function draftedAgreement({ do: tell, sideA, sideB }: WholeMediation): Promise<void> {
  const { facts, disputedPoints, responsibility, content, manner } = WORDS;
  const clauses = { facts, disputedPoints, responsibility, content };
  await tell('draftAgreement', clauses);
  await tell('draftAgreement', {
    ...clauses,
    terms: [{ obligorId: sideB, obligeeId: sideA, kind: 'PAYMENT', amountFen: 30_000, dueDate: '2022-11-01', manner }],
  });
}

/** Signed by everyone and sealed, so that it is in effect; the session ends. */
export async function signedAgreement({ do: tell, ...held }: WholeMediation): Promise<void> {
  const { sideA, sideB, host, sessionId, recordingId } = held;
  await tell('signAgreement', { version: 2, partyId: sideA, method: 'FINGERPRINT', byGuardian: true });
  await tell('signAgreement', { version: 2, partyId: sideB, method: 'SIGN' });
  await tell('signAgreementAsMediator', { version: 2, mediatorId: host, method: 'SIGN' });
  await tell('affixSeal', { version: 2 });
  const sha256 = 'ab'.repeat(32);
  await tell('stopRecording', { sessionId, recordingId, reason: 'SESSION_OVER', durationMs: 9_000, sha256 });
  await tell('endSession', { sessionId });
}

/** Paid in part, broken, urged and paid in the end; looked after, and closed. */
export async function performedAgreement(
  { do: tell, ...held }: WholeMediation,
  obligationId: string,
  { station }: SampleStation,
): Promise<void> {
  const { sideB, followUpId } = held;
  await tell('recordPartialPerformance', { obligationId, amountFen: 10_000 });
  await tell('recordBreach', { obligationId, account: WORDS.breach });
  await tell('urgePerformance', { obligationId, newDueDate: '2022-12-01', account: WORDS.urged });
  await tell('recordPerformance', { obligationId, amountFen: 20_000 });
  await tell('scheduleFollowUp', { followUpId, dueDate: '2022-11-17' });
  const { matter, litigation, measures, risk, prevention } = WORDS;
  const found = { performance: 'PERFORMED', satisfaction: 4, escalationSigns: true };
  await tell('recordFollowUp', { followUpId, partyId: sideB, matter, litigation, measures, ...found });
  await tell('reportEscalationRisk', { level: 3, toUnitId: station, account: risk, measures: prevention });
  await tell('closeDispute', { outcome: 'SETTLED' });
}
