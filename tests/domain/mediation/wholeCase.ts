import type { AnyCommand } from '../../../src/commands/command.js';
import type { EventEnvelope } from '../../../src/kernel/envelope.js';
import { disputeCommands } from '../../../src/mediation/commands/index.js';
import { recordObligationsDue } from '../../../src/mediation/commands/obligationsDue.js';
import { type Given, someId } from '../spec.js';
import * as story from './story.js';
import {
  apprentice,
  chen,
  child,
  elder,
  events,
  host,
  judge,
  nothing,
  type Step,
  sessionId,
  stateOf,
  wang,
} from './story.js';

const commandNamed = (name: string): AnyCommand => {
  const found = disputeCommands.find(command => command.name === name);
  if (!found) throw new Error(`There is no command ${name}`);
  return found;
};
const step = (name: string, input: object = {}, options: story.StoryOptions = {}): Step => [
  commandNamed(name),
  input,
  options,
];

const proposalId = someId('proposal');
const second = someId('second session');
const which = { sessionId, recordingId: story.recordingId };
const guardian = { partyId: child, guardianName: '李大山' };
const sign = (partyId: string) =>
  step('signAgreement', { version: 1, partyId, method: 'SIGN', byGuardian: partyId === child });
const parties = [chen, wang, child, apprentice];

const report = {
  ...story.report,
  parties: [chen, child, apprentice].map(subjectId => ({ subjectId, side: 'A' })),
  unknownSides: ['B'],
  summary: '排水沟堵塞',
};
const screen = step('screenDispute', { legalBasis: 'CIVIL', riskLevel: 2 });
const close = (outcome: string) => step('closeDispute', { outcome });
const reopen = step('reopenDispute', { reason: 'NEW_FACTS', account: '又起争执' });
const toReady = [
  screen,
  step('acceptDispute'),
  ...parties.map(partyId => step('notifyRightsAndDuties', { partyId })),
  ...parties.map(partyId => step('giveConsent', { partyId })),
];

const excludedAndReferred = [
  step('reportDispute', report),
  step('identifyParty', { partyId: wang, side: 'B' }),
  step('screenDispute', { legalBasis: 'CIVIL', riskLevel: 1, exclusions: ['ALREADY_HANDLED'] }),
  step('excludeDispute', { exclusionCode: 'ALREADY_HANDLED' }),
  close('EXCLUDED'),
  reopen,
  step('referDispute', { toUnitId: story.tribunal, reason: 'LITIGATION' }),
  step('returnReferral', { reason: 'INCOMPLETE' }, { actor: judge }),
  step('referDispute', { toUnitId: story.tribunal, reason: 'LITIGATION' }),
  step('recallReferral', { reason: 'NO_ANSWER' }),
  step('referDispute', { toUnitId: story.tribunal, reason: 'LITIGATION' }),
  step('acceptReferral', {}, { actor: judge }),
  close('REFERRED'),
  reopen,
];

const prepared = [
  ...toReady,
  step('extendMediation', { newDueDate: '2022-12-18', consentBy: ['A', 'B'] }),
  step('assignMediator', { mediatorId: host }),
  step('replaceMediator', { mediatorId: host, replacementId: elder, reason: 'UNAVAILABLE' }),
  step('chooseMediator', { mediatorId: host, chosenBy: 'A' }),
  step('reportMediatorMisconduct', { mediatorId: elder, kind: 'PARTIALITY', account: '偏袒' }),
  step('removeMediator', { mediatorId: elder, reason: 'MISCONDUCT' }),
  step('notifyGuardian', guardian),
  step('waiveGuardian', { partyId: apprentice, selfSupporting: true }),
  step('scheduleSession', story.plan),
  step('rescheduleSession', { sessionId, plannedFor: '2022-10-18T11:00:00+08:00', reason: 'PARTY_REQUEST' }),
  step('inviteParticipant', {
    role: 'JUSTICE_OFFICE',
    name: '周远',
    participantId: story.relative,
    orgUnitId: story.justiceOffice,
  }),
  step('recordParticipantConsent', { participantId: story.relative, side: 'A', agreed: true }),
  step('recordParticipantConsent', { participantId: story.relative, side: 'B', agreed: true }),
  step('recordParticipantConsent', { participantId: story.relative, side: 'B', agreed: false }),
  step('recordParticipantConsent', { participantId: story.relative, side: 'B', agreed: true }),
];

