import { z } from 'zod';
import { defineEvents, type EventsOf } from '../../kernel/events.js';
import { field, idOf, positive } from '../../kernel/fields.js';

export const caseNumberEvents = defineEvents('caseno', {
  CaseNumberAllocated: {
    version: 1,
    label: { zh: '案号分配', en: 'Case number allocated' },
    citation: 'Ministry of Justice, file standard of 2010: （年）人调字第 n 号',
    data: z.object({
      unitId: field(idOf('orgunit'), '单位', 'Unit whose cases are numbered'),
      year: field(z.number().int().min(2000).max(9999), '年份', 'Year of the numbering'),
      number: field(positive(), '序号', 'The number, from 1'),
    }),
  },
});

export type CaseNumberEvent = EventsOf<typeof caseNumberEvents>;
