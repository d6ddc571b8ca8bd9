import { DIVISION_UNKNOWN, PROCESSING_RESTRICTED, UNIT_UNKNOWN } from '../commands/registerRules.js';
import { RESIDENT_NUMBER_MESSAGES, type ResidentNumberRule } from '../kernel/residentNumber.js';
import type { Rule, RuleSet } from '../kernel/ruleSet.js';

const NUMBERS = 'GB 11643-1999';
const REGISTER = 'Register of residents';

const ofNumber = (rule: ResidentNumberRule): Rule => ({
  mode: 'REFUSE',
  citation: NUMBERS,
  message: RESIDENT_NUMBER_MESSAGES[rule],
});

const rules = {
  NUMBER_LENGTH: ofNumber('LENGTH'),
  NUMBER_CHARACTERS: ofNumber('CHARACTERS'),
  NUMBER_NOT_A_DATE: ofNumber('NOT_A_DATE'),
  NUMBER_CHECK_DIGIT: ofNumber('CHECK_DIGIT'),
  NUMBER_ALREADY_REGISTERED: {
    mode: 'REFUSE',
    citation: REGISTER,
    message: {
      zh: '该公民身份号码已登记，请按号码查找',
      en: 'Someone is registered under this number already: findResident finds them, of whatever station',
    },
  },
  BIRTH_DATE_IN_FUTURE: {
    mode: 'REFUSE',
    citation: NUMBERS,
    message: { zh: '出生日期不能晚于登记日期', en: 'Nobody is registered before being born' },
  },
  BIRTH_DATE_CONTRADICTS_NUMBER: {
    mode: 'REFUSE',
    citation: NUMBERS,
    message: { zh: '出生日期与公民身份号码不符', en: 'The resident number has another date of birth' },
  },
  BIRTH_DATE_REQUIRED: {
    mode: 'REFUSE',
    citation: 'Law on the Protection of Minors art. 103',
    message: {
      zh: '登记为未成年人须有出生日期，以便全部遮盖其信息',
      en: 'A minor needs a number or a date of birth: without it nothing of the minor would be masked',
    },
  },
  PHONE_INVALID: {
    mode: 'REFUSE',
    citation: 'Numbering plan of the public telephone network',
    message: {
      zh: '电话应为11位手机号，或带区号的固定电话（如0939-5121234）',
      en: 'A phone number is a mobile number of 11 digits, or a landline with its area code (0939-5121234)',
    },
  },
  DIVISION_UNKNOWN,
  GUARDIAN_UNKNOWN: {
    mode: 'REFUSE',
    citation: REGISTER,
    message: { zh: '监护人未登记', en: 'A guardian is not registered' },
  },
  GUARDIAN_IS_SELF: {
    mode: 'REFUSE',
    citation: 'Civil Code arts. 26–39',
    message: { zh: '不能是自己的监护人', en: 'Nobody is their own guardian' },
  },
  NOTHING_TO_UPDATE: {
    mode: 'REFUSE',
    citation: REGISTER,
    message: { zh: '没有要更新的内容', en: 'There is nothing to update' },
  },
  HOUSEHOLD_REQUIRED: {
    mode: 'REFUSE',
    citation: REGISTER,
    message: { zh: '与户主关系须连同户一起填写', en: 'A relation is one to the head of a household: name it' },
  },
  ALREADY_IN_HOUSEHOLD: {
    mode: 'REFUSE',
    citation: REGISTER,
    message: {
      zh: '该居民已在一户中，须先离户',
      en: 'The resident lives in a household already and has to leave it first',
    },
  },
  NOT_IN_HOUSEHOLD: {
    mode: 'REFUSE',
    citation: REGISTER,
    message: { zh: '该居民不在此户中', en: 'The resident does not belong to this household' },
  },
  PROCESSING_RESTRICTED,
  NOT_RESTRICTED: {
    mode: 'REFUSE',
    citation: 'PIPL art. 47',
    message: { zh: '该居民信息未被限制处理', en: 'The data of this resident is not restricted' },
  },
  UNIT_UNKNOWN,
  NOT_A_STATION: {
    mode: 'REFUSE',
    citation: REGISTER,
    message: { zh: '居民由派出所管理', en: 'Residents belong to police stations' },
  },
  ALREADY_OF_STATION: {
    mode: 'REFUSE',
    citation: REGISTER,
    message: { zh: '该居民已由该派出所管理', en: 'The resident belongs to this station already' },
  },
  NUMBER_OF_ANOTHER: {
    mode: 'REFUSE',
    citation: REGISTER,
    message: { zh: '公民身份号码与该居民不符', en: 'This is not the number of the resident' },
  },
} as const satisfies RuleSet['rules'];

export type ResidentRule = keyof typeof rules;

export const residentRuleSets: readonly [RuleSet<ResidentRule>] = [
  { id: 'SATCHEL-RESIDENT-2021', effectiveFrom: '2021-01-01', legalBasisCode: 'PIPL-13-3', rules },
];
