import { type Breach, refuse, unless } from '../kernel/ruleSet.js';
import type { ResidentFact } from './lookup.js';

// Rules that any noun has whose decisions look something up (lookup.ts): what a command names must be there.

export const UNIT_UNKNOWN = refuse('Register of units', '单位不存在', 'The unit is not registered');

export const OFFICER_UNKNOWN = refuse('Register of officers', '民警未登记', 'The officer is not registered');

export const OFFICER_LEFT = refuse(
  'Register of officers',
  '该民警已离任，请填写在任民警',
  'The officer has left: name one who serves',
);

export const RESIDENT_UNKNOWN = refuse('Register of residents', '居民未登记', 'The resident is not registered');

export const PROCESSING_RESTRICTED = refuse(
  'PIPL art. 47',
  '该居民信息已限制处理，只可保存；须先由所长解除限制',
  'The data of this resident may only be stored, until a chief lifts the restriction',
);

/** Breaches of naming a resident with whom something new begins: who is not there, or whose data may only be stored. */
export const residentBreaches = (
  fact: ResidentFact | undefined,
  ...path: readonly string[]
): readonly Breach<'RESIDENT_UNKNOWN' | 'PROCESSING_RESTRICTED'>[] => [
  ...unless(Boolean(fact), 'RESIDENT_UNKNOWN', ...path),
  ...unless(!fact?.restricted, 'PROCESSING_RESTRICTED', ...path),
];

export const VISIT_UNKNOWN = refuse('Visits are recorded first', '走访记录不存在', 'There is no such visit');

export const NEED_UNKNOWN = refuse('Needs are recorded first', '诉求不存在', 'There is no such need');

export const DIVISION_UNKNOWN = refuse(
  'National Bureau of Statistics, divisions 2024',
  '区划代码不存在',
  'There is no division with this code',
);

export const IDENTITY_TAKEN = refuse(
  'One person, one identity',
  '该登录身份已属于他人',
  'This identity belongs to someone else',
);
