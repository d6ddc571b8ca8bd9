import { DIVISION_UNKNOWN, RESIDENT_UNKNOWN, UNIT_UNKNOWN } from '../../commands/registerRules.js';
import { visitRules } from '../../commands/visitRules.js';
import { PLANNED_IN_THE_PAST, TOO_FAR_AHEAD } from '../../kernel/plannedDays.js';
import { COURSE, deviate, PML, RECORD, refuse, WORK_RULES } from './rule.js';

export const caseRules = {
  PARTIES_REQUIRED: refuse(
    `${WORK_RULES} art. 24`,
    '每一方须有当事人，或注明该方未知',
    'Each side has a party, or is said to be unknown',
  ),
  SIDE_KNOWN: refuse(RECORD, '该方已有当事人，不能注明未知', 'A side that has a party is not unknown'),
  PARTY_UNKNOWN: refuse(RECORD, '当事人未登记', 'The party is not a registered resident'),
  PARTY_TWICE: refuse(RECORD, '同一人不能重复列为当事人', 'The same person is a party once'),
  PARTIES_SETTLED: refuse(COURSE, '当事人已确定', 'The parties are settled by now'),
  RESPONDENT_UNKNOWN: refuse(
    `${WORK_RULES} art. 24`,
    '须有明确的双方当事人才能受理',
    'A dispute is accepted once both sides are known',
  ),
  DIVISION_UNKNOWN,
  UNIT_UNKNOWN,
  ...visitRules,
  RESIDENT_UNKNOWN,
  DATE_IN_FUTURE: refuse(RECORD, '日期不能晚于当日', 'The day has not come yet'),
  TOO_FAR_AHEAD,
  PLANNED_IN_THE_PAST,
  PERSONAL_DATA_IN_TITLE: refuse(
    'Personal Information Protection Law art. 51',
    '标题不能含有身份号码或电话号码',
    'A title holds no resident number and no phone number',
  ),
  PERSONAL_DATA_IN_TEXT: refuse(
    'Personal Information Protection Law art. 51',
    '此处不能含有身份号码或电话号码',
    'This field holds no resident number and no phone number',
  ),
  SCREENING_OVER: refuse(COURSE, '已过研判环节', 'The case is past its screening'),
  NOT_SCREENED: refuse(COURSE, '案件须处于已研判状态', 'The case has to be screened, and nothing decided since'),
  EXCLUSION_NOT_FOUND: refuse(COURSE, '研判未发现该排除情形', 'The screening found no such bar'),
  NOT_PEOPLES_MEDIABLE: refuse(
    `${WORK_RULES} art. 22`,
    '不属于人民调解范围，应予排除或移送',
    "People's mediation is not open to it: exclude or refer it",
  ),
  REFERRED_TO_SELF: refuse(RECORD, '不能移送给本单位', 'A case is not referred to the unit that has it'),
  NOT_REFERRED: refuse(COURSE, '案件未移送', 'The case is not referred'),
  REFERRAL_NOT_YOURS: refuse(COURSE, '案件未移送给本单位', 'The case was referred to another unit'),
  REFERRAL_NOT_SENT_BY_YOU: refuse(COURSE, '案件不是由本单位移送', 'Another unit referred the case'),
  REFERRAL_ANSWERED: refuse(COURSE, '移送已被接收', 'The referral was accepted already'),
  NOT_UNDER_MEDIATION: refuse(COURSE, '案件未受理或调解已结束', 'The case is not accepted, or its mediation is over'),
  EXTENSION_NEEDS_BOTH: refuse(
    `${WORK_RULES} art. 36`,
    '延长期限须双方同意',
    'The period is extended only with the consent of both sides',
  ),
  EXTENDED_TOO_LATE: deviate(`${WORK_RULES} art. 36`, '期限届满后才延长', 'Extended when the period had already ended'),
  NEW_DUE_NOT_LATER: refuse(COURSE, '新期限须晚于原期限', 'The new last day has to be later than the present one'),
  MEDIATOR_UNKNOWN: refuse(RECORD, '调解员不存在', 'There is no such mediator'),
  MEDIATOR_NOT_ACTIVE: refuse(`${PML} arts. 13–15`, '调解员不在任', 'The mediator is not in office'),
  MEDIATOR_ALREADY_ASSIGNED: refuse(RECORD, '该调解员已在本案', 'The mediator is on the case already'),
  MEDIATOR_NOT_ASSIGNED: refuse(`${PML} art. 19`, '该调解员不在本案', 'The mediator is not on the case'),
};
