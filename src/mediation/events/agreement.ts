import { z } from 'zod';
import { defineEvents } from '../../kernel/events.js';
import { fen, field, instant, line, personal, prose } from '../../kernel/fields.js';
import { TermKind } from '../codes.js';
import {
  mediatorId,
  obligationId,
  onDay,
  partyId,
  sessionId,
  sha256OfWords,
  signingMethod,
  unitId,
  version,
  words,
  yesNo,
} from './fields.js';

/** A term as someone says it; an event adds the obligation's id. */
export const termShape = {
  obligorId: partyId('义务人', 'Party who is to do it'),
  obligeeId: partyId('权利人', 'Party to whom it is owed').optional(),
  kind: field(TermKind.schema, '类型', 'What is asked for'),
  amountFen: field(fen(), '金额（分）', 'Money in fen').optional(),
  dueDate: onDay('履行期限', 'Last day of performance').optional(),
  performedAtOnce: yesNo('当场履行', 'Whether it was performed on the spot and leaves no obligation'),
};

const term = z.object({
  obligationId: obligationId(),
  ...termShape,
  manner: field(personal(prose(2000), 'TEXT'), '履行方式', 'What is to be done, and how'),
});

/** What both forms of agreement have once they bind. */
const effect = {
  agreementNo: field(line(80), '协议编号', 'Number of the agreement'),
  effectiveAt: field(instant(), '生效时间', 'When it took effect'),
  confirmationDeadline: onDay(
    '司法确认申请截止日',
    'Last day to apply to a court for confirmation: 30 days on, or the next workday if that is a day off',
  ),
  calendarVersion: field(line(60), '日历版本', 'Calendar that the last day was found with').optional(),
};
const CONFIRMATION = "People's Mediation Law art. 33; Civil Procedure Law art. 85";
const draftVersion = () => version('版本', 'Version of the draft, from 1');

export const agreementEvents = defineEvents('dispute', {
  OralAgreementReached: {
    version: 1,
    label: { zh: '达成口头协议', en: 'Oral agreement reached' },
    citation: `People's Mediation Law arts. 28, 30; ${CONFIRMATION}`,
    data: z.object({
      sessionId: sessionId(),
      terms: field(z.array(term).min(1).max(50), '条款', 'What was agreed'),
      content: words('协议内容', 'The agreement as the mediator wrote it down'),
      ...effect,
    }),
  },
  AgreementDrafted: {
    version: 1,
    label: { zh: '制作调解协议书', en: 'Agreement drafted' },
    citation: "People's Mediation Law art. 29",
    data: z.object({
      version: draftVersion(),
      facts: words('主要事实', 'Main facts'),
      disputedPoints: words('争议事项', 'Disputed points'),
      responsibility: words('责任', "Each party's responsibility"),
      content: words('协议内容', 'What was agreed'),
      terms: field(z.array(term).max(50), '履行条款', 'What is to be performed, how and by when'),
      sha256: sha256OfWords('摘要', 'SHA-256 of case, version and text'),
    }),
  },
  AgreementSignedByParty: {
    version: 1,
    label: { zh: '当事人签署协议', en: 'Agreement signed by a party' },
    citation: "People's Mediation Law art. 29",
    data: z.object({
      version: draftVersion(),
      partyId: partyId('签署人', 'Party who signs'),
      method: signingMethod(),
      byGuardian: yesNo('监护人代签', 'Whether the guardian signs for a minor'),
    }),
  },
  AgreementSignedByMediator: {
    version: 1,
    label: { zh: '调解员签署协议', en: 'Agreement signed by a mediator' },
    citation: "People's Mediation Law art. 29",
    data: z.object({ version: draftVersion(), mediatorId: mediatorId(), method: signingMethod() }),
  },
  AgreementSealAffixed: {
    version: 1,
    label: { zh: '加盖调委会印章', en: 'Seal affixed' },
    citation: "People's Mediation Law art. 29",
    data: z.object({
      version: draftVersion(),
      committeeId: unitId('调委会所属单位', 'Unit whose mediation committee seals').optional(),
    }),
  },
  AgreementBecameEffective: {
    version: 1,
    label: { zh: '协议生效', en: 'Agreement became effective' },
    citation: `People's Mediation Law art. 29; ${CONFIRMATION}`,
    data: z.object({
      version: draftVersion(),
      ...effect,
      copies: field(z.number().int().min(2), '份数', 'One a party and one that is kept'),
      digest: sha256OfWords('摘要', 'SHA-256 of the agreement'),
    }),
  },
});
