import { CIVIL_CODE, COURSE, deviate, PML, RECORD, refuse } from './rule.js';

export const consentRules = {
  NOT_A_PARTY: refuse(RECORD, '此人不是本案当事人', 'This person is not a party of the case'),
  NOTICE_REQUIRED: refuse(
    `${PML} arts. 23, 24`,
    '须先告知权利义务',
    'The parties have to be told of their rights and duties first',
  ),
  CONSENT_NOT_PENDING: refuse(COURSE, '案件不在征求同意阶段', 'The case does not wait for consent'),
  CONSENT_BEFORE_NOTICE: deviate(
    `${PML} arts. 23, 24`,
    '该当事人未经告知权利义务即表示同意',
    'The party agreed before being told of rights and duties',
  ),
  CONSENT_ALREADY_GIVEN: refuse(COURSE, '该当事人已同意', 'The party agreed already'),
  CONSENT_NOT_GIVEN: refuse(COURSE, '该当事人尚未同意', 'The party has not agreed yet'),
  AGREEMENT_IN_EFFECT: refuse(
    `${PML} art. 31`,
    '协议已生效，不能撤回同意',
    'The agreement is in effect: consent can no longer be withdrawn',
  ),
  CONSENT_REQUIRED: refuse(`${PML} arts. 3, 17`, '须各方同意调解', 'Every party has to agree to be mediated first'),
  MEDIATION_TERMINATED: refuse(
    `${PML} arts. 17, 26`,
    '调解已终止，不能再行调解',
    'The mediation is terminated: nothing more can be held',
  ),
  NOT_A_MINOR: refuse(CIVIL_CODE, '该当事人不是未成年人', 'The party is not a minor'),
  GUARDIAN_REQUIRED: refuse(
    `${CIVIL_CODE} arts. 19, 20, 23`,
    '未成年当事人须有监护人到场',
    'A party who is a minor needs the guardian present',
  ),
  GUARDIAN_UNFIT: refuse(
    `${CIVIL_CODE} arts. 27, 28`,
    '监护人须为当事人以外的成年人',
    'A guardian is an adult other than the party',
  ),
  GUARDIAN_IS_OPPONENT: refuse(
    `${CIVIL_CODE} arts. 35, 168`,
    '对方当事人不能担任该未成年人的监护人到场',
    'A party of the other side cannot stand in as the guardian: name another one',
  ),
  GUARDIAN_WAIVER_NOT_ALLOWED: refuse(
    `${CIVIL_CODE} art. 18`,
    '仅年满十六周岁、以自己的劳动收入为主要生活来源的未成年人可免予监护人到场',
    'Only a minor of 16 or more who lives mainly on own earnings may do without the guardian',
  ),
  NOT_READY: refuse(COURSE, '案件未进入调解阶段', 'The case is not ready to be mediated'),
  PARTICIPANT_UNKNOWN: refuse(RECORD, '本案无此参与人', 'Nobody was invited to the case under this id'),
  PARTICIPANT_TWICE: refuse(RECORD, '参与人编号已使用', 'Someone was invited under this id already'),
  PARTICIPANT_IS_PARTY: refuse(RECORD, '当事人不能作为参与人', 'A party is not a participant beside the parties'),
  PARTICIPANT_WITHOUT_CONSENT: deviate(
    `${PML} art. 20`,
    '参与人未经双方同意',
    'The participant joined without the consent of both sides',
  ),
  TERMINATION_REASON_UNFIT: refuse(
    COURSE,
    '拒绝或撤回同意由当事人作出，不能作为终止原因',
    'A refusal or withdrawal is recorded as the party’s own act, and terminates by itself',
  ),
};
