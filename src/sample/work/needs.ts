import { at } from '../story.js';
import { daysAfter, goOut, type Scene, type Variety } from './scene.js';

const WISHES = [
  ['HUKOU', '样例诉求：新生儿落户，家里无人能去镇上。'],
  ['SAFETY', '样例诉求：夜间有陌生车辆停在晒场，希望加强巡逻。'],
  ['LIVELIHOOD', '样例诉求：独居老人行动不便，盼有人定期上门。'],
  ['SUGGESTION', '样例诉求：希望在集市日设一个反诈咨询点。'],
  ['DISPUTE', '样例诉求：与邻居因水渠分水不均，盼派出所出面。'],
  ['CERTIFICATE', '样例诉求：证件快到期，不知如何办理。'],
] as const;
const MEASURES = ['样例对策：联系户籍窗口预约，下次走访带回结果。', '样例对策：与村委会商定巡防安排，逢集必到。'];

/** Carried back from a visit. */
function raise(scene: Scene): string {
  const { story, random, household } = scene;
  const [category, summary] = random.pick(WISHES);
  const [head] = household.members;
  const id = story.id('need', 'need');
  const outing = goOut(scene);
  outing.do(12, 'raiseNeed', {
    id,
    category,
    summary,
    vulnerable: head.age >= 60 ? ['ELDER'] : [],
    originVisitId: outing.visitId,
    residentId: head.id,
  });
  outing.complete();
  return id;
}

function accept(scene: Scene, needId: string): void {
  scene.story.do(at(daysAfter(scene, 1), '09:00'), scene.officer.id, 'acceptNeed', { needId });
}

function plan(scene: Scene, needId: string): void {
  const { story, officer, random } = scene;
  story.do(at(daysAfter(scene, 1), '09:20'), officer.id, 'planResponse', {
    needId,
    measure: random.pick(MEASURES),
    plannedFor: daysAfter(scene, 10),
  });
}

/** Carried out again. */
function respond(scene: Scene, needId: string, outcome: string, inDays = 8): void {
  const outing = goOut(scene, { kind: 'FOLLOW_UP', inDays });
  outing.do(10, 'deliverResponse', { needId, responseVisitId: outing.visitId, outcome });
  outing.complete();
}

function close(scene: Scene, needId: string, inDays = 9): void {
  scene.story.do(at(daysAfter(scene, inDays), '16:00'), scene.officer.id, 'closeNeed', { needId });
}

function wholeLoop(scene: Scene): string {
  const needId = raise(scene);
  accept(scene, needId);
  plan(scene, needId);
  respond(scene, needId, 'SOLVED');
  close(scene, needId);
  return needId;
}

function reopened(scene: Scene): void {
  const { story, officer } = scene;
  const needId = wholeLoop(scene);
  story.do(at(daysAfter(scene, 20), '10:00'), officer.id, 'reopenNeed', { needId, reason: 'CAME_BACK' });
}

function unresolvable(scene: Scene): void {
  const needId = raise(scene);
  accept(scene, needId);
  scene.story.do(at(daysAfter(scene, 5), '10:00'), scene.crew.chief.id, 'declareUnresolvable', {
    needId,
    reason: scene.random.pick(['NOT_LAWFUL', 'NOT_OUR_POWERS', 'WITHDRAWN', 'OUT_OF_REACH']),
  });
}

/** Solved in part, planned again, and still open. */
function secondPlan(scene: Scene): void {
  const needId = raise(scene);
  accept(scene, needId);
  plan(scene, needId);
  respond(scene, needId, 'PARTLY_SOLVED');
}

/** Carried out again at once, before anyone had planned it. */
function unplanned(scene: Scene): void {
  const needId = raise(scene);
  respond(scene, needId, 'SOLVED', 3);
  close(scene, needId, 4);
}

const justRaised = (scene: Scene): void => void raise(scene);

function onlyAccepted(scene: Scene): void {
  accept(scene, raise(scene));
}

export const needVarieties: readonly Variety[] = [
  { tell: scene => void wholeLoop(scene) },
  { tell: reopened },
  { tell: unresolvable },
  { tell: secondPlan },
  { tell: unplanned },
  { tell: justRaised },
  { tell: onlyAccepted },
];
