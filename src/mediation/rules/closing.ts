import { COURSE, PML, refuse } from './rule.js';

export const closingRules = {
  NOT_TERMINATED: refuse(`${PML} art. 26`, '调解未终止', 'The mediation is neither terminated nor breached'),
  NOT_CLOSABLE: refuse(COURSE, '案件尚不能结案', 'The case is not at an end'),
  REFERRAL_PENDING: refuse(COURSE, '移送尚未被接收', 'The referral has not been accepted yet'),
  REMEDIES_REQUIRED: refuse(
    `${PML} art. 26`,
    '须先告知每位当事人救济途径',
    'Every party has to be told of the other routes first',
  ),
  OUTCOME_UNFIT: refuse(COURSE, '结果与案件状态不符', 'The outcome does not fit where the case stands'),
  NOT_CLOSED: refuse(COURSE, '案件未结案', 'The case is not closed'),
  FILE_INCOMPLETE: refuse(
    `${PML} art. 27; form set of the Ministry of Justice (2010)`,
    '卷宗缺少必备材料',
    'The file lacks a document that it must hold',
  ),
};
