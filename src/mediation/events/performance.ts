import { z } from 'zod';
import { defineEvents } from '../../kernel/events.js';
import { fen, field, idOf, line, uuid } from '../../kernel/fields.js';
import { FollowUpPerformance } from '../codes.js';
import { obligationId, onDay, partyId, sha256, unitId, words, yesNo } from './fields.js';

const SUPERVISION = "People's Mediation Law art. 31; rules (2002) art. 39";
const followUpId = () => field(uuid(), '回访', 'The follow-up');
const performed = {
  obligationId: obligationId(),
  amountFen: field(fen(), '金额（分）', 'Money paid this time, in fen').optional(),
  receiptSha256: sha256('收据摘要', 'SHA-256 of the receipt').optional(),
};

export const performanceEvents = defineEvents('dispute', {
  ObligationDue: {
    version: 1,
    label: { zh: '履行到期', en: 'Obligation due' },
    citation: SUPERVISION,
    data: z.object({
      obligationId: obligationId(),
      dueDate: onDay('履行期限', 'Last day of performance, which has come; the obligation is not performed'),
    }),
  },
  ObligationPerformed: {
    version: 1,
    label: { zh: '履行完毕', en: 'Obligation performed' },
    citation: SUPERVISION,
    data: z.object({ ...performed, performedOn: onDay('履行日期', 'Legal day') }),
    correctable: ['amountFen'],
  },
  ObligationPartlyPerformed: {
    version: 1,
    label: { zh: '部分履行', en: 'Obligation partly performed' },
    citation: SUPERVISION,
    data: z.object({ ...performed, performedOn: onDay('履行日期', 'Legal day') }),
    correctable: ['amountFen'],
  },
  ObligationBreached: {
    version: 1,
    label: { zh: '违约', en: 'Obligation breached' },
    citation: SUPERVISION,
    data: z.object({
      obligationId: obligationId(),
      breachedOn: onDay('违约日期', 'Legal day'),
      account: words('情况', 'What was not done', 4000).optional(),
    }),
  },
  PerformanceUrged: {
    version: 1,
    label: { zh: '督促履行', en: 'Performance urged' },
    citation: SUPERVISION,
    data: z.object({
      obligationId: obligationId(),
      newDueDate: onDay('宽限日期', 'Day until which performance is awaited').optional(),
      account: words('情况', 'How it was urged', 4000).optional(),
    }),
  },
  FollowUpScheduled: {
    version: 1,
    label: { zh: '安排回访', en: 'Follow-up scheduled' },
    citation: SUPERVISION,
    data: z.object({ followUpId: followUpId(), dueDate: onDay('应回访日期', 'Day by which to visit') }),
  },
  FollowUpVisited: {
    version: 1,
    label: { zh: '回访', en: 'Follow-up visited' },
    citation: SUPERVISION,
    data: z.object({
      followUpId: followUpId(),
      partyId: partyId('被回访人', 'Party who was visited'),
      agreementNo: field(line(80), '协议编号', 'Number of the agreement').optional(),
      matter: words('纠纷事项', 'Matter', 2000),
      performance: field(FollowUpPerformance.schema, '履行情况', 'How far it was performed'),
      satisfaction: field(z.number().int().min(1).max(5), '满意度', 'From 1, not at all, to 5'),
      litigation: words('诉讼及裁判情况', 'Suit or judgment, if any', 2000).optional(),
      escalationSigns: yesNo('激化苗头', 'Whether there are signs of a mistake or of escalation'),
      measures: words('采取措施', 'What was done', 2000).optional(),
      visitId: field(idOf('visit'), '走访', 'The visit on which it was done').optional(),
      visitedOn: onDay('回访日期', 'Legal day'),
    }),
  },
  EscalationRiskReported: {
    version: 1,
    label: { zh: '激化预警', en: 'Escalation risk reported' },
    citation: "People's Mediation Law art. 25",
    data: z.object({
      level: field(z.number().int().min(1).max(4), '等级', 'From 1, low, to 4, urgent'),
      toUnitId: unitId('报告单位', 'Unit that it was reported to'),
      account: words('情况', 'What is feared', 4000),
      measures: words('防范措施', 'What was done against it', 4000).optional(),
    }),
  },
});
