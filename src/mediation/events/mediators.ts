import { z } from 'zod';
import { defineEvents } from '../../kernel/events.js';
import { field, idOf, line } from '../../kernel/fields.js';
import { MediatorReplacementReason, MisconductKind } from '../codes.js';
import { mediatorId, partyId, side, words } from './fields.js';

/** What the register of mediators said on the day. */
const registered = {
  category: field(line(40), '调解员类别', 'Category in the register of mediators'),
  officerId: field(idOf('officer'), '民警身份', 'The officer whom the mediator also is').optional(),
};

export const mediatorEvents = defineEvents('dispute', {
  MediatorAssigned: {
    version: 1,
    label: { zh: '指定调解员', en: 'Mediator assigned' },
    citation: "People's Mediation Law art. 19",
    data: z.object({ mediatorId: mediatorId(), ...registered }),
  },
  MediatorChosenByParty: {
    version: 1,
    label: { zh: '当事人选择调解员', en: 'Mediator chosen by a party' },
    citation: "People's Mediation Law arts. 19, 23",
    data: z.object({
      mediatorId: mediatorId(),
      chosenBy: side('选择方', 'Side that chose'),
      ...registered,
    }),
  },
  MediatorReplaced: {
    version: 1,
    label: { zh: '更换调解员', en: 'Mediator replaced' },
    citation: "People's Mediation Law arts. 15, 23",
    data: z.object({
      mediatorId: mediatorId('原调解员', 'Mediator who leaves'),
      replacementId: mediatorId('新调解员', 'Mediator who takes over'),
      reason: field(MediatorReplacementReason.schema, '原因', 'Why'),
      ...registered,
    }),
  },
  MediatorRemoved: {
    version: 1,
    label: { zh: '撤下调解员', en: 'Mediator removed' },
    citation: "People's Mediation Law arts. 15, 23",
    data: z.object({
      mediatorId: mediatorId('调解员', 'Mediator who leaves'),
      reason: field(MediatorReplacementReason.schema, '原因', 'Why'),
    }),
  },
  MediatorMisconductReported: {
    version: 1,
    label: { zh: '调解员违规报告', en: 'Mediator misconduct reported' },
    citation: "People's Mediation Law art. 15",
    data: z.object({
      mediatorId: mediatorId(),
      kind: field(MisconductKind.schema, '情形', 'What was done'),
      reportedBy: partyId('反映人', 'Party who reports it').optional(),
      account: words('情况说明', 'What happened', 4000),
    }),
  },
});
