import { mediatorsOf } from '../mediators.js';
import { sampleName, sampleNumber } from '../names.js';
import { at } from '../story.js';
import { accept, assign, type CaseInHand, consent, notify, openCase, prepare, report, screen } from './case.js';
import { close, tellRemedies } from './endings.js';
import { newcomersOrdinal, type Scene, type Variety } from './scene.js';
import { agreeOrally, begin, end, hear, open, schedule } from './session.js';

/** A party of this year of birth, whose guardian is the head of the household. */
function minorIn(scene: Scene, birthYear: number): string {
  const { story, officer, household, day } = scene;
  const id = story.id('resident', 'minor');
  const ordinal = newcomersOrdinal(scene);
  story.do(at(day, '08:30'), officer.id, 'registerResident', {
    id,
    name: sampleName('样', ordinal),
    number: sampleNumber(birthYear, ordinal),
    divisionCode: household.divisionCode,
    vulnerabilities: ['MINOR'],
    guardianIds: [household.members[0].id],
  });
  return id;
}

/** A child of 12 or so: nothing opens before the guardian is there. */
function child(scene: Scene): void {
  const partyId = minorIn(scene, Number(scene.day.slice(0, 4)) - 12);
  const dispute = prepare(openCase(scene, [partyId, scene.neighbour.members[0].id]));
  const guardian = {
    partyId,
    guardianName: scene.household.members[0].name,
    guardianId: scene.household.members[0].id,
  };
  dispute.do(3, '10:00', 'notifyGuardian', guardian);
  const sessionId = schedule(dispute);
  dispute.do(7, '14:20', 'recordGuardianAttendance', { ...guardian, sessionId });
  const sitting = open(dispute, sessionId);
  begin(sitting);
  hear(sitting);
  agreeOrally(sitting, { kind: 'REPAIR', performedAtOnce: true });
  end(sitting);
}

/** Of 16 or 17, and living on own earnings. */
function youngWorker(scene: Scene): void {
  const partyId = minorIn(scene, Number(scene.day.slice(0, 4)) - 17);
  const dispute = prepare(openCase(scene, [partyId, scene.neighbour.members[0].id]));
  dispute.do(3, '10:00', 'waiveGuardian', { partyId, selfSupporting: true });
  const sitting = open(dispute, schedule(dispute));
  begin(sitting);
  hear(sitting);
}

/** Words before the law was explained, off the record, with a gap in what was recorded. */
function carelessRecord(scene: Scene): void {
  const dispute = prepare(openCase(scene));
  const sitting = open(dispute, schedule(dispute));
  const { recordingId } = sitting;
  hear(sitting);
  begin(sitting);
  sitting.do(5, 'pauseRecording', { recordingId, offsetMs: 300_000, reason: 'BATTERY' });
  sitting.do(4, 'resumeRecording', { recordingId, offsetMs: 300_000, reason: 'REPAIRED' });
  sitting.do(9, 'reportRecordingGap', { recordingId, offsetMs: 300_000, gapMs: 240_000, reason: 'BATTERY' });
}

