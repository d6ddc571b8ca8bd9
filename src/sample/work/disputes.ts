import { judge, justiceAssistant } from '../staff.js';
import { at } from '../story.js';
import { justiceOffice, tribunal } from '../units.js';
import { accept, assign, type CaseInHand, notify, openCase, prepare, report, screen } from './case.js';
import { archive, breach, close, followUp, perform, planFollowUp, tellRemedies } from './endings.js';
import { daysAfter, type Scene, type Variety } from './scene.js';
import { agreeInWriting, agreeOrally, end, hold, schedule } from './session.js';

function reported(scene: Scene): CaseInHand {
  const dispute = openCase(scene);
  report(dispute);
  return dispute;
}

/** Only one side was known at first. */
function respondentFound(scene: Scene): void {
  const dispute = openCase(scene);
  report(dispute, true);
  dispute.do(3, '09:00', 'identifyParty', { partyId: dispute.parties[1], side: 'B' });
}

function screened(scene: Scene, exclusions: readonly string[] = []): CaseInHand {
  const dispute = reported(scene);
  screen(dispute, exclusions);
  return dispute;
}

function excluded(scene: Scene): CaseInHand {
  const dispute = screened(scene, ['ALREADY_HANDLED']);
  dispute.do(1, '09:00', 'excludeDispute', { exclusionCode: 'ALREADY_HANDLED' });
  return dispute;
}

const referTo = (toUnitId: string, reason: string) => (scene: Scene) => {
  const dispute = screened(scene);
  dispute.do(1, '09:00', 'referDispute', { toUnitId, reason }, scene.crew.chief.id);
  return dispute;
};
const referToTribunal = referTo(tribunal.id, 'LITIGATION');
const referToJusticeOffice = referTo(justiceOffice.id, 'EXPERTISE');

function takenByTribunal(scene: Scene): void {
  const dispute = referToTribunal(scene);
  dispute.do(3, '10:00', 'acceptReferral', {}, judge.id);
  close(dispute, 4, 'REFERRED');
}

function sentBack(scene: Scene): void {
  const dispute = referToJusticeOffice(scene);
  dispute.do(3, '10:00', 'returnReferral', { reason: 'INCOMPLETE' }, justiceAssistant.id);
  accept(dispute, 4);
}

/** The justice office does not answer: the station takes the case back, and up. */
function recalled(scene: Scene): void {
  const dispute = referToJusticeOffice(scene);
  dispute.do(14, '10:00', 'recallReferral', { reason: 'NO_ANSWER' }, scene.crew.chief.id);
  accept(dispute, 15);
}

/** One side agrees, the other has not said anything. */
function waiting(scene: Scene): void {
  const dispute = screened(scene);
  accept(dispute);
  assign(dispute);
  notify(dispute);
  dispute.do(3, '09:00', 'giveConsent', { partyId: dispute.parties[0] });
}

function refused(scene: Scene): CaseInHand {
  const dispute = screened(scene);
  accept(dispute);
  assign(dispute);
  notify(dispute);
  dispute.do(3, '09:00', 'refuseConsent', { partyId: dispute.parties[1] });
  return dispute;
}

function refusedAndClosed(scene: Scene): void {
  const dispute = refused(scene);
  tellRemedies(dispute, 4);
  close(dispute, 5, 'FAILED');
  archive(dispute, 12, [{ document: 'RIGHTS_NOTICE', reason: 'NOT_APPLICABLE' }]);
}

function ready(scene: Scene): void {
  const dispute = prepare(openCase(scene));
  const sessionId = schedule(dispute);
  dispute.do(5, '09:00', 'rescheduleSession', {
    sessionId,
    plannedFor: at(daysAfter(scene, 9), '15:00').toISOString(),
    reason: 'WEATHER_ROAD',
  });
}