const session = [
  step('recordGuardianAttendance', { ...guardian, sessionId }),
  step('openSession', story.opening),
  step('recordStatement', { sessionId, partyId: chen, text: '抢先陈述' }),
  step('explainLegalProvisions', { sessionId, provisions: ['民法典'] }),
  step('announceDiscipline', { sessionId }),
  step('giveRecordingNotice', { sessionId }),
  step('startRecording', { ...which, deviceSerial: 'DSJ-0042' }),
  step('pauseRecording', { ...which, offsetMs: 1, reason: 'BREAK' }),
  step('resumeRecording', { ...which, offsetMs: 1, reason: 'BREAK_OVER' }),
  step('reportRecordingGap', { ...which, offsetMs: 2, gapMs: 3, reason: 'BATTERY' }),
  step('recordStatement', { sessionId, partyId: wang, text: '陈述' }),
  step('submitEvidence', { sessionId, partyId: wang, kind: 'PHOTO', description: '照片' }),
  step('recordDisorder', { sessionId, kind: 'VERBAL', byPartyIds: [chen] }),
  step('restoreOrder', { sessionId }),
  step('recordPersuasion', { sessionId, participantId: story.relative }),
  step('makeProposal', { sessionId, proposalId, content: '各半' }),
  step('answerProposal', { sessionId, proposalId, partyId: chen, answer: 'ACCEPTED' }),
  step('adjournSession', { sessionId, reason: 'COOLING_OFF' }),
  step('resumeSession', { sessionId }),
  step('draftTranscript', { sessionId, content: '笔录' }),
  step('readBackTranscript', { sessionId, version: 1 }),
  step('correctTranscript', { sessionId, content: '笔录二' }),
  step('signTranscript', {
    sessionId,
    version: 2,
    signers: [chen, child, apprentice].map(subjectId => ({ subjectId, method: 'SIGN', unableToRead: false })),
    mediators: [{ mediatorId: host, method: 'SIGN' }],
  }),
  step('refuseTranscriptSignature', { sessionId, version: 2, partyId: wang, witnessed: true }),
  step('offerRecordingReview', { sessionId }),
  step('recordReconciliation', { sessionId }),
  step('reachOralAgreement', { sessionId, content: '约定', terms: [story.payment] }),
  step('stopRecording', { ...which, reason: 'SESSION_OVER', durationMs: 9, sha256: 'ab'.repeat(32) }),
  step('endSession', { sessionId }),
];

const performed = (obligationId: string): readonly Step[] => [
  step('recordPartialPerformance', { obligationId, amountFen: 30_000 }),
  [recordObligationsDue, {}, { at: '2022-11-01T02:00:00.000Z' }],
  step('recordBreach', { obligationId }),
  step('urgePerformance', { obligationId, newDueDate: '2022-12-01' }),
  step('recordPerformance', { obligationId, amountFen: 50_000 }),
  step('scheduleFollowUp'),
  step('recordFollowUp', {
    partyId: chen,
    matter: '排水沟',
    performance: 'PERFORMED',
    satisfaction: 5,
    escalationSigns: false,
  }),
  step('reportEscalationRisk', { level: 2, toUnitId: story.justiceOffice, account: '仍有怨气' }),
  close('SETTLED'),
  step('archiveCaseFile', { documents: ['ID_PROOF'] }),
  reopen,
];

const writtenThenFailed = [
  ...toReady,
  step('waiveGuardian', { partyId: apprentice, selfSupporting: true }),
  step('scheduleSession', { ...story.plan, sessionId: second }),
  step('recordGuardianAttendance', { ...guardian, sessionId: second }),
  step('openSession', { ...story.opening, sessionId: second }),
  step('draftAgreement', { facts: '一', disputedPoints: '二', responsibility: '三', content: '四' }),
  ...parties.map(sign),
  step('signAgreementAsMediator', { version: 1, mediatorId: host, method: 'SEAL' }),
  step('affixSeal', { version: 1 }),
  step('endSession', { sessionId: second }),
  close('SETTLED'),
  reopen,
  ...toReady,
  step('withdrawConsent', { partyId: wang }),
  step('notifyRemedies', { routes: ['JUDICIAL'] }),
  close('FAILED'),
  reopen,
  screen,
  step('acceptDispute'),
  step('refuseConsent', { partyId: chen }),
];

/** A case in which everything happens that can, as one stream. */
export async function wholeCase(): Promise<readonly EventEnvelope[]> {
  const stream: EventEnvelope[] = [];
  let given: Given = nothing;
  const goOn = async (steps: readonly Step[]) => {
    for (const [command, input, options] of steps) {
      const decided = await events(given, command, input, options);
      for (const { type, data } of decided)
        stream.push({
          type,
          data,
          streamId: given.id,
          revision: stream.length,
          occurredAt: '2022-10-18T02:00:00.000Z',
        } as EventEnvelope);
      given = given.events(...decided);
    }
  };
  await goOn([...excludedAndReferred, ...prepared, ...session]);
  await goOn(performed(stateOf(given).agreement?.obligations[0]?.obligationId ?? ''));
  await goOn(writtenThenFailed);
  return stream;
}
