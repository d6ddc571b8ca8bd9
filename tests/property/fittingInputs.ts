import type { Lookup } from '../../src/commands/lookup.js';
import { addDays } from '../../src/kernel/legalDay.js';
import { DisputeOutcome, FileDocument, PartySide } from '../../src/mediation/codes.js';
import { currentMediators } from '../../src/mediation/mediators.js';
import type { Dispute } from '../../src/mediation/state.js';
import { bindingAgreements } from '../../src/mediation/status.js';
import * as story from '../domain/mediation/story.js';
import { idFor, someId } from '../domain/spec.js';

type Inputs = (state: Dispute) => readonly object[];

const sessions: Inputs = state => state.sessions.map(({ sessionId }) => ({ sessionId }));
const parties: Inputs = state => state.parties.map(({ subjectId: partyId }) => ({ partyId }));
const participants: Inputs = state => state.participants.map(({ participantId }) => ({ participantId }));
const onCase: Inputs = state => state.mediators.map(({ mediatorId }) => ({ mediatorId }));
const obligations: Inputs = state =>
  bindingAgreements(state).flatMap(agreement => agreement.obligations.map(({ obligationId }) => ({ obligationId })));
const recordings: Inputs = state =>
  state.sessions.flatMap(({ sessionId, recordings: held }) =>
    held.map(({ recordingId }) => ({ sessionId, recordingId })),
  );
const proposals: Inputs = state =>
  state.sessions.flatMap(({ sessionId, proposals: made }) => made.map(({ proposalId }) => ({ sessionId, proposalId })));
const versions: Inputs = state =>
  state.sessions.flatMap(({ sessionId, transcript }) => transcript.map(({ version }) => ({ sessionId, version })));
const drafts: Inputs = ({ draft }) => (draft ? [{ version: draft.version }] : []);
/** Someone who has no part in the case yet; `anyone` knows them. */
const newcomer = (category: string, { parties: known, mediators }: Dispute): string =>
  idFor(category, `newcomer ${known.length + mediators.length}`);
const comingParty: Inputs = state => [{ partyId: newcomer('resident', state), side: 'B' }];
const comingMediator: Inputs = state => [{ mediatorId: newcomer('mediator', state) }];

const nothing: Inputs = () => [{}];
const each =
  (...values: readonly object[]): Inputs =>
  () =>
    values;
/** Each of these with each of those. */
const times =
  (...lists: readonly Inputs[]): Inputs =>
  state =>
    lists.reduce<readonly object[]>(
      (made, list) => made.flatMap(one => list(state).map(other => ({ ...one, ...other }))),
      [{}],
    );

const guardian = each({ guardianName: '李大山' });
const sides = each(...PartySide.values.map(side => ({ side })));
const method = each({ method: 'SIGN' });
const offset = { offsetMs: 1 };
const signers: Inputs = state => [
  ...state.parties.map(({ subjectId }) => ({ signers: [{ subjectId, method: 'SIGN', unableToRead: false }] })),
  ...currentMediators(state).map(({ mediatorId }) => ({ mediators: [{ mediatorId, method: 'SIGN' }] })),
];
const later = { plannedFor: '2022-10-20T11:00:00+08:00' };

/**
 * For each command on a case, inputs that between them say all that matters to whether the state lets one through:
 * whom and what of the case they name. Were none of them accepted, no input would be.
 */
