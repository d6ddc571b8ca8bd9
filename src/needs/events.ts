import { z } from 'zod';
import { type CodeOf, codeList } from '../kernel/codes.js';
import { defineEvents, type EventsOf } from '../kernel/events.js';
import { day, field, idOf, personal, prose } from '../kernel/fields.js';
import { VULNERABILITIES } from '../kernel/vulnerabilities.js';

export const NeedCategory = codeList('NeedCategory', 'What residents ask for.', {
  CERTIFICATE: { zh: '办证', en: 'A certificate' },
  HUKOU: { zh: '户籍业务', en: 'Household registration' },
  SAFETY: { zh: '治安防范', en: 'Safety and prevention' },
  DISPUTE: { zh: '矛盾纠纷', en: 'Help with a dispute' },
  LIVELIHOOD: { zh: '生活困难', en: 'Hardship' },
  SUGGESTION: { zh: '意见建议', en: 'A wish or suggestion' },
  OTHER: { zh: '其他', en: 'Other' },
});

export const Vulnerability = codeList('NeedVulnerability', 'Why someone needs special care.', VULNERABILITIES);

export const ResponseOutcome = codeList('ResponseOutcome', 'What a response came to.', {
  SOLVED: { zh: '已解决', en: 'Solved' },
  PARTLY_SOLVED: { zh: '部分解决', en: 'Partly solved' },
  NOT_SOLVED: { zh: '未解决', en: 'Not solved' },
});

export type ResponseOutcome = CodeOf<typeof ResponseOutcome>;

export const UnresolvableReason = codeList('UnresolvableReason', 'Why a need cannot be met.', {
  NOT_LAWFUL: { zh: '于法无据', en: 'No basis in law' },
  NOT_OUR_POWERS: { zh: '不属公安职权', en: 'Beyond the powers of the police' },
  WITHDRAWN: { zh: '本人撤回', en: 'Withdrawn' },
  OUT_OF_REACH: { zh: '条件不具备', en: 'Nothing that can be done at present' },
});

const ReopenReason = codeList('NeedReopenReason', 'Why a need is taken up again.', {
  CAME_BACK: { zh: '问题再现', en: 'The problem came back' },
  NOT_SATISFIED: { zh: '群众不满意', en: 'The resident is not satisfied' },
  RECORDED_WRONGLY: { zh: '登记有误', en: 'Recorded wrongly' },
});

/** What the resident said is sealed with the resident's key, or with the need's own where nobody is named. */
export const needEvents = defineEvents('need', {
  NeedRaised: {
    version: 1,
    label: { zh: '带回诉求', en: 'Need carried back' },
    citation: 'Carry out, carry back, carry out again (背出去、背回来、再背出去)',
    data: z.object({
      category: field(NeedCategory.schema, '类别', 'What it is about'),
      summary: field(personal(prose(2000), 'TEXT', 'residentId'), '诉求内容', 'What is asked for'),
      vulnerable: field(
        personal(z.array(Vulnerability.schema).max(4), 'TEXT', 'residentId'),
        '特殊群体',
        'Why the resident needs special care',
      ),
      originVisitId: field(idOf('visit'), '来源走访', 'Visit on which it was raised'),
      residentId: field(idOf('resident'), '诉求人', 'Who raised it; nobody, if it is the wish of a village').optional(),
      divisionCode: field(z.string(), '区划代码', 'Township in which it was raised').optional(),
    }),
    correctable: ['category'],
  },
  NeedAccepted: {
    version: 1,
    label: { zh: '受理诉求', en: 'Need accepted' },
    data: z.object({
      officerId: field(idOf('officer'), '负责民警', 'Officer who answers for it'),
    }),
  },
  ResponsePlanned: {
    version: 1,
    label: { zh: '制定对策', en: 'Response planned' },
    data: z.object({
      residentId: field(idOf('resident'), '诉求人', 'Who raised it').optional(),
      measure: field(personal(prose(2000), 'TEXT', 'residentId'), '对策', 'What is to be done'),
      plannedFor: field(day(), '计划日期', 'Legal day by which it is to be done'),
    }),
    correctable: ['plannedFor'],
  },
  ResponseDelivered: {
    version: 1,
    label: { zh: '再背出去', en: 'Response carried out' },
    data: z.object({
      responseVisitId: field(idOf('visit'), '回应走访', 'Visit on which it was brought'),
      outcome: field(ResponseOutcome.schema, '结果', 'What it came to'),
    }),
    correctable: ['outcome'],
  },
  NeedClosed: {
    version: 1,
    label: { zh: '诉求办结', en: 'Need closed' },
    data: z.object({
      outcome: field(ResponseOutcome.schema, '结果', 'What the last response came to'),
      daysOpen: field(z.number().int(), '历时天数', 'Days from raised to closed'),
    }),
  },
  NeedUnresolvable: {
    version: 1,
    label: { zh: '无法办理', en: 'Need cannot be met' },
    data: z.object({ reason: field(UnresolvableReason.schema, '原因', 'Why it cannot be met') }),
  },
  NeedReopened: {
    version: 1,
    label: { zh: '重新办理', en: 'Need reopened' },
    data: z.object({ reason: field(ReopenReason.schema, '原因', 'Why it is taken up again') }),
  },
});

export type NeedEvent = EventsOf<typeof needEvents>;
