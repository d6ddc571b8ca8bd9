import { z } from 'zod';
import { defineEvents, type EventsOf } from '../kernel/events.js';
import { count, day, fen, field, idOf, line, personal, positive, prose, uuid } from '../kernel/fields.js';
import { must } from '../kernel/must.js';
import { AbandonReason, PublicityTopic, VerificationResult, VerifiedField, VisitKind } from './codes.js';

/** What a person types, before it is sealed. */
export const typed = {
  village: field(line(80), '村（社区）', 'Village, neighbourhood or scenic area'),
  villageCode: field(
    z.string().regex(/^\d{12}$/, must('应为12位数字', 'must have 12 digits')),
    '村（社区）代码',
    'Code of the village, where it has one',
  ),
  text: field(prose(4000), '记录', 'What was seen and heard'),
  description: field(prose(500), '物品', 'What was offered, and how'),
};

/** Who goes, and where to. */
export const going = {
  kind: field(VisitKind.schema, '类型', 'Where officers go, and why'),
  officerIds: field(z.array(idOf('officer')).min(1).max(20), '民警', 'Officers who go'),
  auxiliaryIds: field(z.array(idOf('officer')).max(20), '辅警', 'Auxiliary officers who go along'),
  householdId: field(uuid(), '户', 'Household that is visited'),
  divisionCode: field(z.string().regex(/^\d{9}$/, must('应为9位数字', 'must have 9 digits')), '乡镇代码', 'Township'),
};

const trip = {
  orgUnitId: field(idOf('orgunit'), '派出所', 'Station whose visit it is'),
  ...going,
  householdId: going.householdId.optional(),
  village: field(personal(typed.village, 'ADDRESS'), '村（社区）', 'Village, neighbourhood or scenic area').optional(),
  villageCode: field(personal(typed.villageCode, 'TEXT'), '村（社区）代码', 'Code of the village').optional(),
};

const giftId = field(uuid(), '礼品编号', 'The gift');
const POLICE_LAW = 'Police Law art. 22(9)';

export const visitEvents = defineEvents('visit', {
  VisitPlanned: {
    version: 1,
    label: { zh: '计划走访', en: 'Visit planned' },
    data: z.object({ ...trip, plannedFor: field(day(), '计划日期', 'Legal day on which it is to be') }),
  },
  VisitStarted: {
    version: 1,
    label: { zh: '开始走访', en: 'Visit started' },
    citation: 'Carry out, carry back, carry out again (背出去、背回来、再背出去)',
    data: z.object({
      ...trip,
      backpackId: field(idOf('backpack'), '警务背包', 'Backpack that was taken along').optional(),
    }),
  },
  VisitNoteRecorded: {
    version: 1,
    label: { zh: '走访记录', en: 'Note recorded' },
    data: z.object({
      subjectId: field(idOf('resident'), '居民', 'Whom it is about: sealed with the key of that resident').optional(),
      text: field(personal(typed.text, 'TEXT', 'subjectId'), '记录', 'What was seen and heard'),
    }),
  },
  MaterialDistributed: {
    version: 1,
    label: { zh: '发放宣传资料', en: 'Publicity material distributed' },
    data: z.object({
      topic: field(PublicityTopic.schema, '主题', 'What it is about'),
      quantity: field(positive(), '数量', 'Copies (份)'),
      audience: field(count(), '人数', 'People who were reached (人)').optional(),
    }),
    correctable: ['topic', 'quantity', 'audience'],
  },
  HukouCoverGiven: {
    version: 1,
    label: { zh: '发放户口簿封皮', en: 'Hukou-book covers given' },
    citation: 'Given free of charge (免费)',
    data: z.object({
      quantity: field(positive(), '数量', 'Covers (个), free of charge'),
      feeFen: field(z.literal(0), '费用', 'What was charged, in fen: nothing').optional(),
    }),
    correctable: ['quantity'],
  },
  ContactCardGiven: {
    version: 1,
    label: { zh: '发放警民联系卡', en: 'Contact cards given' },
    data: z.object({ quantity: field(positive(), '数量', 'Cards (张)') }),
    correctable: ['quantity'],
  },
  BriefingHeld: {
    version: 1,
    label: { zh: '防范宣讲', en: 'Briefing held' },
    data: z.object({
      topic: field(PublicityTopic.schema, '主题', 'What it was about'),
      audienceCount: field(positive(), '人数', 'People who listened (人)'),
      durationMin: field(z.number().int().min(1).max(1440), '时长（分钟）', 'How long it took, in minutes'),
    }),
    correctable: ['topic', 'audienceCount', 'durationMin'],
  },
  ResidentInfoVerified: {
    version: 1,
    label: { zh: '信息核查', en: 'Resident information verified' },
    citation: 'Resident information collection form (居民信息采集表)',
    data: z.object({
      subjectId: field(idOf('resident'), '居民', 'Whose information it is'),
      fieldsVerified: field(
        z.array(VerifiedField.schema).min(1).max(VerifiedField.values.length),
        '核查项目',
        'What was compared with the register',
      ),
      result: field(VerificationResult.schema, '结果', 'What it came to'),
    }),
    correctable: ['fieldsVerified', 'result'],
  },
  GiftOffered: {
    version: 1,
    label: { zh: '群众送礼', en: 'Gift offered' },
    citation: POLICE_LAW,
    data: z.object({
      giftId,
      description: field(personal(typed.description, 'TEXT'), '物品', 'What was offered, and how'),
      estValueFen: field(fen(), '估价', 'What it may be worth, in fen').optional(),
    }),
    correctable: ['estValueFen'],
  },
  GiftDeclined: {
    version: 1,
    label: { zh: '谢绝礼品', en: 'Gift declined' },
    citation: POLICE_LAW,
    data: z.object({ giftId }),
  },
  GiftReturned: {
    version: 1,
    label: { zh: '退还礼品', en: 'Gift returned' },
    citation: POLICE_LAW,
    data: z.object({ giftId }),
  },
  GiftHandedIn: {
    version: 1,
    label: { zh: '上交礼品', en: 'Gift handed in' },
    citation: POLICE_LAW,
    data: z.object({ giftId }),
  },
  VisitCompleted: {
    version: 1,
    label: { zh: '完成走访', en: 'Visit completed' },
    data: z.object({}),
  },
  VisitAbandoned: {
    version: 1,
    label: { zh: '中止走访', en: 'Visit abandoned' },
    data: z.object({ reason: field(AbandonReason.schema, '原因', 'Why') }),
  },
});

export type VisitEvent = EventsOf<typeof visitEvents>;
