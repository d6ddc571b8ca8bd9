import { z } from 'zod';
import { codeList } from '../../kernel/codes.js';
import { defineEvents, type EventsOf } from '../../kernel/events.js';
import { anyId, field, idOf } from '../../kernel/fields.js';

export const SearchPurpose = codeList('SearchPurpose', 'What a resident is looked for.', {
  VISIT: { zh: '走访', en: 'A visit' },
  CERTIFICATE: { zh: '办证', en: 'A certificate' },
  MEDIATION: { zh: '调解', en: 'A mediation' },
  NEED: { zh: '办理诉求', en: 'A need' },
  ERRAND: { zh: '捎办', en: 'An errand' },
  SAFETY: { zh: '治安防范', en: 'Safety and prevention' },
  REGISTRATION: { zh: '登记', en: 'A registration, refused since the number is registered' },
  OTHER: { zh: '其他公务', en: 'Another official duty' },
});

export const accessEvents = defineEvents('access', {
  ResidentSearched: {
    version: 1,
    label: { zh: '按号码查找居民', en: 'Resident searched by number' },
    citation: 'PIPL art. 51',
    data: z.object({
      purpose: field(SearchPurpose.schema, '目的', 'What for'),
      found: field(z.boolean(), '是否登记', 'Whether someone is registered under the number'),
      shown: field(z.boolean(), '是否显示', 'Whether the one who searched was shown the resident'),
      subjectId: field(idOf('resident'), '居民', 'Who was found').optional(),
    }),
  },
  ResidentTimelineViewed: {
    version: 1,
    label: { zh: '查看居民历次记录', en: 'Timeline of a resident viewed' },
    citation: 'PIPL art. 51',
    data: z.object({ subjectId: field(idOf('resident'), '居民', 'Whose timeline it is') }),
  },
  WordsRead: {
    version: 1,
    label: { zh: '查阅封存内容', en: 'Sealed words read' },
    citation: 'PIPL art. 51',
    data: z.object({
      objectId: field(anyId(), '查阅对象', 'The noun that the words are of'),
      subjectId: field(idOf('resident'), '居民', 'Whom they are about, if that is known').optional(),
    }),
  },
});

export type AccessEvent = EventsOf<typeof accessEvents>;
