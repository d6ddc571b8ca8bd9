import { z } from 'zod';
import { defineEvents } from '../../kernel/events.js';
import { field, idOf, instant, line } from '../../kernel/fields.js';
import { AdjournmentReason, DisorderKind, RescheduleReason, SessionOpenness, SessionPlaceType } from '../codes.js';
import { addressOf, mediatorId, minorIds, people, sessionId, version, words, yesNo } from './fields.js';

const round = () => version('轮次', 'Which session of the case it is, from 1');
const openness = () => field(SessionOpenness.schema, '是否公开', 'Whether others may be present');
const placeType = () => field(SessionPlaceType.schema, '地点类型', 'Where it is held');

export const sessionEvents = defineEvents('dispute', {
  SessionScheduled: {
    version: 1,
    label: { zh: '排期', en: 'Session scheduled' },
    data: z.object({
      sessionId: sessionId(),
      round: round(),
      plannedFor: field(instant(), '计划时间', 'When it is to begin'),
      openness: openness(),
      placeType: placeType(),
      place: addressOf('地点', 'Place in words').optional(),
    }),
  },
  SessionRescheduled: {
    version: 1,
    label: { zh: '改期', en: 'Session rescheduled' },
    data: z.object({
      sessionId: sessionId(),
      plannedFor: field(instant(), '计划时间', 'When it is to begin'),
      reason: field(RescheduleReason.schema, '原因', 'Why'),
    }),
  },
  SessionOpened: {
    version: 1,
    label: { zh: '开始调解', en: 'Session opened' },
    citation: "People's Mediation Law arts. 19, 21",
    data: z.object({
      sessionId: sessionId(),
      round: round(),
      openness: openness(),
      placeType: placeType(),
      hostId: mediatorId('主持人', 'Mediator who hosts'),
      hostOfficerId: field(idOf('officer'), '主持民警', 'The officer whom the host also is').optional(),
      coMediatorIds: field(z.array(idOf('mediator')), '其他调解员', 'Mediators beside the host'),
      officersPresent: people('在场民警数', 'Officers present, the host included'),
      auxiliariesPresent: people('在场辅警数', 'Auxiliary officers present'),
      recordingRequired: yesNo('须全程录音录像', 'Whether one officer alone is present, so that all must be recorded'),
      minorIds: minorIds(),
    }),
  },
  LegalProvisionsExplained: {
    version: 1,
    label: { zh: '讲解法律法规', en: 'Legal provisions explained' },
    data: z.object({
      sessionId: sessionId(),
      provisions: field(z.array(line(100)).min(1).max(50), '条款', 'Statutes and articles, nothing personal'),
    }),
  },
  DisciplineAnnounced: {
    version: 1,
    label: { zh: '宣布调解纪律', en: 'Discipline announced' },
    citation: "People's Mediation Law art. 24",
    data: z.object({ sessionId: sessionId() }),
  },
  DisorderOccurred: {
    version: 1,
    label: { zh: '秩序混乱', en: 'Disorder occurred' },
    data: z.object({
      sessionId: sessionId(),
      kind: field(DisorderKind.schema, '类型', 'Quarrel or blow'),
      byPartyIds: field(z.array(idOf('resident')), '涉及当事人', 'Parties who took part'),
      account: words('情况', 'What happened', 4000).optional(),
    }),
  },
  OrderRestored: {
    version: 1,
    label: { zh: '恢复秩序', en: 'Order restored' },
    data: z.object({ sessionId: sessionId(), measures: words('措施', 'What was done', 4000).optional() }),
  },
  SessionAdjourned: {
    version: 1,
    label: { zh: '休会', en: 'Session adjourned' },
    data: z.object({ sessionId: sessionId(), reason: field(AdjournmentReason.schema, '原因', 'Why') }),
  },
  SessionResumed: {
    version: 1,
    label: { zh: '复会', en: 'Session resumed' },
    data: z.object({ sessionId: sessionId() }),
  },
  SessionEnded: {
    version: 1,
    label: { zh: '结束调解', en: 'Session ended' },
    data: z.object({ sessionId: sessionId() }),
  },
});
