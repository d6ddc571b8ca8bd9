import { newUuid } from '../../src/kernel/ids.js';
import { caseWithParticipants, type MediationCase } from './mediationCase.js';
import { at } from './moments.js';
import type { SampleStation } from './sampleStation.js';
import type { TestSatchel } from './testSatchel.js';

export const DAY = '2022-10-18';

/** Something that happened in the session, and when it came to be known. */
export interface Happening {
  readonly type: string;
  readonly label: string;
  readonly command: string;
  readonly input: object;
  /** Time of day by the clock of the device. */
  readonly occurred: string;
  /** Time of day by the clock of the server. */
  readonly recorded: string;
}

const happening = (
  type: string,
  label: string,
  [occurred, recorded]: readonly [string, string],
  command: string,
  input: object = {},
): Happening => ({ type, label, command, input, occurred, recorded });

const deviceId = newUuid();

const once = (time: string): readonly [string, string] => [time, time];

const opening = ({ recordingId }: MediationCase): readonly Happening[] => [
  happening('SessionOpened', '开始调解', once('10:00'), 'openSession', { officersPresent: 1, auxiliariesPresent: 1 }),
  happening('LegalProvisionsExplained', '讲解法律法规', once('10:03'), 'explainLegalProvisions', {
    provisions: ['民法典第二百八十八条', '民法典第二百九十条'],
  }),
  happening('DisciplineAnnounced', '宣布调解纪律', once('10:07'), 'announceDiscipline'),
  happening('RecordingNoticeGiven', '告知录音录像', once('10:09'), 'giveRecordingNotice'),
  happening('RecordingStarted', '开始录音录像', once('10:10'), 'startRecording', {
    recordingId,
    deviceSerial: 'DSJ-0042',
  }),
  happening('TranscriptDrafted', '制作调解笔录', once('10:12'), 'draftTranscript', {
    content: '样例笔录：双方各执一词',
  }),
];

/** The network fails from a quarter past ten to twenty to eleven: the device keeps the times. */
const quarrel = ({ sideA, sideB, cadre, relative }: MediationCase): readonly Happening[] => [
  happening('PartyStatementRecorded', '当事人陈述', ['10:15', '10:40'], 'recordStatement', {
    partyId: sideA,
    text: '样例陈述：雨水流进我家院子',
  }),
  happening('PartyStatementRecorded', '当事人陈述', ['10:19', '10:41'], 'recordStatement', {
    partyId: sideB,
    text: '样例陈述：沟是他家堵的',
  }),
  happening('DisorderOccurred', '秩序混乱', ['10:24', '10:42'], 'recordDisorder', {
    kind: 'VERBAL',
    byPartyIds: [sideA, sideB],
  }),
  happening('PersuasionMade', '劝说', ['10:28', '10:43'], 'recordPersuasion', {
    participantId: cadre,
    summary: '样例劝说：乡里乡亲，各让一步',
  }),
  // Entered last, though it came before the quarrel.
  happening('PersuasionMade', '劝说', ['10:22', '10:44'], 'recordPersuasion', {
    participantId: relative,
    towards: 'A',
  }),
];

const settlement = ({ sideA, sideB, host, recordingId }: MediationCase): readonly Happening[] => [
  happening('RecordingReviewOffered', '提出查看录像', once('10:50'), 'offerRecordingReview'),
  happening('PartiesReconciled', '握手言和', once('10:58'), 'recordReconciliation'),
  happening('OralAgreementReached', '达成口头协议', once('11:05'), 'reachOralAgreement', {
    content: '样例协议：共同疏通水沟，王家补偿修沟材料费',
    terms: [
      { obligorId: sideA, kind: 'APOLOGY', manner: '当场致歉', performedAtOnce: true },
      {
        obligorId: sideB,
        obligeeId: sideA,
        kind: 'PAYMENT',
        amountFen: 30_000,
        dueDate: '2022-11-01',
        manner: '微信转账',
      },
    ],
  }),
  happening('RecordingStopped', '停止录音录像', once('11:08'), 'stopRecording', {
    recordingId,
    reason: 'SESSION_OVER',
    durationMs: 3_480_000,
    sha256: 'ab'.repeat(32),
  }),
  happening('TranscriptSigned', '签署笔录', once('11:15'), 'signTranscript', {
    version: 1,
    signers: [sideA, sideB].map(subjectId => ({ subjectId, method: 'FINGERPRINT', unableToRead: false })),
    mediators: [{ mediatorId: host, method: 'SIGN' }],
  }),
];

/** What happened at Douba, in the order in which it was recorded. */
export const doubaSession = (held: MediationCase): readonly Happening[] => [
  ...opening(held),
  ...quarrel(held),
  ...settlement(held),
];

/** Goes on with these, each when it was recorded. */
export async function tell(satchel: TestSatchel, held: MediationCase, happenings: readonly Happening[]): Promise<void> {
  for (const { command, input, occurred, recorded } of happenings) {
    satchel.clock.set(new Date(at(DAY, recorded)));
    const device = occurred === recorded ? {} : { occurredAt: at(DAY, occurred), deviceId };
    await held.do(command, { sessionId: held.sessionId, ...device, ...input });
  }
}

/** The case on the morning before its session: reported the day before, everyone agreed and invited. */
export async function beforeTheSession(satchel: TestSatchel, people: SampleStation): Promise<MediationCase> {
  satchel.clock.set(new Date(at('2022-10-17', '16:00')));
  return caseWithParticipants(satchel, people);
}