/** Blows, proposals that nobody takes, and a transcript that one party does not sign. */
function noAgreement(scene: Scene): void {
  const dispute = prepare(openCase(scene));
  const [a, b] = dispute.parties;
  const proposalId = scene.story.uuid('proposal');
  const sitting = open(dispute, schedule(dispute));
  begin(sitting);
  hear(sitting);
  sitting.do(2, 'recordDisorder', {
    kind: 'PHYSICAL',
    byPartyIds: [a, b],
    account: '样例情况：推搡，被在场人员拉开。',
  });
  sitting.do(5, 'restoreOrder', { measures: '样例措施：分开谈话，重申纪律。' });
  sitting.do(6, 'submitEvidence', { partyId: a, kind: 'PHOTO', description: '样例证据：墙面照片三张。' });
  sitting.do(5, 'makeProposal', { proposalId, content: '样例方案：各承担一半修缮费用。' });
  sitting.do(3, 'answerProposal', { proposalId, partyId: a, answer: 'ACCEPTED' });
  sitting.do(3, 'answerProposal', { proposalId, partyId: b, answer: 'REJECTED', remarks: '样例意见：一分钱也不出。' });
  sitting.do(4, 'draftTranscript', { content: '样例笔录：双方未能达成一致。' });
  sitting.do(3, 'readBackTranscript', { version: 1 });
  sitting.do(3, 'correctTranscript', { requestedBy: b, content: '样例笔录：双方未能达成一致，乙方另有说明。' });
  sitting.do(3, 'signTranscript', { version: 2, signers: [{ subjectId: a, method: 'SIGN', unableToRead: false }] });
  sitting.do(1, 'refuseTranscriptSignature', {
    version: 2,
    partyId: b,
    reason: '样例理由：不认可结果。',
    witnessed: true,
  });
  sitting.do(1, 'endSession');
  dispute.do(8, '09:00', 'reportEscalationRisk', {
    level: 3,
    toUnitId: scene.crew.station.id,
    account: '样例预警：一方扬言报复。',
    measures: '样例措施：安排民警上门稳控。',
  });
  dispute.do(8, '10:00', 'terminateMediation', { reason: 'NO_AGREEMENT', account: '样例情况：差距过大。' });
  tellRemedies(dispute, 8);
  close(dispute, 10, 'LITIGATION_ADVISED');
}

/** Hosted by an elder whom a side chose, and who writes it all down. */
function withElder(scene: Scene): void {
  const dispute = openCase(scene);
  const { elder } = dispute;
  report(dispute);
  screen(dispute);
  accept(dispute);
  dispute.do(1, '09:30', 'chooseMediator', { mediatorId: elder.id, chosenBy: 'A' });
  notify(dispute);
  consent(dispute);
  const participantId = scene.story.uuid('neighbour');
  dispute.do(3, '09:00', 'inviteParticipant', {
    participantId,
    role: 'NEIGHBOUR',
    name: '样例邻居甲',
    consentBy: ['A'],
  });
  const as = { by: elder.id, hostId: elder.id };
  const sitting = open(dispute, schedule(dispute, as), as);
  begin(sitting);
  hear(sitting);
  // Nobody had asked side B about the neighbour.
  sitting.do(4, 'recordPersuasion', { participantId, towards: 'B', summary: '样例劝说：远亲不如近邻。' });
  agreeOrally(sitting, { kind: 'PAYMENT', amountFen: 60_000 });
}

/** One is reported for taking sides, and replaced; the other turns out not to be available. */
function replaced(scene: Scene): void {
  const dispute = openCase(scene);
  report(dispute);
  screen(dispute);
  accept(dispute);
  const { station } = scene.crew;
  const [other] = mediatorsOf(station).filter(({ id, officer }) => !officer && id !== dispute.elder.id);
  if (!other) throw new Error(`Only one elder mediates at ${station.name}`);
  assign(dispute, dispute.elder);
  assign(dispute, other);
  notify(dispute);
  dispute.do(4, '10:00', 'reportMediatorMisconduct', {
    mediatorId: dispute.elder.id,
    kind: 'PARTIALITY',
    reportedBy: dispute.parties[1],
    account: '样例反映：会前与甲方单独商议。',
  });
  dispute.do(5, '10:00', 'replaceMediator', {
    mediatorId: dispute.elder.id,
    replacementId: dispute.host.id,
    reason: 'PARTY_REQUEST',
  });
  dispute.do(5, '10:10', 'removeMediator', { mediatorId: other.id, reason: 'UNAVAILABLE' });
}

/** A month and more after it was accepted. */
function overdue(scene: Scene): CaseInHand {
  const dispute = prepare(openCase(scene));
  const sitting = open(dispute, schedule(dispute, { on: 45 }), { on: 45 });
  begin(sitting);
  hear(sitting);
  agreeOrally(sitting, { kind: 'REPAIR', performedAtOnce: true });
  end(sitting);
  return dispute;
}

const varieties: readonly ((scene: Scene) => unknown)[] = [
  ...[child, youngWorker, carelessRecord, noAgreement, withElder, replaced, overdue],
];

export const roughDisputeVarieties: readonly Variety[] = varieties.map(tell => ({ tell: scene => void tell(scene) }));
