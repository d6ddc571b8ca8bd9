import { codeList } from '../kernel/codes.js';
import { VULNERABILITIES } from '../kernel/vulnerabilities.js';

export const Vulnerability = codeList(
  'Vulnerability',
  'Why a resident needs special care. Sensitive personal data.',
  VULNERABILITIES,
);

export const Sex = codeList('Sex', 'As the resident number has it.', {
  MALE: { zh: '男', en: 'Male' },
  FEMALE: { zh: '女', en: 'Female' },
});

export const HouseholdRelation = codeList('HouseholdRelation', 'What a resident is to the head of the household.', {
  HEAD: { zh: '户主', en: 'Head' },
  SPOUSE: { zh: '配偶', en: 'Spouse' },
  CHILD: { zh: '子女', en: 'Child' },
  PARENT: { zh: '父母', en: 'Parent' },
  GRANDPARENT: { zh: '祖父母', en: 'Grandparent' },
  GRANDCHILD: { zh: '孙子女', en: 'Grandchild' },
  SIBLING: { zh: '兄弟姐妹', en: 'Brother or sister' },
  OTHER: { zh: '其他', en: 'Other' },
});

export const RestrictionReason = codeList(
  'RestrictionReason',
  'Why personal data may only be stored and kept safe from now on (PIPL art. 47).',
  {
    REQUESTED: { zh: '本人申请', en: 'The person asked for it' },
    PURPOSE_MET: { zh: '处理目的已实现', en: 'Its purpose is met, but it must be kept' },
    ACCURACY_DISPUTED: { zh: '信息准确性有争议', en: 'Its accuracy is disputed' },
    UNLAWFUL: { zh: '处理缺乏依据', en: 'There was no basis for it' },
  },
);

export const LiftingReason = codeList('LiftingReason', 'Why the data of a resident may be used again.', {
  REQUEST_WITHDRAWN: { zh: '本人撤回申请', en: 'The person withdrew the request' },
  ACCURACY_SETTLED: { zh: '信息准确性已核实', en: 'Its accuracy is settled' },
  BASIS_FOUND: { zh: '已具备合法依据', en: 'There is a basis for it now (PIPL art. 13)' },
});

export const AgeBand = codeList('AgeBand', 'Age in completed years, as the law tells ages apart.', {
  UNDER_14: { zh: '不满14周岁', en: 'Under 14: all data is sensitive (PIPL art. 28)' },
  FROM_14_TO_17: { zh: '14至17周岁', en: '14 to 17: a minor' },
  FROM_18_TO_59: { zh: '18至59周岁', en: '18 to 59' },
  FROM_60: { zh: '60周岁以上', en: '60 and over: an elder (Law on the Rights of the Elderly art. 2)' },
});
