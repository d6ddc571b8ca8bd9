import { officerOf } from '../staff.js';
import { at } from '../story.js';
import { goOut, type Outing, type Scene, type Variety } from './scene.js';

const TOPICS = ['ANTI_FRAUD', 'GUNS_EXPLOSIVES', 'ILLEGAL_FISHING', 'HUKOU_GUIDE', 'OTHER'] as const;
const NOTES = [
  '样例记录：老人身体尚好，子女在外务工，留了警民联系卡。',
  '样例记录：宣讲了冒充客服退款的骗局，家中已装反诈应用。',
  '样例记录：院墙年久失修，提醒雨季注意安全。',
  '样例记录：反映村口路灯不亮，已转告村委会。',
  '样例记录：家中有一名学生，叮嘱假期不要下河。',
];
const GIFTS = ['样例礼品：一袋核桃，放在背包上', '样例礼品：一壶自家蜂蜜', '样例礼品：两包茶叶，硬塞进背包'];
const DISPOSITIONS = ['DECLINED', 'RETURNED', 'HANDED_IN'] as const;

function handOut({ random }: Scene, outing: Outing, audience: number): void {
  outing.note(5, 'distributeMaterial', { topic: random.pick(TOPICS), quantity: random.int(1, audience * 2), audience });
  if (random.chance(0.4)) outing.note(2, 'giveHukouCover', { quantity: random.int(1, 2) });
  if (random.chance(0.5)) outing.note(2, 'giveContactCard', { quantity: random.int(1, audience) });
}

function hold({ random }: Scene, outing: Outing, audienceCount: number): void {
  outing.note(20, 'holdBriefing', { topic: random.pick(TOPICS), audienceCount, durationMin: random.int(15, 45) });
}

function verify({ random, household }: Scene, outing: Outing): void {
  outing.note(6, 'verifyResidentInfo', {
    subjectId: random.pick(household.members).id,
    fieldsVerified: ['NAME', 'ADDRESS', 'PHONE'],
    result: random.pick(['MATCH', 'MATCH', 'MATCH', 'MISMATCH', 'NOT_FOUND']),
  });
}

function writeDown({ random, household }: Scene, outing: Outing): void {
  const about = random.chance(0.7) ? { subjectId: household.members[0].id } : {};
  outing.note(8, 'recordNote', { ...about, text: random.pick(NOTES) });
}

function household(scene: Scene): void {
  const outing = goOut(scene);
  verify(scene, outing);
  handOut(scene, outing, scene.household.members.length);
  writeDown(scene, outing);
  outing.complete();
}

function village(scene: Scene): void {
  const outing = goOut(scene, { kind: 'VILLAGE' });
  hold(scene, outing, scene.random.int(12, 60));
  handOut(scene, outing, 30);
  outing.complete();
}

function scenicArea(scene: Scene): void {
  const outing = goOut(scene, { kind: 'SCENIC_AREA', village: '样例景区' });
  hold(scene, outing, scene.random.int(40, 120));
  handOut(scene, outing, 85);
  outing.complete();
}

function school(scene: Scene): void {
  const outing = goOut(scene, { kind: 'SCHOOL', village: '样例小学' });
  hold(scene, outing, scene.random.int(80, 240));
  outing.complete();
}

const gift =
  (disposition: (typeof DISPOSITIONS)[number]) =>
  (scene: Scene): void => {
    const outing = goOut(scene);
    const giftId = scene.story.uuid('gift');
    handOut(scene, outing, scene.household.members.length);
    outing.note(10, 'offerGift', { giftId, description: scene.random.pick(GIFTS), estValueFen: 3_000 });
    outing.note(1, 'disposeOfGift', { giftId, disposition });
    outing.complete();
  };

const plan = (scene: Scene): string => {
  const { story, officer, household: home, day } = scene;
  const id = story.id('visit', 'planned');
  story.do(at(day, '08:00'), officer.id, 'planVisit', {
    id,
    kind: 'HOUSEHOLD',
    officerIds: [officer.id],
    divisionCode: home.divisionCode,
    village: home.village,
    householdId: home.id,
    plannedFor: day,
  });
  return id;
};

function planned(scene: Scene): void {
  const { story, officer, day } = scene;
  const visitId = plan(scene);
  story.do(at(day, '10:00'), officer.id, 'startPlannedVisit', {
    visitId,
    officerIds: [officer.id],
    backpackId: officer.backpack.id,
  });
  story.do(at(day, '10:20'), officer.id, 'distributeMaterial', { visitId, topic: 'ANTI_FRAUD', quantity: 3 });
  story.do(at(day, '10:40'), officer.id, 'completeVisit', { visitId });
}

function abandoned(scene: Scene): void {
  const { story, officer, random, day } = scene;
  const visitId = plan(scene);
  const reason = random.pick(['NOBODY_HOME', 'WEATHER', 'ROAD', 'CALLED_AWAY']);
  story.do(at(day, '11:00'), officer.id, 'abandonVisit', { visitId, reason });
}

/** Leaflets that were remembered only when the visit was over. */
function remembered(scene: Scene): void {
  const outing = goOut(scene);
  writeDown(scene, outing);
  outing.complete();
  outing.note(30, 'distributeMaterial', { topic: 'ANTI_FRAUD', quantity: 2 });
}

/** Out with the backpack of a colleague. */
function borrowedBackpack(scene: Scene): void {
  const { story, officer, crew, household: home, day } = scene;
  const colleague = officerOf(crew, crew.officers.indexOf(officer) + 1);
  const visitId = story.id('visit', 'borrowed');
  story.do(at(day, '09:00'), officer.id, 'startVisit', {
    id: visitId,
    kind: 'VILLAGE',
    officerIds: [officer.id],
    divisionCode: home.divisionCode,
    backpackId: colleague.backpack.id,
  });
  story.do(at(day, '10:00'), officer.id, 'giveContactCard', { visitId, quantity: 12 });
  story.do(at(day, '10:30'), officer.id, 'completeVisit', { visitId });
}

export const visitVarieties: readonly Variety[] = [
  { tell: household, mayBeOffline: true },
  { tell: village, mayBeOffline: true },
  { tell: scenicArea },
  { tell: school },
  { tell: planned },
  { tell: abandoned },
  ...DISPOSITIONS.map(disposition => ({ tell: gift(disposition), mayBeOffline: true })),
  { tell: remembered },
  { tell: borrowedBackpack },
];
