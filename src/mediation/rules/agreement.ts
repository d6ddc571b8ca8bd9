import { CIVIL_CODE, COURSE, deviate, PML, RECORD, refuse } from './rule.js';

export const agreementRules = {
  NOT_IN_MEDIATION: refuse(COURSE, '案件不在调解中', 'The case is not in mediation'),
  TERMS_REQUIRED: refuse(`${PML} arts. 28, 30`, '口头协议至少有一项内容', 'An oral agreement has at least one term'),
  TERM_OWED_TO_ONESELF: refuse(`${PML} art. 29`, '义务人与权利人不能是同一人', 'Nobody owes anything to oneself'),
  TERM_AMOUNT_REQUIRED: refuse(`${PML} art. 29`, '给付款项须写明金额', 'A payment says how much'),
  TERM_DUE_DATE_REQUIRED: refuse(`${PML} art. 29`, '须写明履行期限', 'What is still to be performed has a time limit'),
  TERM_DUE_DATE_UNFIT: refuse(
    `${PML} art. 29`,
    '履行期限不能早于达成协议之日，也不能晚于三十年后',
    'A time limit ends on the day of the agreement at the earliest, and thirty years on at the latest',
  ),
  AGREEMENT_CLAUSE_MISSING: refuse(
    `${PML} art. 29`,
    '调解协议书缺少必备内容',
    'The agreement lacks something that it must say',
  ),
  DRAFT_REQUIRED: refuse(`${PML} art. 29`, '尚无协议书', 'There is no agreement to sign'),
  DRAFT_NOT_CURRENT: refuse(
    `${PML} art. 29`,
    '该版本不是现行协议书',
    'This is not the present version of the agreement',
  ),
  MINOR_SIGNED_ALONE: deviate(
    `${CIVIL_CODE} arts. 19, 20, 22`,
    '未成年人未由监护人代签',
    'A minor signed without the guardian',
  ),
  GUARDIAN_NOT_REQUIRED: deviate(
    `${CIVIL_CODE} arts. 18, 21`,
    '监护人代签，但当事人并非须由监护人代理的未成年人',
    'A guardian signed for a party who is not known to need one',
  ),
  SEALED_ALREADY: refuse(RECORD, '已加盖印章', 'The seal is on it already'),
  NO_AGREEMENT_IN_EFFECT: refuse(COURSE, '尚无生效的协议', 'No agreement is in effect'),
  OBLIGATION_UNKNOWN: refuse(RECORD, '协议无此义务', 'The agreement has no such obligation'),
  OBLIGATION_PERFORMED_ALREADY: refuse(RECORD, '该义务已履行', 'The obligation is performed already'),
  OBLIGATION_NOT_BREACHED: refuse(COURSE, '该义务未违约', 'The obligation is not breached'),
  BREACH_BEFORE_DUE: deviate(
    `${PML} art. 31; ${CIVIL_CODE} art. 578`,
    '履行期限届满前即记为违约',
    'Recorded as a breach while there was still time to perform',
  ),
  PERFORMANCE_AMOUNT_MISMATCH: refuse(
    RECORD,
    '金额与履行情况不符',
    'The amount does not fit: all of the rest performs, less is partial',
  ),
  NOTHING_DUE: refuse(
    `${PML} art. 31`,
    '没有到期未履行的义务',
    'No obligation has come due that is not on record as due',
  ),
  FOLLOW_UP_TOO_EARLY: refuse(`${PML} art. 31`, '调解未结束，不能回访', 'There is nothing to follow up yet'),
  FOLLOW_UP_TWICE: refuse(RECORD, '该回访已安排或已完成', 'This follow-up is scheduled or made already'),
};
