import { z } from 'zod';
import { defineEvents } from '../../kernel/events.js';
import { field, uuid } from '../../kernel/fields.js';
import { DisputeOutcome, FileDocument, ReopeningReason, WaiverReason } from '../codes.js';
import { onDay, words } from './fields.js';

const waiverSchema = z.object({
  document: field(FileDocument.schema, '材料', 'The document that is missing'),
  reason: field(WaiverReason.schema, '原因', 'Why it may be'),
});

export const closingEvents = defineEvents('dispute', {
  DisputeClosed: {
    version: 1,
    label: { zh: '结案', en: 'Dispute closed' },
    data: z.object({
      outcome: field(DisputeOutcome.schema, '结果', 'How it ended'),
      closedOn: onDay('结案日期', 'Legal day'),
    }),
  },
  CaseFileArchived: {
    version: 1,
    label: { zh: '归档', en: 'Case file archived' },
    citation: "People's Mediation Law art. 27; form set of the Ministry of Justice (2010)",
    data: z.object({
      documents: field(z.array(FileDocument.schema), '在卷材料', 'Documents in the file'),
      waivers: field(z.array(waiverSchema), '缺件说明', 'Documents that are missing, and why'),
      archivedOn: onDay('归档日期', 'Legal day'),
    }),
  },
  DisputeReopened: {
    version: 1,
    label: { zh: '重启', en: 'Dispute reopened' },
    data: z.object({
      reason: field(ReopeningReason.schema, '原因', 'Why'),
      account: words('情况', 'What happened', 4000).optional(),
      participantIds: field(
        z.array(uuid()),
        '须重新征求同意的参与人',
        'Participants to whom the sides have to agree anew',
      ).optional(),
    }),
  },
});
