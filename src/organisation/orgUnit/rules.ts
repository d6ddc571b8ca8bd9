import { DIVISION_UNKNOWN } from '../../commands/registerRules.js';
import { type RuleSet, refuse } from '../../kernel/ruleSet.js';

const rules = {
  PARENT_UNKNOWN: {
    mode: 'REFUSE',
    citation: 'Register of units',
    message: { zh: '上级单位不存在', en: 'The unit above it is not registered' },
  },
  PARENT_REQUIRED: {
    mode: 'REFUSE',
    citation: 'Register of units',
    message: { zh: '县级以下单位须有上级单位', en: 'Every unit but a county has a unit above it' },
  },
  DIVISION_UNKNOWN,
  BALANCE_DATED_AHEAD: refuse(
    'An opening balance was counted before Satchel',
    '截至日期不能晚于导入之日，请核对年份',
    'A balance cannot be of a day that is still to come: check the year',
  ),
  OPENING_BALANCE_EXISTS: {
    mode: 'REFUSE',
    citation: 'One opening balance per unit and metric',
    message: { zh: '该指标已有期初数', en: 'This metric has an opening balance already' },
  },
  OPENING_BALANCE_OVERLAPS: {
    mode: 'REFUSE',
    citation: 'A balance contains those of the units below it',
    message: {
      zh: '上级或下级单位已有该指标的期初数，会重复计算',
      en: 'A unit above or below has an opening balance of this metric: the work would be counted twice',
    },
  },
  COUNTING_UNIT_WRONG: {
    mode: 'REFUSE',
    citation: 'Certificates in 枚, materials in 份, covers in 个, errands in 笔',
    message: { zh: '计量单位与指标不符', en: 'The metric is not counted in this unit' },
  },
  QUALIFIER_UNFIT: {
    mode: 'REFUSE',
    citation: 'An opening balance is a known quantity',
    message: { zh: '期初数须为准确数或至少数', en: 'An opening balance is EXACT or AT_LEAST' },
  },
} as const satisfies RuleSet['rules'];

export type OrgUnitRule = keyof typeof rules;

export const orgUnitRuleSets: readonly [RuleSet<OrgUnitRule>] = [
  { id: 'SATCHEL-ORG-2021', effectiveFrom: '2021-01-01', legalBasisCode: 'PIPL-13-3', rules },
];