export const fittingInputs: Readonly<Record<string, Inputs>> = {
  identifyParty: comingParty,
  screenDispute: each(
    { legalBasis: 'CIVIL', riskLevel: 2 },
    { legalBasis: 'CIVIL', riskLevel: 1, exclusions: ['ALREADY_HANDLED'] },
  ),
  excludeDispute: ({ screening }) => (screening?.exclusions ?? []).map(exclusionCode => ({ exclusionCode })),
  referDispute: each({ toUnitId: story.tribunal, reason: 'LITIGATION' }),
  acceptReferral: nothing,
  returnReferral: each({ reason: 'INCOMPLETE' }),
  recallReferral: each({ reason: 'NO_ANSWER' }),
  acceptDispute: nothing,
  extendMediation: ({ dueDate = '2022-11-18' }) => [{ newDueDate: addDays(dueDate, 1), consentBy: ['A', 'B'] }],
  assignMediator: comingMediator,
  chooseMediator: times(comingMediator, each({ chosenBy: 'A' })),
  replaceMediator: times(
    onCase,
    state => [{ replacementId: newcomer('mediator', state) }],
    each({ reason: 'UNAVAILABLE' }),
  ),
  removeMediator: times(onCase, each({ reason: 'MISCONDUCT' })),
  reportMediatorMisconduct: times(onCase, each({ kind: 'PARTIALITY', account: '偏袒' })),
  notifyRightsAndDuties: parties,
  giveConsent: parties,
  refuseConsent: parties,
  withdrawConsent: parties,
  notifyGuardian: times(parties, guardian),
  recordGuardianAttendance: times(parties, guardian, sessions),
  inviteParticipant: each({ role: 'COMMON_RELATIVE', name: '赵山' }),
  recordParticipantConsent: times(participants, sides, each({ agreed: true }, { agreed: false })),
  scheduleSession: each({ ...later, placeType: 'VILLAGE' }),
  rescheduleSession: times(sessions, each({ ...later, reason: 'PARTY_REQUEST' })),
  explainLegalProvisions: times(sessions, each({ provisions: ['民法典'] })),
  announceDiscipline: sessions,
  recordDisorder: times(sessions, each({ kind: 'VERBAL' })),
  restoreOrder: sessions,
  adjournSession: times(sessions, each({ reason: 'COOLING_OFF' })),
  resumeSession: sessions,
  endSession: sessions,
  giveRecordingNotice: sessions,
  startRecording: times(sessions, each({ deviceSerial: 'DSJ-0042' })),
  pauseRecording: times(recordings, each({ ...offset, reason: 'BREAK' })),
  resumeRecording: times(recordings, each({ ...offset, reason: 'BREAK_OVER' })),
  reportRecordingGap: times(recordings, each({ ...offset, gapMs: 3, reason: 'BATTERY' })),
  stopRecording: times(recordings, each({ reason: 'SESSION_OVER', durationMs: 9, sha256: 'ab'.repeat(32) })),
  offerRecordingReview: sessions,
  recordStatement: times(sessions, parties, each({ text: '陈述' })),
  submitEvidence: times(sessions, parties, each({ kind: 'PHOTO', description: '照片' })),
  recordPersuasion: times(sessions, participants),
  makeProposal: times(sessions, each({ content: '各半' })),
  answerProposal: times(proposals, parties, each({ answer: 'ACCEPTED' })),
  recordReconciliation: sessions,
  draftTranscript: times(sessions, each({ content: '笔录' })),
  readBackTranscript: versions,
  correctTranscript: times(sessions, each({ content: '笔录二' })),
  signTranscript: times(versions, signers),
  refuseTranscriptSignature: times(versions, parties, each({ witnessed: true })),
  reachOralAgreement: times(sessions, state => [
    { content: '约定', terms: [{ ...story.payment, obligorId: state.parties[0]?.subjectId, obligeeId: undefined }] },
  ]),
  draftAgreement: each({ facts: '一', disputedPoints: '二', responsibility: '三', content: '四' }),
  signAgreement: times(drafts, parties, method),
  signAgreementAsMediator: times(drafts, onCase, method),
  affixSeal: drafts,
  recordPerformance: obligations,
  recordPartialPerformance: obligations,
  recordBreach: obligations,
  urgePerformance: times(obligations, each({ newDueDate: '2022-12-01' })),
  terminateMediation: each({ reason: 'NO_AGREEMENT' }),
  notifyRemedies: each({ routes: ['JUDICIAL'] }),
  scheduleFollowUp: nothing,
  recordFollowUp: times(
    parties,
    each({ matter: '排水沟', performance: 'PERFORMED', satisfaction: 5, escalationSigns: false }),
    state => [{ followUpId: someId(`follow-up ${state.followUps.length}`) }],
  ),
  reportEscalationRisk: each({ level: 2, toUnitId: story.justiceOffice, account: '仍有怨气' }),
  closeDispute: each(...DisputeOutcome.values.map(outcome => ({ outcome }))),
  archiveCaseFile: each({ waivers: FileDocument.values.map(document => ({ document, reason: 'LOST' })) }),
  reopenDispute: each({ reason: 'NEW_FACTS', account: '又起争执' }),
};

/** What other nouns know when anyone may come: every newcomer is a grown-up resident, and a mediator in office. */
export const anyone: Partial<Lookup> = {
  residentWithBirthDate: async id =>
    (await story.known.residentWithBirthDate?.(id)) ?? { birthDate: '1980-01-01', orgUnitId: story.station },
  mediator: async id => (await story.known.mediator?.(id)) ?? { status: 'APPOINTED', category: 'VILLAGE_WORTHY' },
};

/** Commands whose acceptance hangs on what other nouns know, beside the state: how old a minor is by now. */
export const BY_FACTS_TOO: readonly string[] = ['openSession', 'waiveGuardian'];
