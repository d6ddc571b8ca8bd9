import { z } from 'zod';
import { defineEvents } from '../../kernel/events.js';
import { field, idOf, line, personal, prose } from '../../kernel/fields.js';
import { must } from '../../kernel/must.js';
import {
  DisputeCategory,
  DisputeSource,
  ExclusionCode,
  LegalBasis,
  MediationTrack,
  PartySide,
  RecallReason,
  ReferralReason,
  ReturnReason,
} from '../codes.js';
import { addressOf, minorIds, onDay, partyId, side, sides, unitId } from './fields.js';

const partySchema = z.object({
  subjectId: field(idOf('resident'), '当事人', 'The resident who is a party'),
  side: field(PartySide.schema, '一方', 'Side of the dispute'),
});

const divisionCode = z.string().regex(/^\d{9}$/, must('应为乡镇的9位代码', 'must be the nine digits of a township'));

export const caseEvents = defineEvents('dispute', {
  DisputeReported: {
    version: 1,
    label: { zh: '纠纷登记', en: 'Dispute reported' },
    citation: "People's Mediation Law arts. 17, 18",
    data: z.object({
      orgUnitId: unitId('登记单位', 'Unit that the case belongs to'),
      source: field(DisputeSource.schema, '来源', 'How it came to the station'),
      category: field(DisputeCategory.schema, '类别', 'What it is about'),
      title: field(line(60), '标题', 'Short name of the case without anything personal'),
      parties: field(z.array(partySchema).min(1).max(20), '当事人', 'Parties who are known'),
      unknownSides: sides('未知一方', 'Sides on which nobody is known yet'),
      minorIds: minorIds(),
      divisionCode: field(divisionCode, '乡镇代码', 'Township where it is'),
      village: addressOf('村组地址', 'Village or address').optional(),
      summary: field(personal(prose(4000), 'TEXT'), '纠纷情况', 'What it is about, in words').optional(),
      occurredOn: onDay('纠纷发生日期', 'Day on which it began').optional(),
      visitId: field(idOf('visit'), '来源走访', 'Visit on which it was found').optional(),
    }),
    correctable: ['source', 'category', 'title', 'occurredOn', 'village', 'summary'],
  },
  PartyIdentified: {
    version: 1,
    label: { zh: '查明当事人', en: 'Party identified' },
    data: z.object({ partyId: partyId(), side: side(), minorIds: minorIds() }),
  },
  DisputeScreened: {
    version: 1,
    label: { zh: '排查研判', en: 'Dispute screened' },
    data: z.object({
      legalBasis: field(LegalBasis.schema, '性质', 'What kind of matter it is'),
      riskLevel: field(z.number().int().min(1).max(4), '风险等级', 'From 1, low, to 4, urgent'),
      exclusions: field(z.array(ExclusionCode.schema), '排除情形', "What bars people's mediation"),
    }),
    correctable: ['riskLevel'],
  },
  DisputeExcluded: {
    version: 1,
    label: { zh: '不适用调解', en: 'Dispute excluded' },
    data: z.object({
      exclusionCode: field(ExclusionCode.schema, '情形', "What bars people's mediation"),
      citation: field(line(200), '依据', 'Statute and article'),
    }),
  },
  DisputeReferred: {
    version: 1,
    label: { zh: '移送', en: 'Dispute referred' },
    citation: "People's Mediation Law art. 18",
    data: z.object({
      fromUnitId: unitId('移送单位', 'Unit that hands it over'),
      toUnitId: unitId('接收单位', 'Unit that is to take it'),
      reason: field(ReferralReason.schema, '原因', 'Why it is handed over'),
    }),
  },
  ReferralAccepted: {
    version: 1,
    label: { zh: '接收移送', en: 'Referral accepted' },
    data: z.object({ unitId: unitId('接收单位', 'Unit that took it'), acceptedOn: onDay('接收日期', 'Legal day') }),
  },
  ReferralReturned: {
    version: 1,
    label: { zh: '退回移送', en: 'Referral returned' },
    data: z.object({
      unitId: unitId('退回单位', 'Unit that sends it back'),
      reason: field(ReturnReason.schema, '原因', 'Why it is sent back'),
    }),
  },
  ReferralRecalled: {
    version: 1,
    label: { zh: '撤回移送', en: 'Referral recalled' },
    data: z.object({
      unitId: unitId('撤回单位', 'Unit that had handed it over'),
      reason: field(RecallReason.schema, '原因', 'Why it is taken back'),
    }),
  },
  DisputeAccepted: {
    version: 1,
    label: { zh: '受理', en: 'Dispute accepted' },
    citation: "Rules on people's mediation work (2002) arts. 23, 36",
    data: z.object({
      track: field(MediationTrack.schema, '调解类型', 'Law under which it is mediated'),
      caseNo: field(line(60), '案号', 'Number of the case, `(2022)人调字第 7 号`'),
      acceptedOn: onDay('受理日期', 'Legal day of acceptance'),
      dueDate: onDay('办理期限', 'Last day of the month that mediation should take'),
      calendarVersion: field(line(60), '日历版本', 'Calendar that the last day was found with'),
      ruleSetId: field(line(40), '规则版本', 'Rules in force on that day'),
    }),
  },
  MediationPeriodExtended: {
    version: 1,
    label: { zh: '延长调解期限', en: 'Mediation period extended' },
    citation: "Rules on people's mediation work (2002) art. 36",
    data: z.object({
      newDueDate: onDay('新期限', 'New last day'),
      consentBy: sides('同意方', 'Sides that agreed'),
    }),
  },
});
