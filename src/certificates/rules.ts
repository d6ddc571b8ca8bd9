import { DIVISION_UNKNOWN, NEED_UNKNOWN, PROCESSING_RESTRICTED, RESIDENT_UNKNOWN } from '../commands/registerRules.js';
import { visitRules } from '../commands/visitRules.js';
import { deviate, type RuleSet, refuse } from '../kernel/ruleSet.js';

const CUSTODY = 'One holder of custody at a time';
const PHOTO_STANDARD = 'GA 461-2004';

const rules = {
  RESIDENT_UNKNOWN,
  PROCESSING_RESTRICTED,
  ...visitRules,
  NEED_UNKNOWN,
  CERTIFICATE_UNKNOWN: refuse('Certificates are recorded first', '所换证件不存在', 'There is no such certificate'),
  REPLACES_ANOTHERS: refuse(
    CUSTODY,
    '所换证件须为同一申请人的同类证件',
    'A certificate takes the place of one of the same applicant and type',
  ),
  REPLACED_NOT_ENDED: deviate(CUSTODY, '所换证件尚在办理', 'The certificate that is replaced is still on its way'),
  DIVISION_UNKNOWN,
  GUARDIAN_REQUIRED: refuse(
    'ID Law arts 2, 7',
    '未满十六周岁的，由监护人代为申请',
    'A guardian applies on behalf of someone under 16',
  ),
  GUARDIAN_UNFIT: refuse(
    'ID Law art. 7; Civil Code art. 17',
    '监护人须为申请人以外的成年人',
    'A guardian is an adult other than the applicant',
  ),
  PHOTO_SIZE_WRONG: refuse(PHOTO_STANDARD, '照片须为358×441像素', 'The photo must be 358 by 441 pixels'),
  PHOTO_BACKGROUND_NOT_WHITE: refuse(PHOTO_STANDARD, '照片背景须为纯白色', 'The background must be pure white'),
  BACKDROP_NOT_USED: deviate(PHOTO_STANDARD, '未使用白底幕布', 'Taken without the white backdrop'),
  NO_PHOTO: refuse(PHOTO_STANDARD, '尚无照片', 'There is no photo yet'),
  NO_FINGERPRINT: refuse(
    'ID Law art. 3',
    '尚未采集指纹，也未登记免采',
    'There is neither a fingerprint nor an exemption from it',
  ),
  NOTICE_NOT_GIVEN: deviate(
    'PIPL arts 30, 35',
    '采集指纹前未作敏感信息告知',
    'Fingerprints were taken before the notice of sensitive data',
  ),
  ALREADY_SUBMITTED: refuse('ID Law art. 10', '申请已上报', 'The application has been submitted'),
  FORM_DATED_AHEAD: refuse('ID Law art. 12', '登记表日期不能晚于上报之日', 'The form cannot be of a later day'),
  FORM_DATED_LONG_AGO: refuse(
    'ID Law art. 12',
    '登记表日期不能早于上报之日一年以上，请核对年份',
    'The form cannot be more than a year older than the day on which it is submitted: check the year',
  ),
  FORM_DATE_STANDS: refuse(
    'ID Law art. 12',
    '期限自首次上报的登记表起算，补正时不改日期，请勿填写',
    'The term runs from the form that was submitted first: a supplement does not change its day, so leave it out',
  ),
  NOT_SUBMITTED: refuse('ID Law art. 12', '申请尚未上报或已有结论', 'No submitted application waits for a decision'),
  NOT_ACCEPTED: refuse(
    'ID Law art. 8',
    '申请尚未受理',
    'The application has not been accepted, or it has been produced',
  ),
  NOT_PRODUCED: refuse(CUSTODY, '证件尚未制作或已到所', 'It has not been produced, or has been received already'),
  NO_DEADLINE: refuse('ID Law art. 12', '尚未起算期限', 'No term is running'),
  ALREADY_EXTENDED: refuse('ID Law art. 12', '期限只能延长一次', 'The term has been extended once already'),
  EXTENSION_TOO_LONG: refuse('ID Law art. 12', '延长不得超过三十日', 'The term may be extended by 30 days at most'),
  APPROVER_NOT_CHIEF: refuse('ID Law art. 12', '延长期限须经所长批准', 'Only the station chief extends the term'),
  EXTENDED_TOO_LATE: deviate('ID Law art. 12', '期限届满后才延长', 'Extended when the term had already ended'),
  TERM_NOT_OVER: refuse('ID Law art. 12', '期限尚未届满', 'The term has not ended'),
  BREACH_ON_RECORD: refuse('ID Law art. 12', '超期已登记', 'That the term was missed is on record'),
  NOT_AT_STATION: refuse(CUSTODY, '证件不在派出所', 'The certificate is not at the station'),
  RETURN_FIRST: refuse(
    CUSTODY,
    '证件仍在民警处，须先退回派出所',
    'An officer still holds the certificate: it returns to the station first',
  ),
  BACKPACK_NOT_OF_STATION: refuse(CUSTODY, '本所无民警持有该背包', 'No officer of this station holds that backpack'),
  NOT_CARRIED: refuse('Delivered at most what was loaded', '证件未装包', 'Nobody carries the certificate'),
  ALREADY_AT_DOOR: refuse(CUSTODY, '本次送证已登记', 'This attempt is recorded already'),
  NOT_RETURNED: deviate(
    'After a failed attempt a certificate returns to the station',
    '上次未送达后未退回派出所',
    'Tried again without having returned to the station',
  ),
  CARRIED_BY_ANOTHER: deviate(CUSTODY, '签收经手人并非持证民警', 'Handed over by someone other than who carried it'),
  OLD_CARD_REQUIRED: refuse(
    'ID Law art. 11',
    '领取新证时须交回旧证',
    'The old card must be handed back when the new one is collected',
  ),
  OLD_CARD_SETTLED: refuse('ID Law art. 11', '旧证已处理', 'The old card has been dealt with'),
  OLD_CARD_NOT_WAIVABLE: refuse(
    'ID Law arts 11, 23',
    '仅第一代证停用或原因不详的可免交旧证',
    'Only for FIRST_GEN_VOID and UNKNOWN may the old card be waived',
  ),
  AUTHORISATION_REQUIRED: refuse(
    'Collection by proxy, local rules',
    '代领须登记代领人及委托书',
    'A proxy is named, with the number of the authorisation',
  ),
  GUARDIAN_NOT_NAMED: deviate('ID Law art. 7', '申请时未登记监护人', 'No guardian was named in the application'),
  NOT_VERIFIED: deviate(
    'Identity is verified by chip and fingerprint',
    '未经芯片或指纹核验',
    'Handed over without the chip or the fingerprint verified',
  ),
  DEADLINE_MISSED: deviate(
    'ID Law arts 12, 20(3)',
    '超过法定期限发放',
    'Handed over after the statutory term had ended',
  ),
  ALREADY_ENDED: refuse(CUSTODY, '该证件已签收、取消或不予受理', 'It was handed over, cancelled or rejected'),
} as const satisfies RuleSet['rules'];

export type CertificateRule = keyof typeof rules;

export const certificateRuleSets: readonly [RuleSet<CertificateRule>] = [
  { id: 'CN-ID-2011', effectiveFrom: '2012-01-01', legalBasisCode: 'PIPL-13-3', rules },
];
