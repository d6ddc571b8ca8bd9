import { z } from 'zod';
import { documentNumber } from '../kernel/documentNumber.js';
import { defineEvents, type EventsOf } from '../kernel/events.js';
import { count, day, field, idOf, kin, line, personal, positive } from '../kernel/fields.js';
import { must } from '../kernel/must.js';
import {
  ApplicationReason,
  CancellationReason,
  CertificateType,
  DeliveryFailure,
  DeliveryMethod,
  ExtensionReason,
  FingerprintExemption,
  OldCardOutcome,
  OldCardWaiver,
  PhotoBackground,
  PhotoFault,
  RejectionReason,
  SignerRelation,
  SpecialPiBasis,
  SupplementReason,
} from './codes.js';

const attempt = () => field(positive(), '第几次', 'Which attempt it is, from 1');

export const certificateEvents = defineEvents('certificate', {
  CertificateApplicationTaken: {
    version: 1,
    label: { zh: '上门受理申请', en: 'Application taken at the door' },
    citation: 'ID Law art. 10',
    data: z.object({
      certType: field(CertificateType.schema, '证件类型', 'Which certificate'),
      reason: field(ApplicationReason.schema, '申请原因', 'Why, as the applicant says'),
      applicantId: field(idOf('resident'), '申请人', 'Whose certificate it is'),
      guardianId: field(kin(idOf('resident')), '监护人', 'Who applies on behalf of the applicant').optional(),
      originVisitId: field(idOf('visit'), '来源走访', 'Visit on which it was taken').optional(),
      needId: field(idOf('need'), '关联诉求', 'Need that it serves').optional(),
      replacesId: field(
        idOf('certificate'),
        '所换证件',
        'Certificate with a defect in whose place it is applied for',
      ).optional(),
      divisionCode: field(z.string(), '区划代码', 'Township in which it was taken').optional(),
    }),
    correctable: ['certType', 'reason'],
  },
  SpecialPiConsentRecorded: {
    version: 1,
    label: { zh: '敏感信息告知', en: 'Notice of sensitive data given' },
    citation: 'PIPL arts 29, 30, 35',
    data: z.object({
      basis: field(SpecialPiBasis.schema, '依据', 'On what the data are taken'),
      noticeVersion: field(documentNumber(), '告知书版本', 'Version of the notice that was given'),
    }),
  },
  PhotoCaptured: {
    version: 1,
    label: { zh: '照相', en: 'Photo captured' },
    citation: 'GA 461-2004',
    data: z.object({
      sha256: field(
        z.string().regex(/^[0-9a-f]{64}$/, must('应为十六进制的SHA-256', 'must be a SHA-256 in hex')),
        '摘要',
        'SHA-256 of the photo',
      ),
      widthPx: field(z.literal(358), '宽（像素）', 'Width in pixels'),
      heightPx: field(z.literal(441), '高（像素）', 'Height in pixels'),
      background: field(PhotoBackground.schema, '背景', 'What stands behind the face'),
      backdropUsed: field(z.boolean(), '使用幕布', 'Whether the white backdrop was used'),
    }),
  },
  PhotoRejected: {
    version: 1,
    label: { zh: '照片不合格', en: 'Photo rejected' },
    citation: 'GA 461-2004',
    data: z.object({ fault: field(PhotoFault.schema, '问题', 'Why it will not do') }),
  },
  FingerprintCaptured: {
    version: 1,
    label: { zh: '指纹采集', en: 'Fingerprint captured' },
    citation: 'ID Law art. 3',
    data: z.object({
      vaultRef: field(
        z
          .string()
          .regex(
            /^vault:[0-9a-z-]{8,64}$/,
            must('应为保管库引用，如 vault:0192…', 'must be a reference such as vault:0192…'),
          ),
        '保管库编号',
        'Where the biometric vault keeps it: the print itself is never in a record',
      ),
    }),
  },
  FingerprintExempted: {
    version: 1,
    label: { zh: '指纹免采', en: 'Fingerprint exempted' },
    citation: 'ID Law art. 3',
    data: z.object({
      applicantId: field(idOf('resident'), '申请人', 'Whose certificate it is'),
      reason: field(personal(FingerprintExemption.schema, 'TEXT', 'applicantId'), '原因', 'Why none can be taken'),
    }),
  },
  ApplicationSubmitted: {
    version: 1,
    label: { zh: '上报', en: 'Application submitted' },
    citation: 'ID Law art. 12',
    data: z.object({
      formDate: field(day(), '登记表日期', 'Legal day of the form, from which the term runs'),
      dueDate: field(day(), '应发放日期', 'Last legal day of the term; none where the law sets none').optional(),
    }),
  },
  ApplicationAccepted: {
    version: 1,
    label: { zh: '受理', en: 'Application accepted' },
    data: z.object({ receiptNo: field(documentNumber(), '回执号', 'Number of the receipt') }),
    correctable: ['receiptNo'],
  },
  SupplementRequested: {
    version: 1,
    label: { zh: '要求补正', en: 'Supplement requested' },
    data: z.object({ reason: field(SupplementReason.schema, '补正内容', 'What is lacking') }),
  },
  ApplicationRejected: {
    version: 1,
    label: { zh: '不予受理', en: 'Application rejected' },
    data: z.object({ reason: field(RejectionReason.schema, '原因', 'Why it is not taken up') }),
  },
  DeadlineExtended: {
    version: 1,
    label: { zh: '延长期限', en: 'Deadline extended' },
    citation: 'ID Law art. 12',
    data: z.object({
      extraDays: field(z.number().int().min(1).max(30), '延长天数', 'Calendar days added'),
      reason: field(ExtensionReason.schema, '原因', 'What makes transport inconvenient'),
      approverId: field(idOf('officer'), '批准人', 'Station chief who approved it'),
      newDueDate: field(day(), '延长后日期', 'Last legal day of the term, from now on'),
    }),
  },
  DeadlineBreached: {
    version: 1,
    label: { zh: '超期', en: 'Deadline breached' },
    citation: 'ID Law arts 12, 20(3)',
    data: z.object({
      dueDate: field(day(), '应发放日期', 'Last legal day of the term, which ended without a handover on record'),
    }),
  },
  CertificateProduced: {
    version: 1,
    label: { zh: '制证', en: 'Certificate produced' },
    data: z.object({ batchNo: field(documentNumber(), '批次号', 'Batch in which it was made') }),
    correctable: ['batchNo'],
  },
  ReceivedAtStation: {
    version: 1,
    label: { zh: '到所', en: 'Certificate received at the station' },
    data: z.object({ stationId: field(idOf('orgunit'), '派出所', 'Station that holds it from now on') }),
  },
  LoadedIntoBackpack: {
    version: 1,
    label: { zh: '装包', en: 'Certificate loaded into a backpack' },
    data: z.object({
      backpackId: field(idOf('backpack'), '背包', 'Backpack that it is in'),
      officerId: field(idOf('officer'), '持包民警', 'Officer who holds it from now on'),
    }),
  },
  DeliveryAttempted: {
    version: 1,
    label: { zh: '送证', en: 'Delivery attempted' },
    data: z.object({
      attempt: attempt(),
      visitId: field(idOf('visit'), '送证走访', 'Visit on which it was tried').optional(),
    }),
  },
  DeliveryFailed: {
    version: 1,
    label: { zh: '未送达', en: 'Delivery failed' },
    data: z.object({ reason: field(DeliveryFailure.schema, '原因', 'Why'), attempt: attempt() }),
    correctable: ['reason'],
  },
  CertificateReturned: {
    version: 1,
    label: { zh: '退回派出所', en: 'Certificate returned to the station' },
    data: z.object({ stationId: field(idOf('orgunit'), '派出所', 'Station that holds it from now on') }),
  },
  OldCardSurrendered: {
    version: 1,
    label: { zh: '交回旧证', en: 'Old card surrendered' },
    citation: 'ID Law art. 11',
    data: z.object({ applicantId: field(idOf('resident'), '申请人', 'Whose card it was') }),
  },
  OldCardWaived: {
    version: 1,
    label: { zh: '免交旧证', en: 'Old card waived' },
    citation: 'ID Law arts 11, 23',
    data: z.object({ reason: field(OldCardWaiver.schema, '原因', 'Why none can be handed back') }),
  },
  CertificateDelivered: {
    version: 1,
    label: { zh: '签收', en: 'Certificate handed over' },
    citation: 'ID Law arts 11, 12',
    data: z.object({
      certType: field(CertificateType.schema, '证件类型', 'Which certificate'),
      applicantId: field(idOf('resident'), '申请人', 'Whose certificate it is'),
      method: field(DeliveryMethod.schema, '方式', 'Where: only at the door counts as delivered'),
      visitId: field(idOf('visit'), '送证走访', 'Visit on which it was handed over; none at the counter').optional(),
      signer: field(SignerRelation.schema, '签收人', 'Who signed'),
      // Not even the surname: a minor's proxy is of the family.
      proxyName: field(personal(line(80), 'TEXT'), '代领人姓名', 'Name of the proxy').optional(),
      authorisationNo: field(documentNumber(), '委托书编号', 'Number of the proxy’s authorisation').optional(),
      verifiedChip: field(z.boolean(), '芯片核验', 'Whether the chip was read and fits'),
      verifiedFinger: field(z.boolean(), '指纹核验', 'Whether the fingerprint was compared and fits'),
      oldCard: field(OldCardOutcome.schema, '旧证', 'What became of the old card'),
      attempt: field(count(), '第几次', 'Which attempt it was; 0 at the counter without any before'),
    }),
  },
  CertificateCancelled: {
    version: 1,
    label: { zh: '取消', en: 'Certificate cancelled' },
    data: z.object({ reason: field(CancellationReason.schema, '原因', 'Why it is not handed over at all') }),
  },
});

export type CertificateEvent = EventsOf<typeof certificateEvents>;
