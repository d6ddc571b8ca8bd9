import {
  accept,
  apply,
  arrive,
  deliver,
  fail,
  giveBack,
  load,
  type Paper,
  produce,
  submit,
  surrenderOldCard,
} from './application.js';
import type { Scene, Variety } from './scene.js';

function renewed(scene: Scene): void {
  const paper = apply(scene, { reason: scene.random.pick(['EXPIRED', 'DAMAGED', 'RENAME', 'ERROR']) });
  arrive(paper);
  load(paper, 27);
  surrenderOldCard(paper, 27);
  deliver(paper, 27);
}

function lost(scene: Scene): void {
  const paper = apply(scene, { reason: 'LOST' });
  arrive(paper);
  load(paper, 26);
  deliver(paper, 26);
}

/** Nobody at home twice; the third time it is handed over. */
function thirdAttempt(scene: Scene): void {
  const paper = apply(scene, { reason: 'LOST' });
  arrive(paper);
  for (const after of [26, 29]) {
    load(paper, after);
    fail(paper, after, 'NOT_HOME');
    giveBack(paper, after);
  }
  load(paper, 33);
  deliver(paper, 33);
}

function supplemented(scene: Scene): void {
  const paper = apply(scene, { certType: 'HUKOU_BOOK', reason: 'DAMAGED' });
  submit(paper);
  paper.byChief(3, '10:00', 'requestSupplement', { reason: 'PHOTO' });
  paper.do(5, '10:00', 'rejectPhoto', { fault: 'BLURRED' });
  paper.do(6, '10:00', 'capturePhoto', {
    sha256: '0'.repeat(64),
    widthPx: 358,
    heightPx: 441,
    background: 'WHITE',
    backdropUsed: true,
  });
  paper.do(6, '10:30', 'submitApplication');
  paper.byChief(8, '10:00', 'acceptCertificateApplication', { receiptNo: '样回补正一号' });
}

function rejected(scene: Scene): void {
  const paper = apply(scene);
  submit(paper);
  paper.byChief(4, '10:00', 'rejectCertificateApplication', { reason: 'NOT_REGISTERED_HERE' });
}

/** No old card to be found, no prints to be taken, and a proxy who signs. */
function byProxy(scene: Scene): void {
  const paper = apply(scene, { reason: 'FIRST_GEN_VOID', exempted: true });
  arrive(paper);
  paper.do(25, '09:00', 'waiveOldCard', { reason: 'NOT_FOUND' });
  load(paper, 28);
  deliver(paper, 28, {
    signer: 'PROXY',
    proxyName: '样例代领人甲',
    authorisationNo: '样委一号',
    verifiedChip: true,
    verifiedFinger: false,
  });
}

/** For a child, where there is one. */
function byGuardian(scene: Scene): void {
  const [head, ...others] = scene.household.members;
  const minor = others.find(({ age }) => age < 15);
  const paper = apply(scene, {
    reason: 'FIRST',
    ...(minor ? { applicantId: minor.id, guardianId: head.id } : {}),
  });
  arrive(paper);
  load(paper, 30);
  deliver(paper, 30, { signer: minor ? 'GUARDIAN' : 'SELF', verifiedChip: true, verifiedFinger: !minor });
}

function atCounter(scene: Scene): void {
  const paper = apply(scene, { certType: 'TEMP_ID', reason: 'LOST' });
  arrive(paper);
  paper.do(26, '09:30', 'handOverAtCounter', { signer: 'SELF', verifiedChip: true, verifiedFinger: true });
}

function cancelled(scene: Scene): void {
  const paper = apply(scene);
  submit(paper);
  paper.do(9, '15:00', 'cancelCertificate', { reason: 'WITHDRAWN' });
}

/** Extended, and still handed over when the term had ended; without notice, backdrop or fingerprint. */
function tooLate(scene: Scene): void {
  const paper = apply(scene, { reason: 'LOST', withoutNotice: true, backdropUsed: false });
  arrive(paper);
  paper.byChief(50, '10:00', 'extendCertificateDeadline', { extraDays: 10, reason: 'ROAD_CUT' });
  load(paper, 75);
  fail(paper, 75, 'ROAD');
  deliver(paper, 76, { signer: 'SELF', verifiedChip: false, verifiedFinger: false });
}

const STAGES: readonly ((paper: Paper) => void)[] = [
  submit,
  accept,
  produce,
  paper => paper.do(24, '09:00', 'receiveAtStation'),
  paper => load(paper, 26),
  paper => paper.do(26, '10:00', 'attemptDelivery'),
  paper => paper.do(26, '10:30', 'failDelivery', { reason: 'MOVED' }),
];

/** Got so far and no further yet: one for each stage. */
const unfinished = STAGES.map((_, reached) => (scene: Scene): void => {
  const paper = apply(scene, { certType: 'RESIDENCE_PERMIT', reason: 'FIRST' });
  for (const stage of STAGES.slice(0, reached)) stage(paper);
});
const undelivered = (scene: Scene): void => {
  const paper = apply(scene, { reason: 'LOST' });
  for (const stage of STAGES) stage(paper);
};

export const certificateVarieties: readonly Variety[] = [
  ...[renewed, lost, thirdAttempt, supplemented, rejected, byProxy, byGuardian, atCounter, cancelled, tooLate],
  ...[...unfinished, undelivered],
].map(tell => ({ tell }));
