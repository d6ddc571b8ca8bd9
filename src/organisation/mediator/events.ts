import { z } from 'zod';
import { codeList } from '../../kernel/codes.js';
import { defineEvents, type EventsOf } from '../../kernel/events.js';
import { day, field, idOf, line, personal, positive, prose } from '../../kernel/fields.js';
import { identitySchema } from '../officer/events.js';

export const MediatorCategory = codeList(
  'MediatorCategory',
  'Where a mediator’s standing comes from. The first three are the three elders (三老).',
  {
    VETERAN_POLICE: { zh: '老民警', en: 'Veteran officer' },
    VETERAN_VILLAGE_CADRE: { zh: '老村干', en: 'Veteran village cadre' },
    VETERAN_HOUSEHOLD_HEAD: { zh: '老户长', en: 'Veteran head of household' },
    VILLAGE_WORTHY: { zh: '老乡贤', en: 'Respected villager' },
    COMMITTEE_MEMBER: { zh: '调解委员会委员', en: 'Member of a mediation committee' },
    OFFICER: { zh: '民警', en: 'Serving officer appointed as people’s mediator' },
    OTHER: { zh: '其他聘任人员', en: 'Other appointee' },
  },
);

export const MediatorStatus = codeList('MediatorStatus', 'Whether a mediator may mediate.', {
  NONE: { zh: '无', en: 'None' },
  APPOINTED: { zh: '在任', en: 'Appointed' },
  SUSPENDED: { zh: '暂停', en: 'Suspended' },
});

export const SuspensionReason = codeList('SuspensionReason', 'Why a mediator may not mediate for now.', {
  PARTIALITY: { zh: '偏袒一方当事人', en: 'Favoured one party' },
  INSULT: { zh: '侮辱当事人', en: 'Insulted a party' },
  TOOK_PROPERTY: { zh: '索取、收受财物', en: 'Asked for or took property' },
  LEAK: { zh: '泄露隐私或商业秘密', en: 'Gave away private or trade secrets' },
  OWN_REQUEST: { zh: '本人申请', en: 'At the mediator’s own request' },
  OTHER: { zh: '其他', en: 'Other' },
});

const ReinstatementReason = codeList('ReinstatementReason', 'Why a mediator may mediate again.', {
  UNFOUNDED: { zh: '查无实据', en: 'What was reported did not prove true' },
  REMEDIED: { zh: '已整改', en: 'Put right' },
  OWN_REQUEST: { zh: '本人申请', en: 'At the mediator’s own request' },
  OTHER: { zh: '其他', en: 'Other' },
});

export const mediatorEvents = defineEvents('mediator', {
  MediatorAppointed: {
    version: 1,
    label: { zh: '聘任调解员', en: 'Mediator appointed' },
    citation: 'People’s Mediation Law arts. 13–14',
    data: z.object({
      name: field(personal(line(80), 'OFFICIAL'), '姓名', 'Name; absent when the mediator is an officer').optional(),
      officerId: field(idOf('officer'), '民警', 'The officer that the mediator also is').optional(),
      category: field(MediatorCategory.schema, '类别', 'Where the mediator’s standing comes from'),
      orgUnitId: field(idOf('orgunit'), '所属单位', 'Station or justice office that the mediator works with'),
      adult: field(z.literal(true), '成年', 'Declared to be 18 or older'),
      identity: field(identitySchema, '登录身份', 'Whom a token of this person names').optional(),
      appointedOn: field(day(), '聘任日期', 'Legal day of the appointment'),
    }),
  },
  MediatorTrained: {
    version: 1,
    label: { zh: '调解员培训', en: 'Mediator trained' },
    citation: 'People’s Mediation Law art. 14',
    data: z.object({
      subject: field(line(80), '培训内容', 'What the training was about'),
      hours: field(positive(), '学时', 'Length in hours'),
      trainedOn: field(day(), '培训日期', 'Legal day of the training'),
    }),
  },
  PeacemakerBadgeAwarded: {
    version: 1,
    label: { zh: '授予和事佬称号', en: 'Peacemaker badge awarded' },
    citation: 'Safe County programme; a badge, not a legal status',
    data: z.object({ awardedOn: field(day(), '授予日期', 'Legal day of the award') }),
  },
  MediatorSuspended: {
    version: 1,
    label: { zh: '暂停调解员', en: 'Mediator suspended' },
    citation: 'People’s Mediation Law art. 15',
    data: z.object({
      reason: field(SuspensionReason.schema, '原因', 'Why'),
      note: field(personal(prose(2000), 'TEXT'), '说明', 'What happened').optional(),
      suspendedOn: field(day(), '暂停日期', 'Legal day from which it counts'),
    }),
  },
  MediatorReinstated: {
    version: 1,
    label: { zh: '恢复调解员', en: 'Mediator reinstated' },
    data: z.object({
      reason: field(ReinstatementReason.schema, '原因', 'Why'),
      note: field(personal(prose(2000), 'TEXT'), '说明', 'What was found').optional(),
      reinstatedOn: field(day(), '恢复日期', 'Legal day from which it counts'),
    }),
  },
});

export type MediatorEvent = EventsOf<typeof mediatorEvents>;
