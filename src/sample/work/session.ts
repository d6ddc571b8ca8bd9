import { derivedUuid } from '../../kernel/ids.js';
import { at, type Step, watch } from '../story.js';
import type { CaseInHand } from './case.js';
import { daysAfter } from './scene.js';

/** A session under way. */
export interface Sitting {
  readonly dispute: CaseInHand;
  readonly sessionId: string;
  readonly recordingId: string;
  /** Days after the case began. */
  readonly on: number;
  /** Does something so many minutes on. */
  readonly do: (minutes: number, command: string, input?: object) => Step;
  /** The same, of the case and not of the session. */
  readonly ofCase: Sitting['do'];
}

interface SittingOptions {
  readonly on?: number;
  readonly round?: number;
  /** Who hosts and writes it down; the officer, if left out. */
  readonly by?: string;
  readonly hostId?: string;
}

export function schedule(dispute: CaseInHand, { on = 7, round = 1, by }: SittingOptions = {}): string {
  const { scene } = dispute;
  const sessionId = scene.story.uuid(`session ${round}`);
  const plannedFor = at(daysAfter(scene, on), '14:30').toISOString();
  dispute.do(
    Math.min(3, on),
    '11:00',
    'scheduleSession',
    { sessionId, plannedFor, placeType: scene.random.pick(['STATION', 'VILLAGE', 'HOME', 'FIELD']) },
    by,
  );
  return sessionId;
}

/** Opens a session that is scheduled. */
export function open(dispute: CaseInHand, sessionId: string, options: SittingOptions = {}): Sitting {
  const { on = 7, by, hostId = dispute.host.id } = options;
  const { scene, disputeId, host } = dispute;
  const clock = watch(at(daysAfter(scene, on), '14:30'));
  const officers = hostId === host.id ? 1 : 0;
  const ofCase: Sitting['do'] = (minutes, command, input = {}) =>
    scene.story.do(clock(minutes), by ?? host.officer.id, command, { disputeId, ...input });
  const sitting: Sitting = {
    dispute,
    sessionId,
    recordingId: scene.story.uuid(`recording of ${sessionId}`),
    on,
    do: (minutes, command, input = {}) => ofCase(minutes, command, { sessionId, ...input }),
    ofCase,
  };
  sitting.do(0, 'openSession', { hostId, officersPresent: officers, auxiliariesPresent: 1 });
  return sitting;
}

/** What comes before the first words. */
export function begin(sitting: Sitting): void {
  sitting.do(3, 'explainLegalProvisions', { provisions: ['人民调解法第二十三条', '民法典第二百八十八条'] });
  sitting.do(3, 'announceDiscipline');
  sitting.do(1, 'giveRecordingNotice');
  sitting.do(1, 'startRecording', { recordingId: sitting.recordingId, deviceSerial: 'KX-ZFJLY-0001' });
}

export function hear(sitting: Sitting): void {
  const { parties, matter } = sitting.dispute;
  for (const [index, partyId] of parties.entries())
    sitting.do(6, 'recordStatement', { partyId, text: matter.claims[index] ?? matter.claims[0] });
}

export const hold = (dispute: CaseInHand, options: SittingOptions = {}): Sitting => {
  const sitting = open(dispute, schedule(dispute, options), options);
  begin(sitting);
  hear(sitting);
  return sitting;
};

interface Term {
  readonly kind: 'PAYMENT' | 'REPAIR';
  readonly amountFen?: number;
  readonly dueInDays?: number;
  readonly performedAtOnce?: boolean;
}

const termsOf = ({ dispute, on }: Sitting, { kind, amountFen, dueInDays = 30, performedAtOnce = false }: Term) => [
  {
    obligorId: dispute.parties[1],
    obligeeId: dispute.parties[0],
    kind,
    ...(amountFen === undefined ? {} : { amountFen }),
    dueDate: daysAfter(dispute.scene, on + dueInDays),
    performedAtOnce,
    manner: kind === 'PAYMENT' ? '样例履行：以现金一次付清' : '样例履行：自行修复到原状',
  },
];

/** Id of the only obligation that a command made: it follows from the command. */
const obligationOf = ({ by, commandId }: Step): string => derivedUuid(by, commandId, 'term-0');

/** @returns id of the obligation */
export function agreeOrally(sitting: Sitting, term: Term): string {
  sitting.do(10, 'recordReconciliation');
  const terms = termsOf(sitting, term);
  return obligationOf(sitting.do(3, 'reachOralAgreement', { content: '样例协议：双方按口头约定履行。', terms }));
}

/** @returns id of the obligation */
export function agreeInWriting(sitting: Sitting, term: Term): string {
  const { parties, host } = sitting.dispute;
  const drafting = sitting.ofCase(8, 'draftAgreement', {
    facts: '样例事实：双方确认纠纷经过。',
    disputedPoints: '样例争议：责任大小与补偿数额。',
    responsibility: '样例责任：乙方承担主要责任。',
    content: '样例协议书：双方按约定期限履行，今后互不追究。',
    terms: termsOf(sitting, term),
  });
  for (const partyId of parties) sitting.ofCase(2, 'signAgreement', { version: 1, partyId, method: 'FINGERPRINT' });
  sitting.ofCase(2, 'signAgreementAsMediator', { version: 1, mediatorId: host.id, method: 'SIGN' });
  sitting.ofCase(2, 'affixSeal', { version: 1 });
  return obligationOf(drafting);
}

/** Stops the recording; the transcript is signed while the session is still open. */
export function end(sitting: Sitting): void {
  const { parties, host } = sitting.dispute;
  sitting.do(3, 'stopRecording', {
    recordingId: sitting.recordingId,
    reason: 'SESSION_OVER',
    durationMs: 2_400_000,
    sha256: 'ab'.repeat(32),
  });
  sitting.do(4, 'draftTranscript', { simplified: true, content: '样例笔录：记录事项与结果。' });
  sitting.do(2, 'readBackTranscript', { version: 1 });
  sitting.do(3, 'signTranscript', {
    version: 1,
    signers: parties.map(subjectId => ({ subjectId, method: 'SIGN', unableToRead: false })),
    mediators: [{ mediatorId: host.id, method: 'SIGN' }],
  });
  sitting.do(1, 'endSession');
}
