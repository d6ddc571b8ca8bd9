import { z } from 'zod';
import { codeList } from '../../kernel/codes.js';
import { defineEvents, type EventsOf } from '../../kernel/events.js';
import { day, field, idOf, line } from '../../kernel/fields.js';

export const TeamRole = codeList('TeamRole', 'What a mediator is in a team.', {
  LEADER: { zh: '队长', en: 'Leader' },
  MEMBER: { zh: '队员', en: 'Member' },
});

export const TeamLeavingReason = codeList('TeamLeavingReason', 'Why a mediator left a team.', {
  OWN_REQUEST: { zh: '本人申请', en: 'At the mediator’s own request' },
  TRANSFER: { zh: '调离', en: 'Moved to another place or team' },
  ROLE_CHANGE: { zh: '调整职务', en: 'To come back in another role' },
  UNFIT: { zh: '不再胜任', en: 'No longer able or fit' },
  OTHER: { zh: '其他', en: 'Other' },
});

export const teamEvents = defineEvents('team', {
  MediationTeamFormed: {
    version: 1,
    label: { zh: '组建调解队', en: 'Mediation team formed' },
    data: z.object({
      name: field(line(80), '名称', 'Name of the team'),
      orgUnitId: field(idOf('orgunit'), '所属单位', 'Unit that it belongs to'),
      formedOn: field(day(), '组建日期', 'Legal day from which it counts'),
    }),
  },
  TeamMemberAdded: {
    version: 1,
    label: { zh: '队员加入', en: 'Member added to the team' },
    data: z.object({
      mediatorId: field(idOf('mediator'), '调解员', 'The mediator'),
      role: field(TeamRole.schema, '队内职务', 'What the mediator is in the team'),
      from: field(day(), '加入日期', 'First legal day of the membership'),
    }),
  },
  TeamMemberRemoved: {
    version: 1,
    label: { zh: '队员离队', en: 'Member removed from the team' },
    data: z.object({
      mediatorId: field(idOf('mediator'), '调解员', 'The mediator'),
      reason: field(TeamLeavingReason.schema, '原因', 'Why the mediator left'),
      to: field(day(), '离队日期', 'Legal day on which the membership no longer counts'),
    }),
  },
});

export type TeamEvent = EventsOf<typeof teamEvents>;
