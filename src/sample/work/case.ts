import { hostOf, mediatorsOf, type SampleHost, type SampleMediator } from '../mediators.js';
import { at, type Step } from '../story.js';
import { daysAfter, type Scene } from './scene.js';

interface Matter {
  readonly category: string;
  readonly title: string;
  readonly summary: string;
  readonly claims: readonly [a: string, b: string];
}

const MATTERS: readonly Matter[] = [
  {
    category: 'NEIGHBOUR',
    title: '邻里噪声纠纷',
    summary: '样例情况：晒场夜间打谷扰邻，双方言语冲突。',
    claims: ['样例陈述：半夜还在打谷，老人睡不着。', '样例陈述：天要下雨，不抢收就烂在地里了。'],
  },
  {
    category: 'LAND',
    title: '林地界线纠纷',
    summary: '样例情况：两家林地界桩被水冲走，对界线说法不一。',
    claims: ['样例陈述：界桩原在大核桃树下。', '样例陈述：界桩在沟边，一直以沟为界。'],
  },
  {
    category: 'DEBT',
    title: '借款纠纷',
    summary: '样例情况：借款逾期未还，借条字迹不清。',
    claims: ['样例陈述：借了八千元，一年没还。', '样例陈述：已经还过三千，没有写收条。'],
  },
  {
    category: 'HOMESTEAD',
    title: '宅基地滴水纠纷',
    summary: '样例情况：翻修房屋后屋檐滴水落入邻家宅基地。',
    claims: ['样例陈述：水滴到我家墙上，墙皮都掉了。', '样例陈述：房子是照原样修的。'],
  },
  {
    category: 'SUPPORT',
    title: '赡养纠纷',
    summary: '样例情况：兄弟二人对老人生活费分担意见不一。',
    claims: ['样例陈述：老人一直跟我住，费用应当分担。', '样例陈述：分家时说好由大哥照管。'],
  },
  {
    category: 'LABOUR',
    title: '工钱纠纷',
    summary: '样例情况：修路小工工钱未结清。',
    claims: ['样例陈述：干了二十天，只结了十天的钱。', '样例陈述：活没验收，钱要等验收后再给。'],
  },
];

export interface CaseInHand {
  readonly scene: Scene;
  readonly disputeId: string;
  readonly matter: Matter;
  readonly parties: readonly [a: string, b: string];
  /** The officer of the station who is an appointed mediator. */
  readonly host: SampleHost;
  /** A mediator of the station who is none of the police. */
  readonly elder: SampleMediator;
  /** Does something so many days after the scene began; the officer who mediates does it, unless it is said who. */
  readonly do: (after: number, time: string, command: string, input?: object, by?: string) => Step;
}

/** @param parties of sides A and B; the heads of both households, if left out */
export function openCase(scene: Scene, parties?: readonly [a: string, b: string]): CaseInHand {
  const { story, random, crew, household, neighbour } = scene;
  const disputeId = story.id('dispute', 'dispute');
  const host = hostOf(crew.station);
  const [elder] = mediatorsOf(crew.station).filter(({ officer }) => !officer);
  if (!elder) throw new Error(`Nobody but the police mediates at ${crew.station.name}`);
  const officerId = host.officer.id;
  return {
    scene,
    disputeId,
    matter: random.pick(MATTERS),
    parties: parties ?? [household.members[0].id, neighbour.members[0].id],
    host,
    elder,
    do: (after, time, command, input = {}, by = officerId) =>
      story.do(at(daysAfter(scene, after), time), by, command, { disputeId, ...input }),
  };
}

const SOURCES = ['PARTY_APPLICATION', 'PROACTIVE', 'POLICE_TRANSFER', 'COURT_ENTRUST', 'GOV_ASSIGN', 'HOTLINE_110'];

export function report({ scene, disputeId, matter, parties, host }: CaseInHand, unknownB = false): void {
  const { story, random, household, day } = scene;
  const [a, b] = parties;
  const known = [{ subjectId: a, side: 'A' }, ...(unknownB ? [] : [{ subjectId: b, side: 'B' }])];
  story.do(at(day, '09:30'), host.officer.id, 'reportDispute', {
    id: disputeId,
    source: random.pick(SOURCES),
    category: matter.category,
    title: matter.title,
    parties: known,
    ...(unknownB ? { unknownSides: ['B'] } : {}),
    divisionCode: household.divisionCode,
    village: household.village,
    summary: matter.summary,
    occurredOn: daysAfter(scene, -random.int(1, 20)),
  });
}

export function screen(dispute: CaseInHand, exclusions: readonly string[] = []): void {
  const riskLevel = dispute.scene.random.int(1, 3);
  dispute.do(0, '10:30', 'screenDispute', { legalBasis: 'CIVIL', riskLevel, exclusions });
}

export const accept = (dispute: CaseInHand, after = 1): void =>
  void dispute.do(after, '09:00', 'acceptDispute', {}, dispute.scene.crew.chief.id);

export const assign = (dispute: CaseInHand, { id: mediatorId }: SampleMediator = dispute.host, after = 1): void =>
  void dispute.do(after, '09:20', 'assignMediator', { mediatorId });

export function notify(dispute: CaseInHand, after = 2): void {
  for (const partyId of dispute.parties) dispute.do(after, '10:00', 'notifyRightsAndDuties', { partyId });
}

export function consent(dispute: CaseInHand, after = 2): void {
  for (const partyId of dispute.parties) dispute.do(after, '10:30', 'giveConsent', { partyId });
}

/** Ready to be mediated, by the officer. */
export function prepare(dispute: CaseInHand): CaseInHand {
  report(dispute);
  screen(dispute);
  accept(dispute);
  assign(dispute);
  notify(dispute);
  consent(dispute);
  return dispute;
}