function withdrawn(scene: Scene): void {
  const dispute = prepare(openCase(scene));
  hold(dispute).do(5, 'adjournSession', { reason: 'COOLING_OFF' });
  dispute.do(9, '10:00', 'withdrawConsent', { partyId: dispute.parties[0] });
}

/** Adjourned, resumed, and given more time than the month. */
function longSession(scene: Scene): void {
  const dispute = prepare(openCase(scene));
  const sitting = hold(dispute);
  sitting.do(5, 'adjournSession', { reason: 'EVIDENCE' });
  sitting.do(60, 'resumeSession');
  sitting.do(5, 'adjournSession', { reason: 'LATE' });
  dispute.do(20, '10:00', 'extendMediation', { newDueDate: daysAfter(scene, 90), consentBy: ['A', 'B'] });
}

function performing(scene: Scene): void {
  const sitting = hold(prepare(openCase(scene)));
  agreeOrally(sitting, { kind: 'REPAIR' });
  end(sitting);
}

/** From the report to the archive, with a follow-up in between. */
function settled(scene: Scene): CaseInHand {
  const dispute = prepare(openCase(scene));
  const sitting = hold(dispute);
  const obligationId = agreeOrally(sitting, { kind: 'PAYMENT', amountFen: 80_000 });
  end(sitting);
  dispute.do(15, '10:00', 'recordPartialPerformance', { obligationId, amountFen: 30_000 });
  dispute.do(25, '10:00', 'recordPerformance', { obligationId, amountFen: 50_000 });
  planFollowUp(dispute, 26);
  followUp(dispute, 50);
  close(dispute, 52, 'SETTLED');
  return dispute;
}

const archived = (scene: Scene): void => archive(settled(scene), 58);

function reopened(scene: Scene): void {
  const dispute = settled(scene);
  dispute.do(70, '10:00', 'reopenDispute', { reason: 'DISPUTE_RECURRED', account: '样例情况：雨后再起争执。' });
}

function performedAtOnce(scene: Scene): void {
  const sitting = hold(prepare(openCase(scene)));
  agreeInWriting(sitting, { kind: 'PAYMENT', amountFen: 20_000, performedAtOnce: true });
  end(sitting);
}

function followUpDue(scene: Scene): void {
  const dispute = prepare(openCase(scene));
  const sitting = hold(dispute);
  const obligationId = agreeInWriting(sitting, { kind: 'REPAIR' });
  end(sitting);
  perform(dispute, obligationId, 20);
  planFollowUp(dispute, 21);
}

function breached(scene: Scene): { readonly dispute: CaseInHand; readonly obligationId: string } {
  const dispute = prepare(openCase(scene));
  const sitting = hold(dispute);
  const obligationId = agreeInWriting(sitting, { kind: 'PAYMENT', amountFen: 500_000, dueInDays: 20 });
  end(sitting);
  breach(dispute, obligationId, 30);
  return { dispute, obligationId };
}

function urged(scene: Scene): void {
  const { dispute, obligationId } = breached(scene);
  dispute.do(32, '10:00', 'urgePerformance', { obligationId, account: '样例督促：上门说明后果，约定宽限。' });
  perform(dispute, obligationId, 40);
}

function toCourt(scene: Scene): void {
  const { dispute } = breached(scene);
  tellRemedies(dispute, 45);
  close(dispute, 46, 'LITIGATION_ADVISED');
}

const varieties: readonly ((scene: Scene) => unknown)[] = [
  ...[reported, respondentFound, screened, excluded, referToTribunal, takenByTribunal, sentBack, waiting],
  ...[refused, refusedAndClosed, ready, withdrawn, longSession, performing, settled, archived, reopened],
  ...[performedAtOnce, followUpDue, breached, urged, toCourt, recalled],
  (scene: Scene) => close(excluded(scene), 2, 'EXCLUDED'),
];

export const disputeVarieties: readonly Variety[] = varieties.map(tell => ({ tell: scene => void tell(scene) }));
