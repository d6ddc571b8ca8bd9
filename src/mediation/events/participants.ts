import { z } from 'zod';
import { defineEvents } from '../../kernel/events.js';
import { field, idOf, kin } from '../../kernel/fields.js';
import { ParticipantRole } from '../codes.js';
import { hiddenName, participantId, side, sides, unitId, yesNo } from './fields.js';

export const participantEvents = defineEvents('dispute', {
  ParticipantInvited: {
    version: 1,
    label: { zh: '邀请参与人', en: 'Participant invited' },
    citation: "People's Mediation Law art. 20",
    data: z.object({
      participantId: participantId(),
      role: field(ParticipantRole.schema, '身份', 'As what the participant joins'),
      name: hiddenName('姓名', 'Name'),
      subjectId: field(kin(idOf('resident')), '居民', 'The resident, if registered').optional(),
      orgUnitId: unitId(
        '单位',
        'Unit that the participant comes from: it may see the case as long as both sides agree',
      ).optional(),
      consentBy: sides('同意方', 'Sides that agreed already'),
    }),
  },
  ParticipantConsentRecorded: {
    version: 1,
    label: { zh: '对参与人的意见', en: 'Consent to a participant recorded' },
    citation: "People's Mediation Law art. 20",
    data: z.object({
      participantId: participantId(),
      side: side('表态方', 'Side that says so'),
      agreed: yesNo('同意', 'Whether it agrees'),
    }),
  },
});
