import { z } from 'zod';
import { defineEvents } from '../../kernel/events.js';
import { field, idOf, kin } from '../../kernel/fields.js';
import { RemedyRoute, TerminationReason } from '../codes.js';
import { hiddenName, onDay, partyId, partyIds, sessionId, words, yesNo } from './fields.js';

const guardian = {
  partyId: partyId('未成年当事人', 'Party who is a minor'),
  guardianName: hiddenName('监护人姓名', 'Name of the guardian'),
  guardianId: field(kin(idOf('resident')), '监护人', 'The guardian, if registered').optional(),
};

export const consentEvents = defineEvents('dispute', {
  RightsAndDutiesNotified: {
    version: 1,
    label: { zh: '权利义务告知', en: 'Rights and duties notified' },
    citation: "People's Mediation Law arts. 23, 24",
    data: z.object({
      partyId: partyId(),
      acknowledged: yesNo('已确认', 'Whether the party signed for it'),
      notifiedOn: onDay('告知日期', 'Legal day'),
    }),
  },
  ConsentGiven: {
    version: 1,
    label: { zh: '同意调解', en: 'Consent given' },
    citation: "People's Mediation Law arts. 3, 17",
    data: z.object({ partyId: partyId(), givenOn: onDay('同意日期', 'Legal day') }),
  },
  ConsentRefused: {
    version: 1,
    label: { zh: '拒绝调解', en: 'Consent refused' },
    citation: "People's Mediation Law art. 17",
    data: z.object({ partyId: partyId(), refusedOn: onDay('拒绝日期', 'Legal day') }),
  },
  ConsentWithdrawn: {
    version: 1,
    label: { zh: '撤回同意', en: 'Consent withdrawn' },
    citation: "People's Mediation Law art. 23",
    data: z.object({ partyId: partyId(), withdrawnOn: onDay('撤回日期', 'Legal day') }),
  },
  GuardianNotified: {
    version: 1,
    label: { zh: '通知监护人', en: 'Guardian notified' },
    citation: 'Civil Code arts. 19, 20, 23',
    data: z.object({ ...guardian, notifiedOn: onDay('通知日期', 'Legal day') }),
  },
  GuardianAttended: {
    version: 1,
    label: { zh: '监护人到场', en: 'Guardian attended' },
    citation: 'Civil Code arts. 19, 20, 23',
    data: z.object({ ...guardian, sessionId: sessionId() }),
  },
  GuardianWaived: {
    version: 1,
    label: { zh: '免予监护人到场', en: 'Guardian waived' },
    citation: 'Civil Code art. 18',
    data: z.object({
      partyId: guardian.partyId,
      selfSupporting: yesNo('以自己的劳动收入为主要生活来源', 'Whether the minor lives mainly on own earnings'),
    }),
  },
  MediationTerminated: {
    version: 1,
    label: { zh: '终止调解', en: 'Mediation terminated' },
    citation: "People's Mediation Law art. 26",
    data: z.object({
      reason: field(TerminationReason.schema, '原因', 'Why'),
      terminatedOn: onDay('终止日期', 'Legal day'),
      account: words('情况说明', 'What led to it', 4000).optional(),
    }),
  },
  RemediesNotified: {
    version: 1,
    label: { zh: '告知救济途径', en: 'Remedies notified' },
    citation: "People's Mediation Law art. 26",
    data: z.object({
      partyIds: partyIds('当事人', 'Parties who were told'),
      routes: field(z.array(RemedyRoute.schema).min(1), '途径', 'Ways that are open'),
      notifiedOn: onDay('告知日期', 'Legal day'),
    }),
  },
});
