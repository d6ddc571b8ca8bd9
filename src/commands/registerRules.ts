import type { Rule } from '../kernel/ruleSet.js';

// Rules that any noun has whose decisions look something up (lookup.ts): what a command names must be there.

export const UNIT_UNKNOWN = {
  mode: 'REFUSE',
  citation: 'Register of units',
  message: { zh: '单位不存在', en: 'The unit is not registered' },
} as const satisfies Rule;

export const OFFICER_UNKNOWN = {
  mode: 'REFUSE',
  citation: 'Register of officers',
  message: { zh: '民警未登记', en: 'The officer is not registered' },
} as const satisfies Rule;

export const RESIDENT_UNKNOWN = {
  mode: 'REFUSE',
  citation: 'Register of residents',
  message: { zh: '居民未登记', en: 'The resident is not registered' },
} as const satisfies Rule;

export const VISIT_UNKNOWN = {
  mode: 'REFUSE',
  citation: 'Visits are recorded first',
  message: { zh: '走访记录不存在', en: 'There is no such visit' },
} as const satisfies Rule;

export const NEED_UNKNOWN = {
  mode: 'REFUSE',
  citation: 'Needs are recorded first',
  message: { zh: '诉求不存在', en: 'There is no such need' },
} as const satisfies Rule;

export const DIVISION_UNKNOWN = {
  mode: 'REFUSE',
  citation: 'National Bureau of Statistics, divisions 2024',
  message: { zh: '区划代码不存在', en: 'There is no division with this code' },
} as const satisfies Rule;

export const IDENTITY_TAKEN = {
  mode: 'REFUSE',
  citation: 'One person, one identity',
  message: { zh: '该登录身份已属于他人', en: 'This identity belongs to someone else' },
} as const satisfies Rule;
