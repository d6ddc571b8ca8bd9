import { z } from 'zod';
import { codeList } from '../kernel/codes.js';
import { documentNumber } from '../kernel/documentNumber.js';
import { defineEvents, type EventsOf } from '../kernel/events.js';
import { fen, field, idOf, personal, positive, prose } from '../kernel/fields.js';

export const ErrandKind = codeList('ErrandKind', 'What is handled on behalf of a resident.', {
  HUKOU: { zh: '户籍业务', en: 'Household registration' },
  IDENTITY_CARD: { zh: '身份证业务', en: 'Identity card' },
  RESIDENCE_PERMIT: { zh: '居住证业务', en: 'Residence permit' },
  DRIVER_AND_VEHICLE: { zh: '车驾管业务', en: 'Drivers and vehicles' },
  PROOF: { zh: '开具证明', en: 'A written proof' },
  OTHER: { zh: '其他', en: 'Other' },
});

export const ErrandFailure = codeList('ErrandFailure', 'Why an errand could not be done.', {
  PAPERS_MISSING: { zh: '材料不全', en: 'Papers are missing' },
  NOT_ELIGIBLE: { zh: '不符合条件', en: 'The conditions are not met' },
  IN_PERSON_ONLY: { zh: '须本人办理', en: 'Has to be done in person' },
  OFFICE_REFUSED: { zh: '受理单位不予办理', en: 'The office did not take it' },
  WITHDRAWN: { zh: '本人撤回', en: 'Withdrawn' },
});

/** What the resident said is sealed with the resident's key: it goes when the resident is erased. */
export const errandEvents = defineEvents('errand', {
  ErrandRequested: {
    version: 1,
    label: { zh: '委托捎办', en: 'Errand requested' },
    citation: 'Errands done on behalf of residents (捎带办理业务)',
    data: z.object({
      kind: field(ErrandKind.schema, '业务类别', 'What is to be handled'),
      residentId: field(idOf('resident'), '委托人', 'On whose behalf'),
      details: field(
        personal(prose(2000), 'TEXT', 'residentId'),
        '委托事项',
        'What exactly, and which papers',
      ).optional(),
      originVisitId: field(idOf('visit'), '来源走访', 'Visit on which it was asked for').optional(),
      needId: field(idOf('need'), '关联诉求', 'Need that it serves').optional(),
      divisionCode: field(z.string(), '区划代码', 'Township in which it was asked for').optional(),
    }),
    correctable: ['kind'],
  },
  ErrandAccepted: {
    version: 1,
    label: { zh: '接受捎办', en: 'Errand accepted' },
    data: z.object({ officerId: field(idOf('officer'), '承办民警', 'Officer who takes it along') }),
  },
  ErrandCompleted: {
    version: 1,
    label: { zh: '捎办完成', en: 'Errand completed' },
    data: z.object({
      kind: field(ErrandKind.schema, '业务类别', 'What was handled'),
      count: field(positive(), '笔数', 'How many transactions (笔)'),
      feeCollectedFen: field(fen(), '代收费用', 'Money taken from the resident for fees, in fen'),
      feeRemittedFen: field(fen(), '代缴费用', 'Money of it paid on to the office, in fen'),
      receiptNo: field(documentNumber(), '票据号', 'Number of the office’s receipt').optional(),
    }),
    correctable: ['count', 'feeCollectedFen', 'feeRemittedFen', 'receiptNo'],
  },
  ErrandFailed: {
    version: 1,
    label: { zh: '捎办未成', en: 'Errand failed' },
    data: z.object({
      reason: field(ErrandFailure.schema, '原因', 'Why it could not be done'),
      feeCollectedFen: field(
        fen(),
        '代收费用',
        'Money taken from the resident for fees, in fen; none, if absent',
      ).optional(),
      feeRemittedFen: field(fen(), '代缴费用', 'Money of it paid on to the office, in fen; none, if absent').optional(),
      receiptNo: field(documentNumber(), '票据号', 'Number of the office’s receipt').optional(),
    }),
    correctable: ['feeCollectedFen', 'feeRemittedFen', 'receiptNo'],
  },
  ErrandResultReturned: {
    version: 1,
    label: { zh: '送回结果', en: 'Result of an errand returned' },
    data: z.object({
      visitId: field(idOf('visit'), '送回走访', 'Visit on which it was handed over').optional(),
      feeReturnedFen: field(fen(), '退还费用', 'Money given back to the resident, in fen'),
    }),
    correctable: ['feeReturnedFen'],
  },
});

export type ErrandEvent = EventsOf<typeof errandEvents>;
