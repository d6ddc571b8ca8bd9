import { at } from '../story.js';
import { daysAfter, goOut, type Scene, type Variety } from './scene.js';

const KINDS = ['HUKOU', 'IDENTITY_CARD', 'RESIDENCE_PERMIT', 'DRIVER_AND_VEHICLE', 'PROOF', 'OTHER'] as const;
const DETAILS = ['样例委托：带户口簿原件和两张照片去换页。', '样例委托：代缴驾驶证换证工本费，余款退回。'];
const FEE_FEN = 2_000;

function request(scene: Scene): string {
  const { story, random, household } = scene;
  const id = story.id('errand', 'errand');
  const outing = goOut(scene);
  outing.do(9, 'requestErrand', {
    id,
    kind: random.pick(KINDS),
    residentId: household.members[0].id,
    details: random.pick(DETAILS),
    originVisitId: outing.visitId,
  });
  outing.complete();
  return id;
}

const accept = (scene: Scene, errandId: string) =>
  scene.story.do(at(daysAfter(scene, 1), '09:00'), scene.officer.id, 'acceptErrand', { errandId });

const complete = (scene: Scene, errandId: string, fees: Readonly<Record<string, unknown>>) =>
  scene.story.do(at(daysAfter(scene, 2), '15:00'), scene.officer.id, 'completeErrand', {
    errandId,
    count: scene.random.int(1, 3),
    ...fees,
  });

function bringBack(scene: Scene, errandId: string, feeReturnedFen: number): void {
  const outing = goOut(scene, { kind: 'FOLLOW_UP', inDays: 6 });
  outing.do(8, 'returnResult', { errandId, visitId: outing.visitId, feeReturnedFen });
  outing.complete();
}

function done(scene: Scene): void {
  const errandId = request(scene);
  accept(scene, errandId);
  complete(scene, errandId, {
    feeCollectedFen: FEE_FEN,
    feeRemittedFen: FEE_FEN / 2,
    receiptNo: `样票${scene.random.int(1, 9999)}`,
  });
  bringBack(scene, errandId, FEE_FEN / 2);
}

function free(scene: Scene): void {
  const errandId = request(scene);
  accept(scene, errandId);
  complete(scene, errandId, {});
}

/** Paid on without a receipt, and the rest not given back. */
function badlyAccounted(scene: Scene): void {
  const errandId = request(scene);
  complete(scene, errandId, { feeCollectedFen: FEE_FEN, feeRemittedFen: FEE_FEN / 2 });
  bringBack(scene, errandId, 0);
}

function failed(scene: Scene): void {
  const { story, officer, random } = scene;
  const errandId = request(scene);
  accept(scene, errandId);
  story.do(at(daysAfter(scene, 3), '11:00'), officer.id, 'failErrand', {
    errandId,
    reason: random.pick(['PAPERS_MISSING', 'NOT_ELIGIBLE', 'IN_PERSON_ONLY', 'OFFICE_REFUSED']),
  });
  bringBack(scene, errandId, 0);
}

export const errandVarieties: readonly Variety[] = [
  { tell: done },
  { tell: free },
  { tell: badlyAccounted },
  { tell: failed },
  { tell: scene => void request(scene) },
  { tell: scene => void accept(scene, request(scene)) },
];
